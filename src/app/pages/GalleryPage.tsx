import { gallery } from '../../lessons/gallery.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { goTo } from '../routes.ts'
import { useWorkspace } from '../useWorkspace.ts'
import { Page } from './Page.tsx'
import { ScenarioThumbnail } from './ScenarioThumbnail.tsx'

/** Ready-made scenarios; opening one makes a design of one's own. */
export default function GalleryPage() {
  const workspace = useWorkspace()
  const open = (scenario: Scenario) => {
    goTo('editor')
    void workspace.openCopy(scenario)
  }
  return (
    <Page title="Scenarios" intro="Open one, press play, then change it: it is a copy of your own.">
      <ul className="cards">
        {gallery.map(({ id, title, summary, watchFor, group, scenario }) => (
          <li key={id}>
            <button type="button" className="page-card" onClick={() => open(scenario)}>
              <ScenarioThumbnail scenario={scenario} />
              <small>{group}</small>
              <strong>{title}</strong>
              <span>{summary}</span>
              <span className="page-watch">
                <b>Watch for:</b> {watchFor}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Page>
  )
}
