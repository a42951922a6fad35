/** Words that somebody may have meant. */

const MOST = 3

/** Those of `words` that a few typing mistakes away are `word`, or begin with it; the nearest first. */
export function near(word: string, words: readonly string[]): string[] {
  if (word.length > 80) return []
  const allowed = Math.max(2, Math.floor(word.length / 3))
  return words
    .map((each) => ({
      each,
      mistakes: word.length > 2 && each.startsWith(word) ? 0 : distance(word, each),
    }))
    .filter(({ mistakes }) => mistakes <= allowed)
    .sort((a, b) => a.mistakes - b.mistakes)
    .slice(0, MOST)
    .map(({ each }) => each)
}

/** Letters to put in, take out or change to get from one to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, row[j] + 1, next[j - 1] + 1))
    }
    row = next
  }
  return row[b.length]
}
