/**
 * A video viewer in the engine: it gets fragments from a time on, works on each as long as it lasts times
 * its own speed, and asks for what comes next with the continuation token.
 */
import { US_PER_MINUTE, fromSeconds, type SimUs } from '../../base/units.ts'
import type { Behaviour } from '../../engine/behaviour.ts'
import type { RecordBatch } from '../../engine/batch.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { askMedia, filmOf, producerUs, type Selector } from '../fragments.ts'
import { answeredBatch } from '../records.ts'

const COUNTERS = ['fragments', 'again', 'refused'] as const
const COUNTER = { fragments: 0, again: 1, refused: 2 } as const
const EVENT = { worked: 0, again: 1 } as const
const PATIENCE_US = fromSeconds(5)
const TOKENS = 6

interface Source {
  readonly wire: number
  /** Of the fragment after those that came; -1 before the first. */
  next: number
  /** Fragments before it were seen at least once. */
  seen: number
  /** What came and is not worked on yet, oldest first; of the first, so many fragments are done. */
  batches: RecordBatch[]
  done: number
}

/** It asks for more while it works on what it has, as far as it has room. */
const ROOM = 2

interface ViewerState {
  /** Tells what belongs to an earlier start. */
  reading: number
  selector: Selector
  atUs: SimUs
  sources: Source[]
  /** Age of the last fragment’s end when it was worked on. */
  delayUs: SimUs
  readonly last: { message: number; hue: number }[]
}

const stateOf = (sim: Simulation, node: number): ViewerState =>
  sim.world.nodes[node].state as ViewerState

/** The wires as they are now; those that stay go on where they were. */
function connect(sim: Simulation, node: number): void {
  const { nodes, wires } = sim.world
  const state = stateOf(sim, node)
  const present = nodes[node].in.filter((wire) => wires[wire].role === 'getMedia')
  const known = new Map(state.sources.map((source) => [source.wire, source]))
  state.sources = present.map(
    (wire) => known.get(wire) ?? { wire, next: -1, seen: 0, batches: [], done: 0 },
  )
  for (const { wire } of state.sources) if (!known.has(wire)) ask(sim, node, wire)
}

/** Begins anew; what is under way is not heeded. */
function begin(sim: Simulation, node: number, selector: Selector, atUs: SimUs): void {
  const state = stateOf(sim, node)
  state.reading++
  state.selector = selector
  state.atUs = atUs
  for (const source of state.sources) {
    source.next = -1
    source.batches = []
    source.done = 0
    ask(sim, node, source.wire)
  }
}

function again(sim: Simulation, node: number, selector: Selector, atUs: SimUs): void {
  sim.news(node, 0, -1)
  begin(sim, node, selector, atUs)
}

function ask(sim: Simulation, node: number, wire: number): void {
  const { reading, selector, atUs, sources } = stateOf(sim, node)
  const { next } = sources.find((source) => source.wire === wire)!
  if (next >= 0) askMedia(sim, node, wire, 'CONTINUATION_TOKEN', next, reading)
  else askMedia(sim, node, wire, selector, atUs, reading)
}

function answered(sim: Simulation, node: number, call: number): void {
  const { calls, nodes } = sim.world
  const state = stateOf(sim, node)
  const wire = calls.wire[call]
  const source = state.sources.find((one) => one.wire === wire)
  if (!source || calls.token[call] !== state.reading) return
  const batch = answeredBatch(sim, call)
  if (!batch || batch.count === 0) {
    nodes[node].counters[COUNTER.refused]++
    sim.at(sim.nowUs + PATIENCE_US, node, EVENT.again, state.reading, wire)
    return
  }
  source.next = batch.next
  source.batches.push(batch)
  if (source.batches.length === 1) work(sim, node, source)
  if (source.batches.length < ROOM) ask(sim, node, wire)
}

