/** Where in a JSON text something lies, as offsets into it. */
import { jsonLanguage } from '@codemirror/lang-json'
import type { SyntaxNode, Tree } from '@lezer/common'

export interface TextRange {
  readonly from: number
  readonly to: number
}

/**
 * Where the text is no JSON. If it is, the value that `path` (names of members, numbers of elements)
 * leads to, or as much of the way as there is; null without a path.
 */
export function placeOfError(text: string, path: readonly string[]): TextRange | null {
  const tree = jsonLanguage.parser.parse(text)
  return brokenPlace(tree, text) ?? (path.length > 0 ? valueAt(tree, text, path) : null)
}

/** Both from 1. */
export function lineAndColumn(text: string, at: number): { line: number; column: number } {
  const lines = text.slice(0, at).split('\n')
  return { line: lines.length, column: lines[lines.length - 1].length + 1 }
}

/** The first thing that the grammar does not know; where something is missing, what stands before it. */
function brokenPlace(tree: Tree, text: string): TextRange | null {
  let found: TextRange | null = null
  tree.iterate({
    enter({ type, from, to }) {
      if (found || !type.isError) return
      found = to > from ? { from, to } : lastBefore(text, from)
    },
  })
  return found
}

/** The last character before a place that is no space. */
function lastBefore(text: string, at: number): TextRange {
  const to = Math.max(1, text.slice(0, at).trimEnd().length)
  return { from: to - 1, to }
}

function valueAt(tree: Tree, text: string, path: readonly string[]): TextRange | null {
  let found = tree.topNode.firstChild
  for (let at: SyntaxNode | null = found, n = 0; at && n < path.length; n++) {
    at = below(at, text, path[n])
    found = at ?? found
  }
  return found && { from: found.from, to: found.to }
}

/** The value of a member, or an element. */
function below(node: SyntaxNode, text: string, step: string): SyntaxNode | null {
  if (node.name === 'Array') return elementsOf(node)[Number(step)] ?? null
  // Of two members with one name the last counts.
  const member = node.getChildren('Property').findLast((one) => nameOf(one, text) === step)
  return member?.lastChild ?? null
}

const elementsOf = (node: SyntaxNode): SyntaxNode[] =>
  childrenOf(node).filter(({ name }) => !['[', ']', ','].includes(name))

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child)
  return children
}

function nameOf(member: SyntaxNode, text: string): string | null {
  const name = member.getChild('PropertyName')
  if (!name) return null
  const quoted = text.slice(name.from, name.to)
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted
  }
}
