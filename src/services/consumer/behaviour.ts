/**
 * A consumer fleet in the engine: workers that poll queues and process messages (`life.ts`), or
 * answer synchronous calls with the same hands (`requests.ts`), on instances that come and go
 * (`instances.ts`).
 */
import { US_PER_MS, US_PER_S } from '../../base/units.ts'
import type { Behaviour, CallView, Operation } from '../../engine/behaviour.ts'
import { CODE, ITEMS_PER_CALL } from '../../engine/calls.ts'
import type { Token } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { latenciesInto } from '../latency.ts'
import { recentSum, recentValues } from '../recent.ts'
import { because } from './because.ts'
import {
  COUNTER,
  COUNTERS,
  EVENT,
  isTurn,
  NEWS_WORDS,
  PURPOSE,
  purposeIn,
  workerIn,
} from './books.ts'
import { METRICS } from './metricNames.ts'
import { releaseCapacity, setCapacity } from './capacity.ts'
import { crash, restart, resize, victim } from './instances.ts'
import {
  answerRequest,
  beat,
  done,
  fetched,
  next,
  poll,
  received,
  removeFromQueue,
  removed,
  sentOn,
  takeRequest,
} from './life.ts'
import { freeWorker, hasRoom, keepWaiting, refuse, takeWaiting } from './requests.ts'
import {
  OUTCOME,
  PHASE,
  RECENT,
  busyWorkers,
  createState,
  inHand,
  isBusy,
  settingsOf,
  stateOf,
  type State,
} from './state.ts'
import { rewire } from './wiring.ts'

const nameOf = (call: CallView): string =>
  call.items.length > 0 ? `m-${call.items[0].message}` : ''

/** What a producer asks of a fleet that it is wired to; answered when the message is processed. */
const request: Operation = {
  name: 'Request',
  carries: 'request',
  run(sim, node, call) {
    const state = stateOf(sim, node)
    const w = freeWorker(state)
    if (w < 0 && !hasRoom(sim, node)) {
      refuse(sim, node, call)
      return
    }
    sim.world.messages.node[sim.world.calls.slots[call * ITEMS_PER_CALL]] = node
    if (w >= 0) takeRequest(sim, node, w, call)
    else keepWaiting(state, call)
  },
  request: (_sim, _node, { items: [item] }) => ({ Body: item?.content.body ?? '' }),
  response: () => ({}),
  gist: (_sim, call) => ({ input: nameOf(call), output: '' }),
  parse: () => ({
    code: 'InvalidAction',
    status: 400,
    message: 'A consumer fleet can only be called along a wire.',
  }),
}

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: [
    {
      code: 'ServiceUnavailable',
      status: 503,
      message: 'Service Unavailable: all workers are busy.',
    },
    {
      code: 'InternalServerError',
      status: 500,
      message: 'Internal Server Error: the message could not be processed.',
    },
  ],
  caller: (sim, node) => stateOf(sim, node).settings.caller,
  operations: [request, setCapacity],
  news: NEWS_WORDS,
  // Whatever the reason: it is no longer worked on.
  newsEffects: NEWS_WORDS.map(() => 'gone'),
  because,
  metrics: METRICS,
  actions: {
    crashOne(sim, node) {
      const instance = victim(sim, node)
      if (instance >= 0) crash(sim, node, instance)
    },
    crashAll(sim, node) {
      const { instances } = stateOf(sim, node).settings
      for (let instance = 0; instance < instances; instance++) crash(sim, node, instance)
    },
    restartAll(sim, node) {
      const { instances } = stateOf(sim, node).settings
      for (let instance = 0; instance < instances; instance++) restart(sim, node, instance)
    },
  },

  create: createState,
  started(sim, node) {
    rewire(sim, node)
    resize(sim, node)
  },
  configured(sim, node) {
    const state = stateOf(sim, node)
    const settings = settingsOf(sim.world.nodes[node].config)
    state.settings = state.capacity < 0 ? settings : { ...settings, instances: state.capacity }
    resize(sim, node)
  },
  wired(sim, node) {
    rewire(sim, node)
    releaseCapacity(sim, node)
    const { workers, rows } = stateOf(sim, node)
    for (let w = 0; w < rows; w++) if (workers.phase[w] === PHASE.idle) next(sim, node, w)
  },
  removed(sim, node) {
    const state = stateOf(sim, node)
    for (let w = 0; w < state.rows; w++) {
      if (state.workers.request[w] >= 0) answerRequest(sim, node, w, CODE.gone)
    }
    while (state.waitingCount > 0) sim.answer(takeWaiting(state), CODE.gone)
  },

  event(sim, node, type, a, b) {
    const state = stateOf(sim, node)
    if (type === EVENT.restart) {
      if (state.instanceTurn[a] === b) restart(sim, node, a)
      return
    }
    const { workers } = state
    if (workers.turn[a] !== b) return
    if (type === EVENT.poll) poll(sim, node, a, 0)
    else if (type === EVENT.beat) beat(sim, node, a)
    else if (workers.outcome[a] === OUTCOME.crash) crash(sim, node, workers.instance[a])
    else done(sim, node, a)
  },
  answered(sim, node, call) {
    const { calls } = sim.world
    const token = calls.token[call]
    const w = workerIn(token)
    const purpose = purposeIn(token)
    const present = isTurn(token, stateOf(sim, node).workers.turn[w])
    if (purpose === PURPOSE.receive) {
      if (present) received(sim, node, w, call)
      else receivedTooLate(sim, node, calls.count[call])
    } else if (purpose === PURPOSE.remove) {
      if (present) removed(sim, node, w)
    } else if (purpose === PURPOSE.fetch) {
      if (present) fetched(sim, node, w, call)
    } else if (purpose === PURPOSE.discard) {
      if (present) removeFromQueue(sim, node, w)
    } else if (purpose === PURPOSE.send) {
      const accepted = calls.code[call] === CODE.ok
      if (accepted) sim.world.nodes[node].counters[COUNTER.sentOn]++
      else sim.release(calls.slots[call * ITEMS_PER_CALL])
      if (present) sentOn(sim, node, w, accepted)
    }
  },

  digest(sim, node) {
    const { counters } = sim.world.nodes[node]
    const state = stateOf(sim, node)
    const total = present(state).length
    return {
      rows: [
        {
          name: 'workers',
          label: total === 1 ? 'worker' : 'workers',
          total,
          tokens: tokens(sim, state),
        },
      ],
      figures: {
        workers: total,
        busy: busyWorkers(state),
        processed: counters[COUNTER.processed],
        failed: counters[COUNTER.failed],
        crashed: counters[COUNTER.crashed],
        refused: counters[COUNTER.refused],
        waiting: state.waitingCount,
      },
      spark: recentValues(state.recent, sim.nowUs, RECENT.processed),
      advice: advice(sim, node, state),
    }
  },
  gauges(sim, node, into) {
    const state = stateOf(sim, node)
    const { recent } = state
    const { nowUs } = sim
    const processed = Math.max(1, recentSum(recent, nowUs, RECENT.processed))
    into[4] = busyWorkers(state)
    into[5] = recentSum(recent, nowUs, RECENT.serviceUs) / processed / US_PER_MS
    into[6] = recentSum(recent, nowUs, RECENT.latencyUs) / processed / US_PER_MS
    latenciesInto(state.latencies, nowUs, into, 7)
  },
  workerName: (token) => String(workerIn(token) + 1),
  broken(sim, node) {
    const { counters } = sim.world.nodes[node]
    const state = stateOf(sim, node)
    const taken = counters[COUNTER.received]
    const known =
      counters[COUNTER.processed] +
      counters[COUNTER.failed] +
      counters[COUNTER.abandoned] +
      inHand(state)
    if (taken === known) return null
    return `received ${taken}, but processed + failed + abandoned + in hand is ${known}`
  },
}