/** Works on the next fragment of what came. */
function work(sim: Simulation, node: number, { batches: [batch], done, wire }: Source): void {
  const { fragmentUs } = filmOf(sim, batch.recipes[done])
  const workUs = Math.round((fragmentUs * Number(sim.world.nodes[node].config.workMs)) / 1000)
  sim.at(sim.nowUs + workUs, node, EVENT.worked, stateOf(sim, node).reading, wire)
}

function worked(sim: Simulation, node: number, source: Source): void {
  const { counters } = sim.world.nodes[node]
  const state = stateOf(sim, node)
  const { batches, done } = source
  const [batch] = batches
  const film = filmOf(sim, batch.recipes[done])
  const position = batch.first + done
  state.delayUs = sim.nowUs - producerUs(film, batch.ordinals[done]) - film.fragmentUs
  state.last.unshift({ message: batch.serials[done], hue: batch.hues[done] })
  state.last.length = Math.min(state.last.length, TOKENS)
  counters[COUNTER.fragments]++
  if (position < source.seen) counters[COUNTER.again]++
  source.seen = Math.max(source.seen, position + 1)
  source.done++
  if (source.done === batch.count) {
    source.done = 0
    batches.shift()
    if (batches.length === ROOM - 1) ask(sim, node, source.wire)
  }
  if (batches.length > 0) work(sim, node, source)
}

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: [],
  operations: [],
  news: ['(sees it again)'],
  metrics: [
    { name: 'fragments', unit: 'Count', statistic: 'Sum', counter: 'fragments' },
    { name: 'seenAgain', unit: 'Count', statistic: 'Sum', counter: 'again' },
    { name: 'millisBehindLive', unit: 'Milliseconds', statistic: 'Maximum' },
  ],
  actions: {
    /** So many `minutes` ago, by the camera's clock unless the `selector` is another. */
    rewind(sim, node, { minutes, selector = 'PRODUCER_TIMESTAMP' }) {
      const atUs = Math.max(0, sim.nowUs - Number(minutes) * US_PER_MINUTE)
      again(sim, node, selector as Selector, atUs)
    },
    earliest: (sim, node) => again(sim, node, 'EARLIEST', 0),
    now: (sim, node) => begin(sim, node, 'NOW', 0),
  },

  create: (sim, node): ViewerState => ({
    reading: 0,
    selector: sim.world.nodes[node].config.StartSelectorType as Selector,
    atUs: 0,
    sources: [],
    delayUs: 0,
    last: [],
  }),
  started: connect,
  wired: connect,
  configured(sim, node, before) {
    const { StartSelectorType } = sim.world.nodes[node].config
    if (before.StartSelectorType === StartSelectorType) return
    begin(sim, node, StartSelectorType as Selector, 0)
  },
  event(sim, node, type, reading, wire) {
    const state = stateOf(sim, node)
    const source = state.sources.find((one) => one.wire === wire)
    if (reading !== state.reading || !source) return
    if (type === EVENT.worked) worked(sim, node, source)
    else ask(sim, node, wire)
  },
  answered,

  digest(sim, node) {
    const { delayUs, last, sources } = stateOf(sim, node)
    const [fragments, again, refused] = sim.world.nodes[node].counters
    const tokens = last.map((token) => ({ ...token, look: 'solid' as const }))
    return {
      rows: [{ name: 'last', total: last.length, tokens }],
      figures: { fragments, again, refused, delayUs },
      spark: [],
      advice: adviceFor(sources.length, Number(sim.world.nodes[node].config.workMs)),
    }
  },
  gauges(sim, node, into) {
    into[2] = Math.floor(stateOf(sim, node).delayUs / 1000)
  },
}

function adviceFor(sources: number, workMs: number): string[] {
  if (sources === 0) return ['Not connected: draw a wire from a video stream to it.']
  return workMs > 1000
    ? ['It works longer on a second of video than a second: it falls behind.']
    : []
}

export default behaviour
