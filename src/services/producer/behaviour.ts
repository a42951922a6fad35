/**
 * A producer in the engine: makes messages when its pattern says so, sends a copy along each wire,
 * and tries again what was refused for a passing reason, waiting twice as long each time.
 */
import type { Action, Behaviour } from '../../engine/behaviour.ts'
import { CODE, ITEMS_PER_CALL, type ApiError } from '../../engine/calls.ts'
import { largeCall } from '../../engine/large.ts'
import { append, unlink } from '../../engine/lists.ts'
import { copyMessage, newMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { userRecordsIn } from '../aggregation.ts'
import { latenciesInto } from '../latency.ts'
import { addRecent } from '../recent.ts'
import {
  LISTING,
  aggregate,
  closeAll,
  heedShards,
  learnShards,
  mayAggregate,
  putOn,
  shardsListed,
} from './aggregator.ts'
import { broken } from './balance.ts'
import { because } from './because.ts'
import { COUNTER, COUNTERS, EVENT, NEWS, NEWS_WORDS } from './books.ts'
import { digestOf } from './digest.ts'
import { METRICS, ROUND_TRIP } from './metricNames.ts'
import {
  compile,
  contentOf,
  drawOf,
  isSentTwice,
  partitionKeyOf,
  sizeOf,
  type Recipe,
} from './recipe.ts'
import { needsBucket, pointTo, store } from './payloads.ts'
import * as requests from './requests.ts'
import { mayRetry } from './passing.ts'
import { adjust, arm, begin, moveOn, pause, plan, resume } from './schedule.ts'
import {
  chooseRecipe,
  createState,
  rewire,
  settingsOf,
  stateOf,
  type Retry,
  type State,
  type Target,
} from './state.ts'

/** A burst goes out in portions, each an event, so that a large one can be interrupted by a frame. */
const PORTION = 500
const MOST_AT_A_TIME = 100_000

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: [],
  caller: (sim, node) => stateOf(sim, node).settings.caller,
  operations: [],
  news: NEWS_WORDS,
  because,
  metrics: METRICS,
  actions: {
    sendOne: (sim, node, args) => sendNow(sim, node, args.count ?? 1),
    sendBurst: (sim, node, args) => sendNow(sim, node, args.count ?? 100),
    pause(sim, node) {
      pause(sim, stateOf(sim, node))
      arm(sim, node, EVENT.due)
    },
    resume(sim, node) {
      resume(sim, stateOf(sim, node))
      arm(sim, node, EVENT.due)
    },
  },

  create: createState,
  started(sim, node) {
    const state = stateOf(sim, node)
    rewire(sim, node)
    chooseRecipe(sim, node)
    learnShards(sim, node, EVENT.list)
    begin(sim, state, state.anchorUs)
    plan(state)
    arm(sim, node, EVENT.due)
  },
  configured(sim, node) {
    const state = stateOf(sim, node)
    const before = state.settings
    state.settings = settingsOf(sim.world.nodes[node].config)
    rewireHere(sim, node)
    chooseRecipe(sim, node)
    adjust(sim, state, before)
    arm(sim, node, EVENT.due)
    for (const target of state.targets) sendHeld(sim, node, target)
    if (!before.aggregates) learnShards(sim, node, EVENT.list)
  },
  wired(sim, node) {
    rewireHere(sim, node)
    chooseRecipe(sim, node)
    learnShards(sim, node, EVENT.list)
  },
  removed(sim, node) {
    const { backing, targets, storing } = stateOf(sim, node)
    for (const { slot } of Object.values(storing)) lose(sim, node, slot)
    for (const target of targets) loseHeld(sim, node, target)
    while (backing.head >= 0) {
      const slot = backing.head
      unlink(sim.world.messages, backing, slot)
      lose(sim, node, slot)
    }
  },

  event(sim, node, type, a, b) {
    if (type === EVENT.due) due(sim, node, a)
    else if (type === EVENT.flush) closeWindow(sim, node, a, b)
    else if (type === EVENT.aggregate) closeGroups(sim, node, a, b)
    else if (type === EVENT.list) learnShards(sim, node, EVENT.list, a)
    else if (type === EVENT.retry) retry(sim, node, a)
    else requestEvent(sim, node, type, a)
  },
  answered,

  digest: digestOf,
  gauges(sim, node, into) {
    const { latencies } = stateOf(sim, node).requests
    latenciesInto(latencies, sim.nowUs, into, ROUND_TRIP)
  },
  render: (recipe, ordinal) => contentOf(compile(recipe as Recipe), ordinal),
  partitionKey: (recipe, ordinal) => partitionKeyOf(compile(recipe as Recipe), ordinal),
  broken,
}

