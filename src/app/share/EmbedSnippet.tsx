import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import type { SharedDocument } from '../../scenario/scenario.ts'
import { copyText } from './copyText.ts'
import { embedSnippet, SIZES, type EmbedLook } from './embedSnippet.ts'

const THEMES = [
  { value: 'system', label: 'as the visitor likes' },
  { value: 'light', label: 'light' },
  { value: 'dark', label: 'dark' },
] as const

/** HTML to be put into a page, and how the frame should look. */
export function EmbedSnippet({ document }: { readonly document: SharedDocument }) {
  const [look, setLook] = useState<EmbedLook>({ size: 1, theme: 'system', autoplay: false })
  const [copied, setCopied] = useState(false)
  const change = (part: Partial<EmbedLook>) => {
    setCopied(false)
    setLook({ ...look, ...part })
  }
  const html = embedSnippet(window.location.href, document, look)
  return (
    <div className="embed-snippet">
      <div className="embed-look">
        <label>
          Size
          <select
            className="input"
            value={look.size}
            onChange={(event) => change({ size: Number(event.target.value) })}
          >
            {SIZES.map(([width, height], i) => (
              <option key={width} value={i}>
                {width} × {height}
              </option>
            ))}
          </select>
        </label>
        <label>
          Theme
          <select
            className="input"
            value={look.theme}
            onChange={({ target }) =>
              change({ theme: THEMES.find(({ value }) => value === target.value)?.value })
            }
          >
            {THEMES.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={look.autoplay}
            onChange={(event) => change({ autoplay: event.target.checked })}
          />
          Plays by itself
        </label>
      </div>
      <textarea
        className="input mono"
        readOnly
        rows={4}
        aria-label="HTML of the frame"
        value={html}
        onFocus={(event) => event.target.select()}
      />
      <div className="modal-foot">
        <button
          type="button"
          className="button"
          data-primary
          onClick={() => void copyText(html).then(setCopied)}
        >
          {copied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
          {copied ? 'Copied' : 'Copy'}
        </button>
      </div>
    </div>
  )
}
