import { gallery, type GalleryEntry } from '../../lessons/gallery.ts'
import { goTo } from '../routes.ts'
import { useWorkspace } from '../useWorkspace.ts'
import { Page } from './Page.tsx'
import { ScenarioThumbnail } from './ScenarioThumbnail.tsx'

/** Ready-made scenarios; opening one makes a design of one's own. */
export default function GalleryPage() {
  const workspace = useWorkspace()
  const open = ({ scenario, reference }: GalleryEntry) => {
    goTo('editor')
    void workspace.openCopy(scenario, reference)
  }
  return (
    <Page title="Scenarios" intro="Open one, press play, then change it: it is a copy of your own.">
      <ul className="cards">
        {gallery.map((entry) => (
          <li key={entry.id}>
            <button type="button" className="page-card" onClick={() => open(entry)}>
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