function requestEvent(sim: Simulation, node: number, type: number, a: number): void {
  const state = stateOf(sim, node)
  if (type === EVENT.poll) requests.poll(sim, node, state.requests, a)
  else if (type === EVENT.idle) requests.sweep(sim, node, state.requests, a)
  else {
    const { seed } = sim.world.recipes[state.recipe]!.data as Recipe
    requests.timeOut(sim, node, state.requests, seed, a)
  }
}

/** The wires have changed: what was held for one that is gone is given up. */
function rewireHere(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  const before = state.targets
  rewire(sim, node)
  for (const target of before) {
    if (!state.targets.includes(target)) loseHeld(sim, node, target)
  }
}

function due(sim: Simulation, node: number, armed: number): void {
  const state = stateOf(sim, node)
  if (armed !== state.armed) return
  const { stopAfterCount } = state.settings
  const allowed = stopAfterCount > 0 ? stopAfterCount - state.scheduled : Infinity
  const count = Math.min(state.nextCount, PORTION, allowed)
  if (state.targets.length > 0) {
    state.scheduled += count
    for (let n = 0; n < count; n++) make(sim, node, state)
  }
  state.nextCount -= count
  if (state.nextCount <= 0 || count === allowed) moveOn(sim, state)
  arm(sim, node, EVENT.due)
}

const NOT_CONNECTED: ApiError = {
  code: 'NotConnected',
  status: 400,
  message: 'Connect the producer to a queue or a service first.',
}

function sendNow(sim: Simulation, node: number, count: unknown): ReturnType<Action> {
  const state = stateOf(sim, node)
  if (state.targets.length === 0) return NOT_CONNECTED
  const wanted = Math.min(MOST_AT_A_TIME, Math.floor(Number(count)))
  for (let n = 0; n < wanted; n++) make(sim, node, state)
  return undefined
}

/** One message, and a copy of it for each further wire. */
function make(sim: Simulation, node: number, state: State): void {
  const { recipes, messages, nodes } = sim.world
  const ready = compile(recipes[state.recipe]!.data as Recipe)
  const draw = drawOf(ready, ++state.ordinal)
  const slot = newMessage(messages, state.recipe, draw.ordinal, sizeOf(ready, draw), draw.key)
  const { targets } = state
  nodes[node].counters[COUNTER.made] += targets.length
  if (ready.recipe.replyTo) {
    requests.begin(sim, node, state.requests, ready.recipe.seed, draw, slot)
  }
  for (let i = 0; i < targets.length; i++) {
    const copy = i === 0 ? slot : copyMessage(messages, slot)
    messages.recipe[copy] = targets[i].recipe
    if (isSentTwice(draw, state.settings.duplicateShare))
      sendAgain(sim, node, state, targets[i], copy)
    dispatch(sim, node, state, targets[i], copy)
  }
}

/** The same message once more, as if the answer to the first had been lost. */
function sendAgain(
  sim: Simulation,
  node: number,
  state: State,
  target: Target,
  slot: number,
): void {
  const { messages, nodes } = sim.world
  const again = copyMessage(messages, slot)
  nodes[node].counters[COUNTER.made]++
  keepForRetry(sim, node, state, { wire: target.wire, attempt: 0, slots: [again] })
}

