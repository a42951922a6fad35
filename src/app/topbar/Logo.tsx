/** A railway switch: one track, and the one that leaves it. */
export function Logo() {
  return (
    <svg
      className="logo-mark"
      viewBox="0 0 40 24"
      width="36"
      height="22"
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M2 19h36" opacity="0.55" />
      <path d="M2 19h9c11 0 9-14 18-14h9" />
    </svg>
  )
}
