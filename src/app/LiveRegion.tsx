import { useApp } from './useApp.ts'

/** Everything that screen readers are told, politely. */
export function LiveRegion() {
  const { text, count } = useApp((state) => state.announcement)
  return (
    <div className="visually-hidden" aria-live="polite">
      <span key={count}>{text}</span>
    </div>
  )
}
