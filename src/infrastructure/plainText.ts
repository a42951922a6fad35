/** A text from people on one line: what ends lines somewhere, or is no character, becomes a space. */
export const plainText = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufeff\ufffe\uffff]+/gu, ' ').trim()