function dispatch(sim: Simulation, node: number, state: State, target: Target, slot: number): void {
  const { settings } = state
  if (settings.extended && needsBucket(sim, state, target, slot)) {
    store(sim, node, state, target, slot)
    return
  }
  if (!target.aggregator || !mayAggregate(state, target)) {
    collect(sim, node, state, target, slot)
    return
  }
  const { aggregator } = target
  const wasEmpty = aggregator.count === 0
  for (const each of aggregate(sim, node, aggregator, slot)) {
    collect(sim, node, state, target, each)
  }
  if (!wasEmpty || aggregator.count === 0) return
  sim.at(
    sim.nowUs + settings.recordWindowUs,
    node,
    EVENT.aggregate,
    target.wire,
    ++aggregator.window,
  )
}

/** Into a batch, where several go out in one call. */
function collect(sim: Simulation, node: number, state: State, target: Target, slot: number): void {
  const { settings } = state
  const toStream = target.audience === 'stream'
  const most = toStream ? settings.recordsPerCall : settings.batchSize
  if (most === 1 || target.batch < 0) {
    sendOne(sim, node, state, target, slot, 0)
    return
  }
  const { messages } = sim.world
  if (target.heldBytes + messages.sizeBytes[slot] > COLLECTION_BYTES) flush(sim, node, target)
  messages.node[slot] = node
  target.held.push(slot)
  target.heldBytes += messages.sizeBytes[slot]
  if (target.held.length >= most) {
    flush(sim, node, target)
  } else if (target.held.length === 1) {
    const windowUs = toStream ? settings.recordWindowUs : settings.batchWindowUs
    sim.at(sim.nowUs + windowUs, node, EVENT.flush, target.wire, target.window)
  }
}

function closeWindow(sim: Simulation, node: number, wire: number, window: number): void {
  const target = stateOf(sim, node).targets.find((candidate) => candidate.wire === wire)
  if (target && target.window === window) flush(sim, node, target)
}

/** RecordMaxBufferedTime is over: what was aggregated and collected goes out. */
function closeGroups(sim: Simulation, node: number, wire: number, window: number): void {
  const target = stateOf(sim, node).targets.find((candidate) => candidate.wire === wire)
  if (target?.aggregator?.window === window) sendHeld(sim, node, target)
}

function sendHeld(sim: Simulation, node: number, target: Target): void {
  const state = stateOf(sim, node)
  const { aggregator } = target
  const closed = aggregator ? closeAll(sim, node, aggregator) : []
  for (const slot of closed) collect(sim, node, state, target, slot)
  flush(sim, node, target)
}

/** FACTS 6.8: CollectionMaxSize, of all records in one call. */
const COLLECTION_BYTES = 5 * 1_048_576

/** Sends the batch that was collected. */
function flush(sim: Simulation, node: number, target: Target): void {
  if (target.held.length === 0) return
  sendBatch(sim, node, stateOf(sim, node), target, target.held, 0)
  target.held.length = 0
  target.heldBytes = 0
  target.window++
}

/** @param attempt as of `sendOne` */
function sendBatch(
  sim: Simulation,
  node: number,
  state: State,
  target: Target,
  slots: readonly number[],
  attempt: number,
): void {
  const { calls, messages } = sim.world
  const call =
    slots.length > ITEMS_PER_CALL
      ? largeCall(sim, node, target.to, target.batch, target.wire)
      : sim.call(node, target.to, target.batch, target.wire)
  for (const slot of slots) {
    messages.node[slot] = -1
    putOn(sim, call, slot)
  }
  calls.arg[call] = state.settings.delayUs
  calls.token[call] = attempt
  state.calling += slots.length
  sim.send(call)
}

/** @param attempt 0 for the first try; the call's token */
function sendOne(
  sim: Simulation,
  node: number,
  state: State,
  target: Target,
  slot: number,
  attempt: number,
): void {
  const { calls } = sim.world
  const call = sim.call(node, target.to, target.single, target.wire)
  putOn(sim, call, slot)
  calls.arg[call] = state.settings.delayUs
  calls.token[call] = attempt
  state.calling++
  sim.send(call)
}

