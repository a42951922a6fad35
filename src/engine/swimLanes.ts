/**
 * When each message was where: told from the hops and the log, for the view that has a lane for each
 * node. Nothing is recorded for it.
 */
import type { SimUs } from '../base/units.ts'
import { CODE, OUTSIDE } from './calls.ts'
import { HOP_LOOK, type SwimLanes, type Stay, type Travel } from './frame.ts'
import { eachHop } from './hops.ts'
import { eachRow, itemsOf, NEWS, type LoggedRow } from './log.ts'
import type { Simulation } from './simulation.ts'

/** More messages than this in one span are only counted: single lines could not be told apart. */
const MOST_MESSAGES = 600
/** Moments at which they are counted. */
const BINS = 240

/** In the order in which they come about where several do at one moment. */
const WHATS = ['arrives', 'held', 'refused', 'back', 'taken', 'lent', 'broken', 'gone'] as const
type What = (typeof WHATS)[number]

/** What became of a message at one moment, in order of time. */
interface Step {
  readonly atUs: SimUs
  readonly node: number
  readonly what: What
  /** Of 'taken' and 'gone': tells one receive from the next. */
  readonly receipt?: number
  /** Of 'held': until then it cannot be taken. */
  readonly untilUs?: SimUs
}

interface Life {
  readonly message: number
  hue: number
  readonly travels: Travel[]
  readonly steps: Step[]
}

/** What goes on between two moments, messages that came before and left after them included. */
export function swimLanesOf(sim: Simulation, fromUs: SimUs, toUs: SimUs): SwimLanes {
  const { lives, wipes, sinceUs } = livesIn(sim)
  const nodes = sim.world.nodes.map(({ id }) => id)
  const travels: Travel[] = []
  const stays: Stay[] = []
  let messages = 0
  for (const life of lives) {
    const staying = staysOf(sim, life, wipes).filter(
      (one) => one.fromUs <= toUs && one.toUs >= fromUs,
    )
    const travelling = life.travels.filter((one) => one.fromUs <= toUs && one.toUs >= fromUs)
    if (staying.length + travelling.length === 0) continue
    messages++
    stays.push(...staying)
    if (messages <= MOST_MESSAGES) travels.push(...travelling)
  }
  const base = { nodes, sinceUs, messages }
  if (messages <= MOST_MESSAGES) return { ...base, travels, stays, density: null }
  return { ...base, travels: [], stays: [], density: densityOf(stays, nodes.length, fromUs, toUs) }
}

/** @returns by node, how many messages are there in the middle of each bin */
function densityOf(
  stays: readonly Stay[],
  nodes: number,
  fromUs: SimUs,
  toUs: SimUs,
): readonly (readonly number[])[] {
  const counts = Array.from({ length: nodes }, () => Array.from({ length: BINS }, () => 0))
  const binUs = (toUs - fromUs) / BINS
  for (const stay of stays) {
    const first = Math.max(0, Math.ceil((stay.fromUs - fromUs) / binUs - 0.5))
    const last = Math.min(BINS - 1, Math.floor((stay.toUs - fromUs) / binUs - 0.5))
    for (let bin = first; bin <= last; bin++) counts[stay.node][bin]++
  }
  return counts
}

/** Every message that the rings still tell of, and what happened to all messages of a node at once. */
function livesIn(sim: Simulation): {
  readonly lives: Iterable<Life>
  readonly wipes: readonly Step[]
  readonly sinceUs: SimUs
} {
  const { world, records } = sim
  const wipes: Step[] = []
  const lives = new Map<number, Life>()
  const lifeOf = (message: number): Life => {
    let life = lives.get(message)
    if (!life) lives.set(message, (life = { message, hue: 0, travels: [], steps: [] }))
    return life
  }
  const sinceHopUs = eachHop(records.hops, (wire, departUs, arriveUs, message, hue, look) => {
    const { from, to } = world.wires[wire]
    const isBack = BACKWARDS.has(look)
    const life = lifeOf(message)
    life.hue = hue
    const [start, end] = isBack ? [to, from] : [from, to]
    life.travels.push({
      message,
      hue,
      look,
      from: start,
      to: end,
      fromUs: departUs,
      toUs: arriveUs,
    })
    if (look === HOP_LOOK.filtered) return
    if (isBack) {
      const what = look === HOP_LOOK.ack ? 'gone' : 'refused'
      life.steps.push({ atUs: departUs, node: start, what })
      return
    }
    life.steps.push({ atUs: departUs, node: start, what: 'taken' })
    // Whoever keeps what it gave lends it, until it is told that the work is done.
    const what = keeps(sim, start) ? 'lent' : 'arrives'
    life.steps.push({ atUs: arriveUs, node: end, what })
  })
  const sinceRowUs = eachRow(records.log, (row) => {
    const effect = effectOf(sim, row.to, row.operation, row.from, row.code)
    if (!effect) return
    if (row.itemCount === 0) wipes.push({ atUs: row.atUs, node: row.to, what: effect })
    const heldUs = delayOf(sim, row)
    for (const item of itemsOf(records.log, row)) {
      if (item.message === 0 || item.code !== CODE.ok) continue
      const { receipt } = item
      const step = { atUs: row.atUs, node: row.to, what: effect, ...(receipt > 0 && { receipt }) }
      const { steps } = lifeOf(item.message)
      if (effect !== 'held') steps.push(step)
      if (heldUs > 0) steps.push({ ...step, what: 'held', untilUs: row.atUs + heldUs })
    }
  })
  return { lives: lives.values(), wipes, sinceUs: Math.max(sinceHopUs, sinceRowUs) }
}

