/** Finds every kind's `help.md`, half a page for readers each; loaded when somebody asks for it. */
const found = import.meta.glob<string>(['./*/help.md', '!./_*/help.md'], {
  query: '?raw',
  import: 'default',
})

/** A kind's help as Markdown; null when it has none. */
export async function helpOf(kind: string): Promise<string | null> {
  const load = found[`./${kind}/help.md`]
  return load ? load() : null
}
