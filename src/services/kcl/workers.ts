/** Workers come and go: started, crashed, stopped in good order. */
import { fromMs, fromSeconds } from '../../base/units.ts'
import type { ApiError } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { isWired } from './calls.ts'
import { round } from './coordination.ts'
import { NEWS } from './because.ts'
import { giveBack, letGo, renewAll } from './holding.ts'
import { EVENT, count, nextSerial, stateOf, type State, type Worker } from './state.ts'
import { stopWork } from './work.ts'

/** At most so many, as a token has room for. */
const MOST_WORKERS = 32
/** They do not come up in the same instant. */
const APART_US = fromMs(500)

/** As many as the settings say; those beyond stop in good order. */
export function setWorkers(sim: Simulation, node: number, wanted: number): void {
  const state = stateOf(sim, node)
  for (const worker of state.workers.splice(wanted)) stop(sim, node, worker)
  for (let n = state.workers.length; n < wanted; n++) addWorker(sim, node, n * APART_US)
}

export function addWorker(sim: Simulation, node: number, afterUs = 0): ApiError | void {
  const { workers } = stateOf(sim, node)
  if (workers.length === MOST_WORKERS) {
    return { code: 'Refused', status: 400, message: `At most ${MOST_WORKERS} workers.` }
  }
  const number = Math.max(0, ...workers.map((worker) => worker.number)) + 1
  const worker: Worker = {
    number,
    starts: 0,
    phase: 'stopped',
    life: 0,
    known: [],
    sinceUs: {},
    scanned: [],
    taking: [],
    wantsSync: false,
    creating: 0,
    held: [],
  }
  workers.push(worker)
  start(sim, node, worker, afterUs)
}

/** As a new worker: the others know nothing of who it was. */
export function start(sim: Simulation, node: number, worker: Worker, afterUs = 0): void {
  worker.phase = 'running'
  worker.starts++
  worker.life = nextSerial(stateOf(sim, node))
  worker.known = []
  worker.sinceUs = {}
  worker.scanned = []
  worker.taking = []
  worker.wantsSync = false
  worker.creating = 0
  sim.at(sim.nowUs + afterUs, node, EVENT.begin, worker.life)
}

export function begin(sim: Simulation, node: number, worker: Worker): void {
  if (!isWired(sim, node)) return
  round(sim, node, worker)
  renewAll(sim, node, worker)
}

/** It dies with what it has in hand; its leases stay its own until the others see them stand still. */
export function crash(sim: Simulation, node: number, worker: Worker): void {
  count(sim, node, 'crashed')
  sim.mark(node, 'crashed')
  sim.news(node, NEWS.crashed, -1)
  drop(sim, node, worker)
  worker.phase = 'crashed'
  const seconds = Number(sim.world.nodes[node].config.restartAfterS)
  if (seconds > 0) sim.at(sim.nowUs + fromSeconds(seconds), node, EVENT.restart, worker.life)
}

function drop(sim: Simulation, node: number, worker: Worker): void {
  for (const held of worker.held) {
    stopWork(sim, node, held)
    letGo(sim, node, worker, held)
  }
}

/** It checkpoints what it did and gives its leases back. */
export function stop(sim: Simulation, node: number, worker: Worker): void {
  for (const held of worker.held) {
    stopWork(sim, node, held)
    if (isWired(sim, node)) giveBack(sim, node, worker, held)
    else letGo(sim, node, worker, held)
  }
  worker.phase = 'stopped'
  sim.news(node, NEWS.stopped, -1)
}

/** The stream or the table is another one: all begin anew. */
export function restartAll(sim: Simulation, node: number): void {
  stateOf(sim, node).workers.forEach((worker, n) => {
    drop(sim, node, worker)
    if (worker.phase === 'running') start(sim, node, worker, n * APART_US)
  })
}

/** The running worker with most leases, or undefined when none runs. */
export function busiest({ workers }: State): Worker | undefined {
  const running = workers.filter(({ phase }) => phase === 'running')
  return running.reduce<Worker | undefined>(
    (most, worker) => (most && most.held.length >= worker.held.length ? most : worker),
    undefined,
  )
}