/** Looks of hops that go against their wire. */
const BACKWARDS: ReadonlySet<number> = new Set([HOP_LOOK.refused, HOP_LOOK.denied, HOP_LOOK.ack])

/** What a row of the log means for the messages on it, at the node that it is about. */
function effectOf(
  sim: Simulation,
  node: number,
  operation: number,
  from: number,
  code: number,
): What | undefined {
  const behaviour = sim.behaviours[node]
  if (operation <= NEWS) {
    const effect = behaviour?.newsEffects?.[NEWS - operation]
    // Nobody asked for it to go.
    return effect === 'gone' ? 'broken' : (effect ?? undefined)
  }
  const asked = behaviour?.operations[operation]
  if (!asked || code !== CODE.ok) return undefined
  if (asked.effect) return asked.effect
  if (asked.carries === 'answer') return 'taken'
  // What callers outside the picture bring has no hop.
  if (asked.carries !== 'request') return undefined
  return from === OUTSIDE ? 'arrives' : asked.delayUs && 'held'
}

/** How long what a call brought waits before it can be taken. */
function delayOf(sim: Simulation, { to, operation, arg }: LoggedRow): SimUs {
  const asked = operation > NEWS ? sim.behaviours[to]?.operations[operation] : undefined
  return asked?.delayUs?.(sim, to, arg) ?? 0
}

/** It hands messages out and keeps them until it is told that they are done. */
const keeps = (sim: Simulation, node: number): boolean =>
  sim.behaviours[node]?.operations.some(({ carries }) => carries === 'answer') ?? false

/** Keeps messages at all; others pass them on at once, or work on what was lent to them. */
const stores = (sim: Simulation, node: number): boolean =>
  sim.behaviours[node]?.operations.some(
    ({ carries }) => carries === 'answer' || carries === 'records',
  ) ?? false

interface Open {
  readonly sinceUs: SimUs
  /** Delayed until then. */
  heldUs: SimUs
  /** In flight since; -1 when visible. */
  takenUs: SimUs
  /** Of the last receive. */
  receipt?: number
  readonly isLent: boolean
}

function staysOf(sim: Simulation, { message, hue, steps }: Life, wipes: readonly Step[]): Stay[] {
  const stays: Stay[] = []
  const open = new Map<number, Open>()
  const close = (node: number, toUs: SimUs, end?: Stay['end'], isOpen = false): void => {
    const { sinceUs, heldUs, takenUs } = open.get(node)!
    const here = { message, hue, node }
    const last = { ...here, toUs, isOpen, ...(end && { end }) }
    const freeUs = Math.min(Math.max(sinceUs, heldUs), takenUs < 0 ? toUs : takenUs)
    if (freeUs > sinceUs) {
      const isLast = isOpen && freeUs === toUs
      stays.push({ ...here, state: 'delayed', fromUs: sinceUs, toUs: freeUs, isOpen: isLast })
    }
    if (takenUs >= 0) {
      if (takenUs > freeUs) {
        stays.push({ ...here, state: 'waiting', fromUs: freeUs, toUs: takenUs, isOpen: false })
      }
      stays.push({ ...last, state: 'inFlight', fromUs: takenUs })
    } else if (freeUs < toUs || freeUs === sinceUs) {
      stays.push({ ...last, state: keeps(sim, node) ? 'waiting' : 'working', fromUs: freeUs })
    }
    open.delete(node)
  }
  const inOrder = (wipes.length > 0 ? [...steps, ...wipes] : steps).toSorted(
    (a, b) => a.atUs - b.atUs || WHATS.indexOf(a.what) - WHATS.indexOf(b.what),
  )
  for (const { node, what, atUs, receipt, untilUs = 0 } of inOrder) {
    const here = open.get(node)
    if (what === 'arrives' || what === 'lent') {
      if (!here) open.set(node, { sinceUs: atUs, heldUs: 0, takenUs: -1, isLent: what === 'lent' })
    } else if (!here) {
      continue
    } else if (what === 'held') {
      here.heldUs = untilUs
    } else if (what === 'taken' && keeps(sim, node)) {
      if (here.takenUs < 0) here.takenUs = atUs
      here.receipt = receipt ?? here.receipt
    } else if (what === 'back') {
      close(node, atUs)
      open.set(node, { ...here, sinceUs: atUs, takenUs: -1 })
      // Whoever had it did not finish it.
      for (const [other, { isLent }] of open) if (isLent) close(other, atUs, 'broken')
    } else if (what === 'taken') {
      if (!stores(sim, node)) close(node, atUs)
    } else if (what === 'refused') {
      open.delete(node)
    } else if (receipt === undefined || here.receipt === receipt) {
      // With the receipt handle of an earlier receive, a delete succeeds and deletes nothing (FACTS 2.2).
      close(node, atUs, what === 'broken' ? 'broken' : 'done')
    }
  }
  for (const [node, { isLent }] of open) {
    if (isLent || stores(sim, node)) close(node, sim.nowUs, undefined, true)
  }
  return stays
}
