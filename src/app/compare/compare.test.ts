/** Two variants on one clock, with the real engine. */
import { describe, expect, it } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import { gallery } from '../../lessons/gallery.ts'
import { decodeLink, encodeLink } from '../../scenario/share.ts'
import type { Costs, Totals } from '../../worker/protocol.ts'
import { startInThread } from '../../worker/inThread.fake.ts'
import { documentAt } from '../run.ts'
import { scenarioOf } from '../store/documentSlice.ts'
import { createApp } from '../store/store.ts'
import { costDifferences, figureDifferences, settingDifferences } from './differences.ts'

const entry = gallery.find(({ id }) => id === 'compare-visibility-timeouts')!
const document = {
  scenario: entry.scenario,
  interventions: [],
  reference: { scenario: entry.reference!, interventions: [] },
}

async function open() {
  const app = createApp(startInThread)
  const now = app.store.getState
  await now().openDocument(document, null)
  const reference = () => now().reference!
  const totals = async () => {
    const answers = await Promise.all(
      [reference().ask, app.run.ask].map((ask) => ask({ about: 'totals' })),
    )
    return answers.map((answer) => (answer as { totals: Totals }).totals)
  }
  let wallMs = 0
  /** Frames of the screen, each a 60th of a second. */
  const frames = async (count: number) => {
    for (let n = 0; n < count; n++) {
      reference().tick((wallMs += 1000 / 60))
      await new Promise((done) => setImmediate(done))
    }
  }
  const shown = () => [reference().frames.current()?.atUs, app.run.player.frames.current()?.atUs]
  return { ...app, now, reference, totals, frames, shown }
}

describe('comparing', () => {
  it('plays both at the same moments, frame by frame', async () => {
    const app = await open()
    app.now().setSpeed(10)
    app.now().togglePlay()
    let moments = 0
    for (let n = 0; n < 200; n++) {
      await app.frames(1)
      const [a, b] = app.shown()
      expect(Math.abs(a! - b!)).toBeLessThan(1)
      if (b! > 0) moments++
    }
    expect(moments).toBeGreaterThan(150)
    expect(app.shown()[1]).toBeGreaterThan(fromSeconds(10))
  })

  it('seeks and pauses at the same moment, and both have the same arrivals', async () => {
    const app = await open()
    await app.now().seek(fromSeconds(100))
    await app.frames(400)
    expect(app.shown()).toEqual([fromSeconds(100), fromSeconds(100)])
    const [a, b] = await app.totals()
    expect([a.atUs, b.atUs]).toEqual([fromSeconds(100), fromSeconds(100)])
    expect(a.nodes.invoices.totals.sent).toBe(40)
    expect(b.nodes.invoices.totals).toEqual(a.nodes.invoices.totals)
    await app.now().seek(fromSeconds(7))
    await app.frames(100)
    expect(app.shown()).toEqual([fromSeconds(7), fromSeconds(7)])
    app.now().togglePlay()
    await app.frames(40)
    app.now().togglePlay()
    await app.frames(100)
    expect(app.shown()[1]).toBeGreaterThan(fromSeconds(7))
    expect(app.shown()[0]).toBe(app.shown()[1])
  })

  it('the reference of the gallery is the run that stands alone would be', async () => {
    const app = await open()
    await app.now().seek(fromSeconds(60))
    await app.frames(200)
    const [a] = await app.totals()
    const alone = createApp(startInThread)
    await alone.store.getState().openDocument({ ...document.reference }, null)
    await alone.store.getState().seek(fromSeconds(60))
    const answer = await alone.run.ask({ about: 'totals' })
    expect(answer).toMatchObject({ totals: { logHash: a.logHash } })
  })

  it('another seed is the seed of both', async () => {
    const app = await open()
    await app.now().seek(fromSeconds(100))
    await app.frames(400)
    const [before] = await app.totals()
    app.now().dispatch({ type: 'setSeed', seed: 77 })
    await app.run.recording()
    await app.now().seek(fromSeconds(100))
    await app.frames(400)
    const [a, b] = await app.totals()
    expect(a.logHash).not.toBe(before.logHash)
    expect(b.nodes.invoices.totals).toEqual(a.nodes.invoices.totals)
  })

  it('the design as it is becomes A, and one of both is kept, with undo', async () => {
    const app = await open()
    app.now().keepVariant('b')
    expect(app.now().reference).toBeNull()
    expect(scenarioOf(app.now())).toBe(entry.scenario)

    await app.now().compareWith(null)
    app
      .now()
      .dispatch({ type: 'configureNode', node: 'to-print', config: { VisibilityTimeout: 9 } })
    expect(settingDifferences(app.reference().recording.scenario, scenarioOf(app.now()))).toEqual(
      expect.arrayContaining([
        { part: 'to-print', setting: 'Visibility timeout', a: '60 s', b: '9 s' },
      ]),
    )
    app.now().keepVariant('a')
    expect(app.now().reference).toBeNull()
    expect(scenarioOf(app.now()).nodes).toEqual(entry.scenario.nodes)
    app.now().undo()
    expect(scenarioOf(app.now()).nodes[1].config).toMatchObject({ VisibilityTimeout: 9 })
  })

  it('a link carries both, and opens on both at the moment', async () => {
    const app = await open()
    await app.now().seek(fromSeconds(42))
    const recording = await app.run.recording()
    const link = encodeLink({ ...recording, reference: app.reference().recording })
    expect(link.length).toBeLessThan(1_500)
    const opened = decodeLink(link)
    if (!opened.ok) throw new Error(opened.problem.detail)
    const other = createApp(startInThread)
    await other.store.getState().openDocument(opened.document, null)
    const { reference } = other.store.getState()
    expect(other.run.player.shownUs()).toBe(fromSeconds(42))
    expect(documentAt(reference!.recording, Infinity).nodes).toEqual(entry.reference!.nodes)
  })
})

