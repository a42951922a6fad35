import { useEffect, useState } from 'react'
import { formatCount } from '../../base/format.ts'
import type { Costs, Totals } from '../../worker/protocol.ts'
import { pollRun } from '../poll.ts'
import { documentAt } from '../run.ts'
import { useAppRun, useAppStore, useScenario } from '../useApp.ts'
import {
  costDifferences,
  figureDifferences,
  largestFirst,
  settingDifferences,
  type FigureDifference,
} from './differences.ts'
import type { Reference } from './reference.ts'
import './compare.css'

const EVERY_MS = 500

interface Props {
  readonly reference: Reference
}

/** What is set differently in B than in A, and what comes of it. */
export default function Differences({ reference }: Props) {
  const scenario = useScenario()
  const figures = useFigures(reference)
  const settings = settingDifferences(documentAt(reference.recording, Infinity), scenario)
  return (
    <div className="differences" tabIndex={0} role="region" aria-label="Differences of A and B">
      <section aria-label="Settings">
        <h3>What is set differently</h3>
        {settings.length === 0 && (
          <p className="empty">Nothing yet: change a setting of B, and see what it does.</p>
        )}
        {settings.length > 0 && (
          <table>
            <thead>
              <tr>
                <th scope="col">Part</th>
                <th scope="col">Setting</th>
                <th scope="col">A</th>
                <th scope="col">B</th>
              </tr>
            </thead>
            <tbody>
              {settings.map(({ part, setting, a, b }) => (
                <tr key={`${part}/${setting}/${a}`}>
                  <td>{part}</td>
                  <td>{setting}</td>
                  <td>{a}</td>
                  <td>{b}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
      <section aria-label="Figures">
        <h3>What comes out differently</h3>
        {figures?.length === 0 && <p className="empty">So far both are equal.</p>}
        {figures && figures.length > 0 && <Figures figures={figures} />}
      </section>
    </div>
  )
}

type Order = 'size' | 'part'

function Figures({ figures }: { readonly figures: readonly FigureDifference[] }) {
  const [order, setOrder] = useState<Order>('size')
  const sorted =
    order === 'size'
      ? figures
      : figures.toSorted((one, two) => (one.part < two.part ? -1 : Number(one.part > two.part)))
  const heading = (wanted: Order, text: string) => (
    <th scope="col" aria-sort={order === wanted ? 'ascending' : 'none'}>
      <button type="button" className="differences-sort" onClick={() => setOrder(wanted)}>
        {text}
        {order === wanted && <span aria-hidden="true"> ↓</span>}
      </button>
    </th>
  )
  return (
    <table>
      <thead>
        <tr>
          {heading('part', 'Part')}
          <th scope="col">Figure</th>
          <th scope="col" className="differences-number">
            A
          </th>
          <th scope="col" className="differences-number">
            B
          </th>
          {heading('size', 'Difference')}
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ part, figure, a, b, size }) => (
          <tr key={`${part}/${figure}`}>
            <td>{part}</td>
            <td className="mono">{figure}</td>
            <td className="differences-number">{figureText(a)}</td>
            <td className="differences-number">{figureText(b)}</td>
            <td>
              <span className="differences-bar" style={{ width: `${Math.round(size * 48)}px` }} />
              {b > a ? '▲' : '▼'} {changeText(a, b)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Both answers are of the same moment, or there is none yet. */
function useFigures(reference: Reference): readonly FigureDifference[] | null {
  const { ask } = useAppRun()
  const store = useAppStore()
  const [figures, setFigures] = useState<readonly FigureDifference[] | null>(null)
  useEffect(
    () =>
      pollRun(store, EVERY_MS, async () => {
        await settled(reference)
        const [a, b] = await Promise.all([outcome(reference.ask), outcome(ask)])
        if (!a || !b) return
        const differences = [
          ...costDifferences(a.costs, b.costs),
          ...figureDifferences(a.totals, b.totals),
        ]
        setFigures(differences.sort(largestFirst))
      }),
    [ask, store, reference],
  )
  return figures
}

interface Outcome {
  readonly totals: Totals
  readonly costs: Costs
}

async function outcome(ask: Reference['ask']): Promise<Outcome | null> {
  const [first, second] = await Promise.all([ask({ about: 'totals' }), ask({ about: 'costs' })])
  if (first.about !== 'totals' || second.about !== 'costs') return null
  return { totals: first.totals, costs: second.costs }
}

/** While time stands, the reference comes after with a few frames. */
async function settled(reference: Reference): Promise<void> {
  for (let frames = 0; frames < 120 && !reference.isTogether(); frames++) {
    await new Promise((next) => requestAnimationFrame(next))
  }
}

const figureText = (value: number): string =>
  Math.abs(value) >= 1000 ? formatCount(Math.round(value)) : String(Number(value.toPrecision(3)))

/** "+12 %", "-40 %", "3.2 times", or the amount where one of both has none. */
function changeText(a: number, b: number): string {
  const sign = b > a ? '+' : '−'
  if (a === 0 || b === 0) return `${sign}${figureText(Math.abs(b - a))}`
  const ratio = b / a
  if (ratio >= 2) return `${Number(ratio.toPrecision(2))} times`
  return `${sign}${Number(Math.abs((ratio - 1) * 100).toPrecision(2))} %`
}
