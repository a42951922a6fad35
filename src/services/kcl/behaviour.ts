/**
 * A KCL application in the engine (FACTS 6.9): workers that find each other only through the leases in
 * a table. `workers.ts` has them come and go, `coordination.ts` their rounds, `holding.ts` a lease in their
 * hands, `processor.ts` what is done with its records.
 */
import { answerTo } from '../../engine/asks.ts'
import type { Behaviour } from '../../engine/behaviour.ts'
import type { ApiError } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { NEWS_WORDS, because } from './because.ts'
import { PATIENCE_US } from './calls.ts'
import { write } from './checkpoints.ts'
import { created, listed, round, scan, scanned, taken } from './coordination.ts'
import { digestOf, gauges, leasesPage } from './digest.ts'
import { renewAll, written } from './holding.ts'
import { METRICS } from './metricNames.ts'
import { arrived, sent, workDone } from './processor.ts'
import { answeredPush, answeredRead, described, lookAtConsumer, readDue } from './reading.ts'
import {
  COUNTERS,
  EVENT,
  createState,
  holding,
  inHand,
  livingIn,
  numberIn,
  serialIn,
  stateOf,
  type Worker,
} from './state.ts'
import { countSent } from './work.ts'
import { addWorker, begin, busiest, crash, restartAll, setWorkers, start, stop } from './workers.ts'

const NONE_RUNS: ApiError = { code: 'Refused', status: 400, message: 'No worker runs.' }

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: [],
  operations: [],
  news: NEWS_WORDS,
  because,
  metrics: METRICS,
  actions: {
    addWorker: (sim, node) => addWorker(sim, node),
    crashWorker: (sim, node) => onBusiest(sim, node, crash),
    stopWorker: (sim, node) => onBusiest(sim, node, stop),
    restartWorkers(sim, node) {
      for (const worker of stateOf(sim, node).workers) {
        if (worker.phase !== 'running') start(sim, node, worker)
      }
    },
  },

  create: createState,
  started(sim, node) {
    connect(sim, node)
    setWorkers(sim, node, Number(sim.world.nodes[node].config.workers))
  },
  wired(sim, node) {
    if (connect(sim, node)) restartAll(sim, node)
  },
  configured(sim, node, before) {
    const { config } = sim.world.nodes[node]
    if (before.workers !== config.workers) setWorkers(sim, node, Number(config.workers))
    if (before.readMode !== config.readMode) restartAll(sim, node)
  },

  event(sim, node, type, serial) {
    const state = stateOf(sim, node)
    const worker = livingIn(state, serial)
    if (type === EVENT.restart) {
      const dead = state.workers.find(({ life, phase }) => life === serial && phase === 'crashed')
      if (dead) start(sim, node, dead)
    } else if (worker) {
      if (type === EVENT.begin) begin(sim, node, worker)
      else if (type === EVENT.round) round(sim, node, worker)
      else if (type === EVENT.scan) scan(sim, node, worker)
      else if (type === EVENT.renew) renewAll(sim, node, worker)
      else lookAtConsumer(sim, node, worker)
    }
    const holder = holding(state, serial)
    if (!holder) return
    if (type === EVENT.read) readDue(sim, node, holder.worker, holder.held)
    else if (type === EVENT.done) workDone(sim, node, holder.worker, holder.held)
    else if (!holder.held.writing) write(sim, node, holder.worker, holder.held)
  },

  answered(sim, node, call) {
    const serial = serialIn(sim.world.calls.token[call])
    if (sim.operationOf(call).name === 'SendMessageBatch') countSent(sim, node, call)
    if (!answeredToHolder(sim, node, call, serial)) {
      const worker = livingIn(stateOf(sim, node), serial)
      if (worker) answeredToWorker(sim, node, call, worker)
    }
  },

  digest: digestOf,
  gauges,
  table: leasesPage,
  workerName: (token) => String(numberIn(token)),
  broken(sim, node) {
    const { counters } = sim.world.nodes[node]
    const [fetched, processed] = counters
    const abandoned = counters[COUNTERS.indexOf('abandoned')]
    const held = stateOf(sim, node).workers.flatMap((worker) => worker.held)
    const here = held.reduce((sum, each) => sum + inHand(each), 0)
    if (fetched === processed + abandoned + here) return null
    return `fetched ${fetched}, but processed + abandoned + in hand is ${processed + abandoned + here}`
  },
}

/** The wires as they are now; true when the stream or the table is another one. */
function connect(sim: Simulation, node: number): boolean {
  const { nodes, wires } = sim.world
  const state = stateOf(sim, node)
  const { in: arriving, out: leaving } = nodes[node]
  const streamWire = arriving.find((wire) => wires[wire].role === 'read') ?? -1
  const tableWire = leaving.find((wire) => wires[wire].role === 'leases') ?? -1
  state.outputs = leaving
    .filter((wire) => wires[wire].role === 'send')
    .map((wire) => ({ wire, to: wires[wire].to }))
  if (streamWire === state.streamWire && tableWire === state.tableWire) return false
  if (streamWire !== state.streamWire) {
    state.consumerArn = ''
    state.seen = {}
  }
  state.streamWire = streamWire
  state.tableWire = tableWire
  return true
}

function onBusiest(
  sim: Simulation,
  node: number,
  act: (sim: Simulation, node: number, worker: Worker) => void,
): ApiError | void {
  const worker = busiest(stateOf(sim, node))
  if (!worker) return NONE_RUNS
  act(sim, node, worker)
}

/** False when nobody holds a lease in this term. */
function answeredToHolder(sim: Simulation, node: number, call: number, term: number): boolean {
  const holder = holding(stateOf(sim, node), term)
  if (!holder) return false
  const { worker, held } = holder
  const { name } = sim.operationOf(call)
  if (name === 'UpdateItem') {
    written(sim, node, worker, held, answerTo(sim, call)!)
  } else if (name === 'SendMessageBatch') {
    sent(sim, node, worker, held)
  } else {
    const batch =
      name === 'SubscribeToShard'
        ? answeredPush(sim, node, worker, held, call)
        : answeredRead(sim, node, held, call)
    if (batch) arrived(sim, node, worker, held, batch)
  }
  return true
}

function answeredToWorker(sim: Simulation, node: number, call: number, worker: Worker): void {
  const told = answerTo(sim, call)
  if (!told) return
  const { name } = sim.operationOf(call)
  if (name === 'Scan') scanned(sim, node, worker, told)
  else if (name === 'ListShards') listed(sim, node, worker, told)
  else if (name === 'PutItem') created(sim, node, worker, told)
  else if (name === 'UpdateItem') taken(sim, node, worker, told)
  else if (name === 'DescribeStreamConsumer') described(sim, node, worker, told)
  else if (name === 'RegisterStreamConsumer') {
    // Whether it is new or was there already: wait until it is ACTIVE.
    sim.at(sim.nowUs + PATIENCE_US, node, EVENT.look, worker.life)
  }
}

export default behaviour
