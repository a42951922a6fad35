import { useDigest } from '../../canvas/digests.ts'
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { schemas } from '../../services/schemas.ts'
import { views } from '../../services/views.ts'
import { figureRows } from './figures.ts'

/** The part's figures at this moment, by CloudWatch's names where it has one. */
export function RightNow({ node }: { readonly node: ScenarioNode }) {
  const digest = useDigest(node.id)
  const metrics = schemas.get(node.kind)?.metrics?.map(({ name }) => name) ?? []
  const rows = figureRows(digest?.figures ?? {}, views.get(node.kind) ?? {}, metrics)
  if (rows.length === 0) return null
  return (
    <section className="right-now">
      <h3 className="form-section">Right now</h3>
      <dl>
        {rows.map(({ id, label, isMetric, value }) => (
          <div key={id}>
            <dt className={isMetric ? 'mono' : undefined} title={isMetric ? label : undefined}>
              {label}
            </dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
