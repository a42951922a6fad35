import { counted } from '../../base/format.ts'
import { useState } from 'react'
import { gallery, type GalleryEntry } from '../../lessons/gallery.ts'
import { goTo } from '../routes.ts'
import { useApp } from '../useApp.ts'
import { useWorkspace } from '../useWorkspace.ts'
import { Page } from './Page.tsx'
import { ScenarioThumbnail } from './ScenarioThumbnail.tsx'

const GROUPS = [...new Set(gallery.map(({ group }) => group))]

/** Ready-made scenarios; opening one makes a design of one's own. */
export default function GalleryPage() {
  const workspace = useWorkspace()
  const [words, setWords] = useState('')
  const [group, setGroup] = useState<string | null>(null)
  const found = gallery.filter(
    (entry) => isFound(entry, words) && (group ?? entry.group) === entry.group,
  )
  const setWatchFor = useApp((state) => state.setWatchFor)
  const open = async ({ scenario, reference, watchFor }: GalleryEntry) => {
    goTo('editor')
    await workspace.openCopy(scenario, reference)
    setWatchFor(watchFor)
  }
  return (
    <Page
      title="Scenarios"
      intro="Open one and press play, then change what you like: you get a copy of your own."
    >
      <search className="page-filter">
        <input
          type="search"
          value={words}
          placeholder="Find a scenario"
          aria-label="Find a scenario"
          onChange={({ target }) => setWords(target.value)}
        />
        <div className="page-groups" role="group" aria-label="About">
          {[null, ...GROUPS].map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === group}
              onClick={() => setGroup(one)}
            >
              {one ?? 'All'}
            </button>
          ))}
        </div>
        <p role="status">{countText(found.length)}</p>
      </search>
      <ul className="cards">
        {found.map((entry) => (
          <li key={entry.id}>
            <button type="button" className="page-card" onClick={() => void open(entry)}>
              <ScenarioThumbnail scenario={entry.scenario} />
              <small>{entry.group}</small>
              <strong>{entry.title}</strong>
              <span>{entry.summary}</span>
              <span className="page-watch">
                <b>Watch for:</b> {entry.watchFor}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Page>
  )
}

/** Every word of what is looked for is somewhere in what the card says, or a kind of part that is drawn. */
function isFound(
  { group, title, summary, watchFor, scenario }: GalleryEntry,
  words: string,
): boolean {
  const kinds = scenario.nodes.map(({ kind }) => kind)
  const said = [group, title, summary, watchFor, ...kinds].join(' ').toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word))
}

function countText(count: number): string {
  if (count === 0) return 'None has all of these words. Try one of them, or all subjects.'
  return counted(count, 'scenario')
}
