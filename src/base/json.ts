/** JSON that people wrote. */

/** The object that a text is as JSON; null for lists, other values, and what is no JSON. */
export function jsonObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const found: unknown = JSON.parse(text)
    const isObject = typeof found === 'object' && found !== null && !Array.isArray(found)
    return isObject ? (found as Record<string, unknown>) : null
  } catch {
    return null
  }
}
