import { CornerDownLeft } from 'lucide-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { complete, type Completion } from '../../console/complete.ts'
import { useAppStore } from '../useApp.ts'
import { useIsPhone } from '../../canvas/useIsPhone.ts'
import { surroundingsOf } from './runLine.ts'

const NOTHING: Completion = { from: 0, options: [] }

interface CommandLineProps {
  /** Of the input, for who wants to focus it. */
  readonly id: string
  readonly onRun: (line: string) => void
}

/**
 * The line being typed: Tab or the arrow down take from the list of what could come next, the arrow
 * up brings back earlier lines.
 */
export function CommandLine({ id, onRun }: CommandLineProps) {
  const store = useAppStore()
  const listId = useId()
  const phone = useIsPhone()
  const input = useRef<HTMLInputElement>(null)
  const [line, setLine] = useState('')
  const [completion, setCompletion] = useState(NOTHING)
  /** Which option is chosen, -1 for none. */
  const [active, setActive] = useState(-1)
  /** How many lines back; 0 is the one being typed, kept in `draft`. */
  const [back, setBack] = useState(0)
  const draft = useRef('')
  const { options } = completion
  const optionId = (index: number) => `${listId}-${index}`

  // The console was opened to be typed into; on a phone the keyboard would cover it.
  useEffect(() => {
    if (!phone) input.current?.focus({ preventScroll: true })
  }, [phone])
  useEffect(() => {
    if (active < 0) return
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [active, listId])

  const completionAt = (text: string): Completion =>
    complete(text, surroundingsOf(store.getState()))

  function close(): void {
    setCompletion(NOTHING)
    setActive(-1)
  }

  function typed(text: string, cursor: number): void {
    setLine(text)
    setBack(0)
    setActive(-1)
    setCompletion(text === '' ? NOTHING : completionAt(text.slice(0, cursor)))
  }

  /** Puts an option in place of what it completes; the list goes on with what may follow. */
  function take({ from, options: offered }: Completion, index: number): void {
    const cursor = input.current?.selectionStart ?? line.length
    const { text } = offered[index]
    const rest = line.slice(cursor)
    const head = `${line.slice(0, from)}${text}`
    setLine(head + rest.trimStart())
    setBack(0)
    setActive(-1)
    setCompletion(completionAt(head))
    requestAnimationFrame(() => {
      input.current?.focus()
      input.current?.setSelectionRange(head.length, head.length)
    })
  }

  function recall(steps: number): void {
    const { typed: lines } = store.getState()
    const next = Math.min(lines.length, Math.max(0, back + steps))
    if (next === back) return
    if (back === 0) draft.current = line
    setBack(next)
    setLine(next === 0 ? draft.current : lines[lines.length - next])
    close()
  }

  function run(): void {
    onRun(line)
    setLine('')
    setBack(0)
    close()
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return
    const handled = handleKey(event)
    if (handled) event.preventDefault()
  }

  /** True when the key meant something to the line. */
  function handleKey({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    if (ctrlKey || metaKey || altKey) return false
    switch (key) {
      case 'Tab': {
        if (shiftKey || line === '') return false
        const cursor = input.current?.selectionStart ?? line.length
        const offered = options.length > 0 ? completion : completionAt(line.slice(0, cursor))
        if (offered.options.length === 0) return false
        take(offered, Math.max(0, active))
        return true
      }
      case 'ArrowDown':
        if (back > 0) recall(-1)
        else if (options.length > 0) setActive((active + 1) % options.length)
        return true
      case 'ArrowUp':
        if (active >= 0) setActive(active - 1)
        else recall(1)
        return true
      case 'Enter':
        if (active >= 0) take(completion, active)
        else run()
        return true
      case 'Escape':
        if (options.length === 0) return false
        close()
        return true
      default:
        return false
    }
  }

  return (
    <form
      className="console-line"
      onSubmit={(event) => {
        event.preventDefault()
        run()
      }}
    >
      {options.length > 0 && (
        <ul
          className="console-options"
          role="listbox"
          id={listId}
          aria-label="What could come next"
        >
          {options.map(({ text, detail }, index) => (
            <li
              key={text}
              id={optionId(index)}
              role="option"
              aria-selected={index === active}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(completion, index)}
            >
              <span className="console-option">{text.trimEnd()}</span>
              <span className="console-detail">{detail}</span>
            </li>
          ))}
        </ul>
      )}
      <span className="console-prompt" aria-hidden="true">
        $
      </span>
      <input
        ref={input}
        id={id}
        className="console-input"
        type="text"
        role="combobox"
        aria-label="Command"
        aria-autocomplete="list"
        aria-expanded={options.length > 0}
        aria-controls={listId}
        aria-activedescendant={active >= 0 ? optionId(active) : undefined}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="go"
        placeholder="aws sqs …"
        value={line}
        onChange={(event) =>
          typed(event.target.value, event.target.selectionStart ?? event.target.value.length)
        }
        onPaste={(event) => {
          const text = event.clipboardData.getData('text')
          if (!text.includes('\n')) return
          // Commands in manuals are broken into lines that end in a backslash.
          event.preventDefault()
          const joined = text.trim().replace(/\s*\\?\r?\n\s*/g, ' ')
          const { selectionStart, selectionEnd } = event.currentTarget
          const start = line.slice(0, selectionStart ?? line.length)
          typed(`${start}${joined}${line.slice(selectionEnd ?? line.length)}`, 0)
        }}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      <button type="submit" className="icon-button" aria-label="Run the command">
        <CornerDownLeft size={18} aria-hidden="true" />
      </button>
    </form>
  )
}