function answered(sim: Simulation, node: number, call: number): void {
  const { calls, nodes } = sim.world
  const state = stateOf(sim, node)
  if (calls.token[call] === LISTING) {
    shardsListed(sim, state, call)
    return
  }
  if (calls.token[call] < 0) {
    stored(sim, node, state, call)
    return
  }
  if (requests.isAboutReplies(calls.token[call])) {
    requests.answeredByQueue(sim, node, state.requests, call)
    return
  }
  const count = calls.count[call]
  const code = calls.code[call]
  let sent = 0
  let accepted = 0
  let again: number[] | null = null
  for (let n = 0; n < count; n++) {
    const place = call * ITEMS_PER_CALL + n
    const result = code === CODE.ok ? calls.codes[place] : code
    if (result === CODE.ok) sent += Math.max(1, calls.itemArgs[place])
    else if (mayRetry(sim, state, call, result)) (again ??= []).push(calls.slots[place])
    else lose(sim, node, calls.slots[place])
    if (result === CODE.ok) accepted++
  }
  if (accepted > 0) heedShards(sim, node, EVENT.list, call)
  state.calling -= count
  state.beyondFirst -= sent - accepted
  nodes[node].counters[COUNTER.sent] += sent
  addRecent(state.recent, sim.nowUs, 0, sent)
  if (again) {
    const [wire, attempt] = [calls.wire[call], calls.token[call] + 1]
    keepForRetry(sim, node, state, { wire, attempt, slots: again })
  }
}

/** A body is in the bucket, or was refused there: then its message is not sent. */
function stored(sim: Simulation, node: number, state: State, call: number): void {
  const { calls, nodes } = sim.world
  const number = -1 - calls.token[call]
  const { wire, slot, key } = state.storing[number]
  delete state.storing[number]
  state.calling--
  const target = state.targets.find((candidate) => candidate.wire === wire)
  if (calls.code[call] !== CODE.ok) sim.release(calls.slots[call * ITEMS_PER_CALL])
  else nodes[node].counters[COUNTER.stored]++
  if (calls.code[call] !== CODE.ok || !target) {
    lose(sim, node, slot)
    return
  }
  sim.world.messages.node[slot] = -1
  pointTo(sim, state, slot, calls.to[call], key)
  dispatch(sim, node, state, target, slot)
}

/** What was refused of one call waits, and goes out as one call again. */
function keepForRetry(sim: Simulation, node: number, state: State, retry: Retry): void {
  const { messages } = sim.world
  for (const slot of retry.slots) {
    messages.node[slot] = node
    append(messages, state.backing, slot)
  }
  let waitUs = state.settings.backoffUs
  for (let n = 1; n < retry.attempt; n++) waitUs *= 2
  const id = state.retriesMade++
  state.retries[id] = retry
  sim.at(sim.nowUs + waitUs, node, EVENT.retry, id)
}

function retry(sim: Simulation, node: number, id: number): void {
  const state = stateOf(sim, node)
  const { messages, nodes } = sim.world
  const { wire, attempt, slots } = state.retries[id]
  delete state.retries[id]
  const target = state.targets.find((candidate) => candidate.wire === wire)
  for (const slot of slots) {
    unlink(messages, state.backing, slot)
    if (!target) lose(sim, node, slot)
  }
  if (!target) return
  nodes[node].counters[COUNTER.retried] += slots.length
  if (slots.length > 1) {
    sendBatch(sim, node, state, target, slots, attempt)
    return
  }
  const [slot] = slots
  messages.node[slot] = -1
  if (needsBucket(sim, state, target, slot)) store(sim, node, state, target, slot)
  else sendOne(sim, node, state, target, slot, attempt)
}

/** Gives a message up, and with it all user records that it stands for. */
function lose(sim: Simulation, node: number, slot: number): void {
  const { messages, nodes } = sim.world
  const users = userRecordsIn(messages.literals[slot])
  sim.news(node, NEWS.gaveUp, slot)
  sim.mark(node, 'lost', messages.serial[slot], users)
  requests.giveUp(sim, node, stateOf(sim, node).requests, slot)
  sim.release(slot)
  nodes[node].counters[COUNTER.failed] += users
  stateOf(sim, node).beyondFirst -= users - 1
}

function loseHeld(sim: Simulation, node: number, { held, aggregator }: Target): void {
  const closed = aggregator ? closeAll(sim, node, aggregator) : []
  for (const slot of [...held, ...closed]) lose(sim, node, slot)
}

export default behaviour
