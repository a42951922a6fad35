import { formatCount, formatDuration } from '../../base/format.ts'
import { useDigest } from '../../canvas/digests.ts'
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { views } from '../../services/views.ts'

/** "maxReceiveCount" → "max receive count". */
const words = (name: string): string =>
  name.replace(/(Us|PerSecond)$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

function figureText(name: string, value: number): string {
  if (name.endsWith('Us')) return formatDuration(value)
  if (name.endsWith('PerSecond')) return `${Number(value.toFixed(value < 10 ? 2 : 0))} / s`
  return formatCount(value)
}

/** The part's figures at this moment, by CloudWatch's names where it has one. */
export function RightNow({ node }: { readonly node: ScenarioNode }) {
  const digest = useDigest(node.id)
  const names = views.get(node.kind)?.figureNames ?? {}
  const figures = Object.entries(digest?.figures ?? {})
  if (figures.length === 0) return null
  const named = figures.filter(([name]) => name in names)
  const others = figures.filter(([name]) => !(name in names))
  return (
    <section className="right-now">
      <h3 className="form-section">Right now</h3>
      <dl>
        {[...named, ...others].map(([name, value]) => (
          <div key={name}>
            <dt className={name in names ? 'mono' : undefined} title={names[name]}>
              {names[name] ?? words(name)}
            </dt>
            <dd className="mono">{figureText(name, value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
