/** Values that a field refused: kept and shown with the reason, but not applied. */
import { useApp } from '../useApp.ts'

/**
 * @param key names the field of one part: drafts survive looking at another part.
 * @param check why a value is refused, or null.
 * @param apply called with values that fit.
 */
export function useDraft<T>(
  key: string,
  check: (value: T) => string | null,
  apply: (value: T) => void,
) {
  const draft = useApp((state) => state.drafts[key])
  const setDraft = useApp((state) => state.setDraft)
  return {
    /** The refused text; undefined when the value is shown. */
    text: draft?.text,
    error: draft?.error ?? null,
    clear: () => setDraft(key, undefined),
    offer(value: T, typed: string) {
      const error = check(value)
      setDraft(key, error === null ? undefined : { text: typed, error })
      if (error === null) apply(value)
    },
  }
}