/** The worker has crashed meanwhile: its messages come back when their timeout ends. */
function receivedTooLate(sim: Simulation, node: number, count: number): void {
  const { counters } = sim.world.nodes[node]
  counters[COUNTER.received] += count
  counters[COUNTER.abandoned] += count
}

/** Rows of workers that are there. */
function present({ workers, rows }: State): number[] {
  const found: number[] = []
  for (let w = 0; w < rows; w++) if (workers.phase[w] !== PHASE.retired) found.push(w)
  return found
}

const TOKENS_SHOWN = 12
/** How long a failure stays in the picture. */
const FAILURE_SHOWN_US = US_PER_S

function tokens(sim: Simulation, state: State): Token[] {
  const { workers, hands } = state
  return present(state)
    .slice(0, TOKENS_SHOWN)
    .map((w): Token => {
      const phase = workers.phase[w]
      if (phase === PHASE.off) return { message: 0, hue: 0, look: 'off' }
      const hasFailed = sim.nowUs - workers.failedUs[w] < FAILURE_SHOWN_US
      if (!isBusy(phase)) {
        return { message: 0, hue: 0, look: hasFailed ? 'failed' : 'faded' }
      }
      const last = Math.max(0, workers.handCount[w] - 1)
      const hand = w * ITEMS_PER_CALL + Math.min(workers.handAt[w], last)
      return {
        message: hands.serial[hand],
        hue: hands.hue[hand],
        look: 'outline',
        receives: hands.receives[hand],
        ...(phase === PHASE.working && {
          ringFromUs: workers.startedUs[w],
          ringToUs: workers.doneUs[w],
        }),
      }
    })
}

function advice(sim: Simulation, node: number, state: State): string[] {
  const { wires } = sim.world
  const isCalled = sim.world.nodes[node].in.some((wire) => wires[wire].role === 'request')
  if (state.order.length === 0 && !isCalled) return ['Not connected: it has nothing to work on.']
  const { extendedClient } = state.settings
  if (extendedClient && state.buckets.length === 0) {
    return [
      'The extended client has no bucket: connect the S3 bucket of the payloads to the fleet.',
    ]
  }
  if (!extendedClient && state.buckets.length > 0) {
    return [
      'The extended client is off: messages that point to the bucket are worked on as they are.',
    ]
  }
  const running = present(state).some((w) => state.workers.phase[w] !== PHASE.off)
  return running ? [] : ['Every instance has crashed: nothing is being processed.']
}

export default behaviour
