/**
 * A camera in the engine: a fragment is ready when it is filmed, and goes out in order, one PutMedia after
 * the other. What cannot go out is kept, until the buffer is full.
 */
import { fromMs, fromSeconds } from '../../base/units.ts'
import type { Behaviour } from '../../engine/behaviour.ts'
import { CODE, ITEMS_PER_CALL, addItem } from '../../engine/calls.ts'
import { append, createList, insertBefore, unlink, type MessageList } from '../../engine/lists.ts'
import { newMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { filmOf, producerUs, seconds, type Film } from '../fragments.ts'

const COUNTERS = ['filmed', 'put', 'lost', 'retried'] as const
const COUNTER = { filmed: 0, put: 1, lost: 2, retried: 3 } as const
const EVENT = { filmed: 0, again: 1 } as const
const NEWS = { lost: 0, refused: 1 } as const
/** Before the next try, after a refusal for a passing reason. */
const PATIENCE_US = fromSeconds(1)

interface Camera {
  /** Recipe of what is filmed now, and the number of the fragment that is. */
  film: number
  ordinal: number
  /** Tells the armed end of a fragment from one that a setting made stale. */
  armed: number
  /** Oldest first. */
  readonly kept: MessageList
  /** A PutMedia is under way, or waits for its next try. */
  busy: boolean
  cut: boolean
}

const cameraOf = (sim: Simulation, node: number): Camera => sim.world.nodes[node].state as Camera

/** A fragment ends at a key frame, so it is as long as a whole number of them. */
export function readFilm(config: Readonly<Record<string, unknown>>): Omit<Film, 'sinceUs'> {
  const keyFrameUs = fromMs(Number(config.keyFrameMs))
  const keyFrames = Math.max(1, Math.ceil(fromMs(Number(config.fragmentMs)) / keyFrameUs))
  const fragmentUs = keyFrames * keyFrameUs
  const bytes = Math.round((Number(config.kilobitsPerSecond) * 125 * fragmentUs) / 1_000_000)
  return { fragmentUs, keyFrames, bytes: Math.max(1, bytes) }
}

/** Begins to film with the present settings. */
function film(sim: Simulation, node: number): void {
  const camera = cameraOf(sim, node)
  const told = readFilm(sim.world.nodes[node].config)
  camera.film = sim.addRecipe(node, { ...told, sinceUs: sim.nowUs })
  camera.ordinal = 0
  camera.armed++
  sim.at(sim.nowUs + told.fragmentUs, node, EVENT.filmed, camera.armed)
}

function filmed(sim: Simulation, node: number, armed: number): void {
  const camera = cameraOf(sim, node)
  if (armed !== camera.armed) return
  const { messages, nodes } = sim.world
  const { bytes, fragmentUs } = filmOf(sim, camera.film)
  sim.at(sim.nowUs + fragmentUs, node, EVENT.filmed, armed)
  const slot = newMessage(messages, camera.film, ++camera.ordinal, bytes, node)
  nodes[node].counters[COUNTER.filmed]++
  messages.node[slot] = node
  append(messages, camera.kept, slot)
  forgetOld(sim, node)
  put(sim, node)
}

/** Lets go of what the buffer has no room for. */
function forgetOld(sim: Simulation, node: number): void {
  const { messages, nodes } = sim.world
  const { kept } = cameraOf(sim, node)
  const horizonUs = sim.nowUs - fromSeconds(Number(nodes[node].config.bufferS))
  for (let slot = kept.head; slot >= 0 && kept.count > 1; slot = kept.head) {
    const { recipe, ordinal } = messages
    if (producerUs(filmOf(sim, recipe[slot]), ordinal[slot]) >= horizonUs) return
    unlink(messages, kept, slot)
    lose(sim, node, slot, NEWS.lost)
  }
}

function lose(sim: Simulation, node: number, slot: number, news: number): void {
  const { messages, nodes } = sim.world
  sim.news(node, news, slot)
  sim.mark(node, 'lost', messages.serial[slot])
  sim.release(slot)
  nodes[node].counters[COUNTER.lost]++
}

/** The oldest that is kept goes out, unless something is under way. */
function put(sim: Simulation, node: number): void {
  const { calls, messages, nodes, wires } = sim.world
  const camera = cameraOf(sim, node)
  const wire = nodes[node].out.find((one) => wires[one].role === 'putMedia')
  const slot = camera.kept.head
  if (camera.busy || camera.cut || slot < 0 || wire === undefined) return
  const { to } = wires[wire]
  camera.busy = true
  unlink(messages, camera.kept, slot)
  messages.node[slot] = -1
  const call = sim.call(node, to, sim.operationIndex(to, 'PutMedia'), wire)
  addItem(calls, call, slot, 0)
  sim.send(call)
}

function answered(sim: Simulation, node: number, call: number): void {
  const { calls, nodes } = sim.world
  const camera = cameraOf(sim, node)
  const { counters } = nodes[node]
  camera.busy = false
  if (calls.code[call] === CODE.ok) {
    counters[COUNTER.put]++
    put(sim, node)
    return
  }
  const slot = calls.slots[call * ITEMS_PER_CALL]
  const code = sim.errorOf(call)?.code ?? ''
  if (/FRAGMENT/.test(code)) {
    lose(sim, node, slot, NEWS.refused)
    put(sim, node)
    return
  }
  keepFirst(sim, node, slot)
  counters[COUNTER.retried]++
  if (/CONNECTION_DURATION/.test(code)) {
    put(sim, node)
    return
  }
  camera.busy = true
  sim.at(sim.nowUs + PATIENCE_US, node, EVENT.again)
}

/** Back to the head of what waits: the order stays. */
function keepFirst(sim: Simulation, node: number, slot: number): void {
  const { messages } = sim.world
  const { kept } = cameraOf(sim, node)
  messages.node[slot] = node
  if (kept.head < 0) append(messages, kept, slot)
  else insertBefore(messages, kept, slot, kept.head)
}

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: [],
  operations: [],
  news: ['(buffer full: fragment lost)', '(fragment refused for good)'],
  newsEffects: ['gone', 'gone'],
  metrics: [
    { name: 'filmed', unit: 'Count', statistic: 'Sum', counter: 'filmed' },
    { name: 'lost', unit: 'Count', statistic: 'Sum', counter: 'lost' },
    { name: 'kept', unit: 'Count', statistic: 'Maximum' },
  ],
  because(sim, node, row) {
    const { bufferS } = sim.world.nodes[node].config
    if (row.operation === behaviour.news[NEWS.lost]) {
      return `The camera could not put it, and keeps ${Number(bufferS)} s of video only.`
    }
    return row.operation === behaviour.news[NEWS.refused]
      ? 'The stream takes no such fragment, however often it is sent.'
      : ''
  },
  actions: {
    cut: (sim, node) => {
      cameraOf(sim, node).cut = true
    },
    reconnect: (sim, node) => {
      cameraOf(sim, node).cut = false
      put(sim, node)
    },
  },

  create: (): Camera => ({
    film: 0,
    ordinal: 0,
    armed: 0,
    kept: createList(),
    busy: false,
    cut: false,
  }),
  started: film,
  configured(sim, node) {
    film(sim, node)
    forgetOld(sim, node)
  },
  wired: put,
  removed(sim, node) {
    const { kept } = cameraOf(sim, node)
    while (kept.head >= 0) {
      const slot = kept.head
      unlink(sim.world.messages, kept, slot)
      lose(sim, node, slot, NEWS.lost)
    }
  },
  event(sim, node, type, armed) {
    if (type === EVENT.filmed) {
      filmed(sim, node, armed)
      return
    }
    cameraOf(sim, node).busy = false
    put(sim, node)
  },
  answered,

  digest(sim, node) {
    const { counters, out } = sim.world.nodes[node]
    const { kept, cut } = cameraOf(sim, node)
    const [filmedCount, putCount, lost, retried] = counters
    return {
      rows: [],
      figures: {
        filmed: filmedCount,
        put: putCount,
        lost,
        retried,
        kept: kept.count,
        cut: cut ? 1 : 0,
      },
      spark: [],
      advice: out.length === 0 ? ['Not connected: draw a wire to a video stream.'] : [],
    }
  },
  gauges(sim, node, into) {
    into[2] = cameraOf(sim, node).kept.count
  },
  page(sim, node, _list, offset, limit) {
    const { next } = sim.world.messages
    const { kept } = cameraOf(sim, node)
    const slots: number[] = []
    for (let slot = kept.head, n = 0; slot >= 0 && n < offset + limit; slot = next[slot], n++) {
      if (n >= offset) slots.push(slot)
    }
    return { total: kept.count, slots }
  },
  render(recipe, ordinal) {
    const told = recipe as Film
    const body = JSON.stringify({
      fragment: ordinal,
      producerTimestampS: seconds(producerUs(told, ordinal)),
      durationS: seconds(told.fragmentUs),
      keyFrames: told.keyFrames,
    })
    return { body, attributes: {} }
  },
  broken(sim, node) {
    const [filmedCount, putCount, lost] = sim.world.nodes[node].counters
    const { busy, kept } = cameraOf(sim, node)
    const waiting = filmedCount - putCount - lost - kept.count
    return waiting === 0 || (waiting === 1 && busy)
      ? null
      : `filmed ${filmedCount}, but put + lost + kept is ${putCount + lost + kept.count}`
  },
}

export default behaviour
