/** CodeMirror, as a box for one JSON text that belongs to somebody else. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { Annotation, Compartment, EditorState, StateEffect, StateField } from '@codemirror/state'
import { Decoration, EditorView, keymap } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import type { TextRange } from './jsonPlace.ts'

export interface JsonBox {
  /** Replaces the text, unless it is that already. */
  show(text: string): void
  /** Underlines what is wrong. */
  mark(place: TextRange | null): void
  /** For assistive technology; nobody can type while it is disabled. */
  describe(disabled: boolean, attributes: Readonly<Record<string, string>>): void
  /** Selects a place, in view, and takes the keyboard there. */
  goTo(place: TextRange): void
  destroy(): void
}

/** @param onType called with the text whenever somebody has changed it here */
export function createJsonBox(parent: HTMLElement, onType: (text: string) => void): JsonBox {
  const description = new Compartment()
  let described = ''
  let marked = ''
  const view = new EditorView({
    parent,
    extensions: [
      // Without Tab among its keys: Tab goes on to the next control.
      keymap.of([...defaultKeymap, ...historyKeymap]),
      history(),
      json(),
      bracketMatching(),
      syntaxHighlighting(COLOURS),
      EditorView.lineWrapping,
      marks,
      description.of([]),
      EditorView.updateListener.of(({ docChanged, state, transactions }) => {
        const isGiven = transactions.some((one) => one.annotation(given) === true)
        if (docChanged && !isGiven) onType(state.doc.toString())
      }),
    ],
  })
  const within = (at: number) => Math.min(at, view.state.doc.length)

  return {
    show(text) {
      const now = view.state.doc.toString()
      if (now === text) return
      const changes = { from: 0, to: now.length, insert: text }
      view.dispatch({ changes, annotations: given.of(true) })
    },
    mark(place) {
      const words = JSON.stringify(place)
      if (words === marked) return
      marked = words
      view.dispatch({
        effects: marking.of(place && { from: within(place.from), to: within(place.to) }),
      })
    },
    describe(disabled, attributes) {
      const words = JSON.stringify([disabled, attributes])
      if (words === described) return
      described = words
      view.dispatch({
        effects: description.reconfigure([
          EditorView.contentAttributes.of({ ...attributes, 'aria-readonly': String(disabled) }),
          EditorState.readOnly.of(disabled),
          EditorView.editable.of(!disabled),
        ]),
      })
    },
    goTo({ from, to }) {
      const selection = { anchor: within(from), head: within(to) }
      view.dispatch({ selection, scrollIntoView: true })
      view.focus()
    },
    destroy: () => view.destroy(),
  }
}

/** On a change that nobody made here. */
const given = Annotation.define<boolean>()

const marking = StateEffect.define<TextRange | null>()
const WRONG = Decoration.mark({ class: 'json-wrong' })

/** What is wrong, moved along with the text until it is judged anew. */
const marks = StateField.define({
  create: () => Decoration.none,
  update(before, { changes, effects }) {
    for (const effect of effects) {
      if (!effect.is(marking)) continue
      const { from, to } = effect.value ?? { from: 0, to: 0 }
      return to > from ? Decoration.set(WRONG.range(from, to)) : Decoration.none
    }
    return before.map(changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** By the page's tokens, so that they follow its theme. */
const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent-text)' },
  { tag: tags.string, color: 'var(--ok-text)' },
  { tag: tags.number, color: 'var(--family-queue-text)' },
  { tag: [tags.bool, tags.null], color: 'var(--family-stream-text)' },
  { tag: [tags.separator, tags.squareBracket, tags.brace], color: 'var(--text-2)' },
])
