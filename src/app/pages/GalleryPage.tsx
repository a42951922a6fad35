import { gallery } from '../../lessons/gallery.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { goTo } from '../routes.ts'
import { useWorkspace } from '../useWorkspace.ts'
import { Page } from './Page.tsx'
import { ScenarioThumbnail } from './ScenarioThumbnail.tsx'

/** Ready-made scenarios; opening one makes a design of one's own. */
export default function GalleryPage() {
  const workspace = useWorkspace()
  const groups = [...new Set(gallery.map(({ group }) => group))]
  const open = (scenario: Scenario) => {
    goTo('editor')
    void workspace.openCopy(scenario)
  }
  return (
    <Page title="Scenarios" intro="Open one, press play, then change it: it is a copy of your own.">
      {groups.map((group) => (
        <section key={group} aria-label={group}>
          <h2 className="page-group">{group}</h2>
          <ul className="cards">
            {gallery
              .filter((entry) => entry.group === group)
              .map(({ id, title, summary, watchFor, scenario }) => (
                <li key={id}>
                  <button type="button" className="page-card" onClick={() => open(scenario)}>
                    <ScenarioThumbnail scenario={scenario} />
                    <strong>{title}</strong>
                    <span>{summary}</span>
                    <span className="page-watch">
                      <b>Watch for:</b> {watchFor}
                    </span>
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Page>
  )
}