describe('differences', () => {
  it('of designs: settings, parts and wires of one of both', () => {
    const { nodes, wires, ...rest } = entry.scenario
    const other = {
      ...rest,
      settings: { ...rest.settings, network: 'realistic' as const },
      nodes: [...nodes.slice(0, 3), { ...nodes[0], id: 'more', name: 'more' }],
      wires: [{ ...wires[1], config: { priority: 2 } }, wires[0]],
    }
    expect(settingDifferences(entry.scenario, other)).toEqual([
      { part: 'printed', setting: 'Part', a: 'yes', b: 'none' },
      { part: 'more', setting: 'Part', a: 'none', b: 'yes' },
      expect.objectContaining({ part: 'to-print → printers', b: '2' }),
      { part: 'printers → printed', setting: 'Wire', a: 'yes', b: 'none' },
      { part: 'Design', setting: 'network', a: 'stretched', b: 'realistic' },
    ])
  })

  it('of costs: a month of each part that both have, and of all', () => {
    const costs = (months: Record<string, number>): Costs => {
      const parts = Object.entries(months).map(([name, monthUsd], node) => ({
        node,
        id: name,
        name,
        kind: 'sqs',
        removed: false,
        charges: [],
        usd: 0,
        monthUsd,
      }))
      const monthUsd = Object.values(months).reduce((sum, each) => sum + each, 0)
      return { elapsedUs: 1, parts, notCounted: [], usd: 0, monthUsd }
    }
    const a = costs({ same: 1, sales: 4, mine: 3 })
    const b = costs({ same: 1, sales: 1, yours: 1 })
    expect(costDifferences(a, b)).toEqual([
      { part: 'sales', figure: 'USD a month', a: 4, b: 1, size: 0.75 },
      { part: 'Whole design', figure: 'USD a month', a: 8, b: 3, size: 0.625 },
    ])
    expect(costDifferences(a, a)).toEqual([])
  })

  it('of runs: by part, the largest first, equal ones left out', () => {
    const totals = (name: string, figures: Record<string, number>): Totals => ({
      atUs: 0,
      events: 0,
      logHash: '',
      invariants: { ok: true, broken: [] },
      nodes: { [name]: { id: 'q', kind: 'sqs', totals: figures, metrics: {} } },
    })
    const a = totals('sales', { sent: 10, received: 4, deleted: 0, receivedTwice: 4, waitUs: 1 })
    const b = totals('sales.fifo', {
      sent: 10,
      received: 5,
      deleted: 2,
      receivedTwice: 5,
      waitUs: 9,
    })
    expect(figureDifferences(a, b)).toEqual([
      { part: 'sales.fifo', figure: 'deleted', a: 0, b: 2, size: 1 },
      { part: 'sales.fifo', figure: 'received', a: 4, b: 5, size: 0.2 },
    ])
  })
})
