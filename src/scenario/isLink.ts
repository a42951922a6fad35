/** Whether a fragment (with or without its #) is meant to carry a document; `share.ts` reads it. */
export const isLink = (fragment: string): boolean => /^#?s=/.test(fragment)
