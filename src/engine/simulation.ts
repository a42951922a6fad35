/**
 * Runs a world: takes events in order, carries calls, applies interventions. What behaviours may do
 * to the world is exactly what is public here. Pure: no clock but simulated time, no chance but
 * seeded streams.
 */
import type { SimUs } from '../base/units.ts'
import { uuidFrom } from '../base/hash.ts'
import { hash32, openStream } from '../base/random.ts'
import type { Intervention, Scenario, ScenarioDiff, ScenarioNode } from '../scenario/scenario.ts'
import { LANE_TARGET, nextTime, schedule, scheduleInLane, takeNext, takeSeq } from './agenda.ts'
import { answerAsked, readAsked } from './asks.ts'
import { answerRecords } from './batch.ts'
import type { Behaviour, CallView, ItemView, Operation } from './behaviour.ts'
import { bind, bindRemoved, type Bound } from './bound.ts'
import {
  CARRIES,
  CODE,
  FIRST_ERROR,
  GONE,
  ITEMS_PER_CALL,
  OUTSIDE,
  newCall,
  pinItems,
  releaseCall,
  unpinItems,
} from './calls.ts'
import type { ApiError, OutsideCall, StreamEvent } from './calls.ts'
import { applyEdit, populate, type Kinds } from './build.ts'
import { editByHand } from './edits.ts'
import { HOP_LOOK, isNotable, type MarkType } from './frame.ts'
import { recordHops, recordMessage } from './hops.ts'
import { logCall, logNews } from './log.ts'
import { releaseMessage, type Content } from './messages.ts'
import { addNotable } from './notables.ts'
import { takeSample } from './samples.ts'
import { answerOutside, callFromOutside, emitOutside, hangUp } from './outside.ts'
import type { Outcome } from './outside.ts'
import { createRecords, type Records } from './records.ts'
import { revived, snapshot } from './snapshot.ts'
import { CALL_EVENT, LANE, createWorld, type NodeState, type World } from './world.ts'

/** Target of events that are the engine's own. */
const ENGINE = LANE_TARGET
/** `look` of a call that travels without messages, and of one whose messages are drawn already. */
const UNSEEN = -1
const DRAWN = -2

export class Simulation {
  world: World
  readonly records: Records
  readonly kinds: Kinds
  /** The run's interventions in order of time; live ones are added as they happen. */
  readonly interventions: Intervention[]
  /** By node index. */
  readonly behaviours: (Behaviour | undefined)[] = []
  private readonly bound: Bound[] = []

  /**
   * Told what goes to an address that is no part of the design (a subscriber's web server); nobody, unless
   * the world is served. Nothing comes back, so the run is the same with and without.
   */
  sendOut: ((address: string, content: Content) => void) | null = null

  /** Begins a run at time 0, or at `startUs`. Nodes of unknown kinds are left out of it. */
  constructor(
    scenario: Scenario,
    interventions: readonly Intervention[],
    kinds: Kinds,
    startUs: SimUs = 0,
  ) {
    this.kinds = kinds
    this.interventions = [...interventions].sort((a, b) => a.atUs - b.atUs)
    this.records = createRecords()
    this.world = createWorld(scenario, startUs)
    populate(this)
  }

  // --- running -------------------------------------------------------------------------------

  get nowUs(): SimUs {
    return this.world.nowUs
  }

  /**
   * Runs everything due up to and including `toUs`. Stops early after `maxEvents`; true when it got
   * there. The result never depends on how a span is cut into steps. Metrics are sampled on the way,
   * after all else of that moment: not an event, so that a world where nothing happens is idle.
   */
  advance(toUs: SimUs, maxEvents = Infinity): boolean {
    const { world } = this
    // Not counted down: from Infinity, that gets memory for each event.
    let done = 0
    for (;;) {
      const intervention = this.interventions[world.interventionsDone]
      const limit = Math.min(toUs, intervention?.atUs ?? Infinity, world.nextSampleUs)
      while (takeNext(world.agenda, limit)) {
        this.runTaken()
        if (++done >= maxEvents) return false
      }
      if (limit > world.nowUs) world.nowUs = limit
      if (limit === world.nextSampleUs) {
        takeSample(this)
        if (++done >= maxEvents) return false
      } else if (intervention && intervention.atUs <= toUs) {
        world.interventionsDone++
        this.apply(intervention)
      } else {
        return true
      }
    }
  }

  /** Runs events up to the next that can be seen (a call, a hop, news); false when none is left. */
  step(): boolean {
    for (;;) {
      const at = this.nextUs()
      if (at === Infinity) return false
      const before = this.records.log.rows + this.records.hops.count
      this.advance(at, 1)
      if (this.records.log.rows + this.records.hops.count !== before) return true
    }
  }

  /** When the next thing happens, Infinity when nothing ever will. */
  nextUs(): SimUs {
    const intervention = this.interventions[this.world.interventionsDone]
    return Math.min(nextTime(this.world.agenda), intervention ? intervention.atUs : Infinity)
  }

  /** Takes effect now, after everything else due now, and is recorded. Returns it stamped. */
  intervene(intervention: Intervention): { intervention: Intervention } & Outcome {
    const { world } = this
    this.advance(world.nowUs)
    const stamped = { ...intervention, atUs: world.nowUs }
    // What was still to come belonged to another future.
    this.interventions.length = world.interventionsDone
    this.records.forgetAhead()
    this.interventions.push(stamped)
    world.interventionsDone++
    return { intervention: stamped, ...this.apply(stamped) }
  }

  /** A copy of the world as it stands. */
  snapshot(): World {
    return snapshot(this.world)
  }

  /** Goes on from a snapshot of this run (the snapshot stays good). Records are kept as they are. */
  restore(saved: World): void {
    this.world = revived(saved)
    for (const node of this.world.nodes) this.bindNode(node)
  }

  /** A node's index means its kind's behaviour from now on; or, when it was removed, nobody's. */
  bindNode({ index, kind, alive }: NodeState): void {
    const behaviour = this.kinds.behaviour(kind)!
    this.behaviours[index] = behaviour
    this.bound[index] = alive ? bind(behaviour) : bindRemoved(behaviour)
  }

  /** Runs the event that was taken last. */
  private runTaken(): void {
    const { world } = this
    const { agenda } = world
    const target = agenda.takenTarget
    const type = agenda.takenType
    world.nowUs = agenda.takenUs
    world.events++
    if (target !== ENGINE)
      this.bound[target].event(this, target, type, agenda.takenA, agenda.takenB)
    else if (type === CALL_EVENT.arrive) this.arrive(agenda.takenA)
    else this.deliverAnswer(agenda.takenA)
  }

  private apply(intervention: Intervention): Outcome {
    const { world } = this
    if (intervention.type === 'edit') {
      editByHand(this, intervention.diff)
      return {}
    }
    if (intervention.type === 'call') {
      const { service, operation, input } = intervention
      return { ticket: this.callFromOutside(service, operation, input) }
    }
    const node = world.nodes.find((node) => node.alive && node.id === intervention.node)
    const action = node && this.behaviours[node.index]?.actions[intervention.action]
    const error = action?.(this, node!.index, intervention.args)
    return error ? { error } : {}
  }

  /** Changes the document while it runs: `world.scenario` and everything that follows from it. */
  edit(diff: ScenarioDiff): void {
    applyEdit(this, diff)
    this.mark(ENGINE, 'edited')
  }

  /** Takes a node and its wires out of the document, as operations like DeleteQueue do. */
  removeNode(node: number): void {
    const { nodes, scenario } = this.world
    const { id } = nodes[node]
    const wires = scenario.wires.filter((wire) => wire.from === id || wire.to === id)
    this.edit({
      nodes: { [id]: null },
      wires: Object.fromEntries(wires.map((wire) => [wire.id, null])),
    })
  }

  // --- time ----------------------------------------------------------------------------------

  /** Schedules an event for a node. */
  at(atUs: SimUs, node: number, type: number, a = 0, b = 0): void {
    const { agenda } = this.world
    schedule(agenda, atUs, takeSeq(agenda), node, type, a, b)
  }

  /** A serial number for something decided now that will be armed later (timer lists). */
  takeSeq(): number {
    return takeSeq(this.world.agenda)
  }

  /** Arms a timer list's one event; `b` is `seq`, so that a stale one can be told. */
  arm(atUs: SimUs, seq: number, node: number, type: number, a = 0): void {
    schedule(this.world.agenda, atUs, seq, node, type, a, seq)
  }

  /** Opens the node's random stream for one purpose; the same in every run with this seed. */
  stream(node: NodeState | ScenarioNode, purpose: string): number {
    const { world } = this
    return openStream(world.random, `${world.scenario.seed}/${node.id}/${purpose}`)
  }

  // --- calls ---------------------------------------------------------------------------------

  /** Begins a call by a node along one of its wires (or -1); fill it in, then `send` it. */
  call(from: number, to: number, operation: number, wire: number): number {
    const { calls } = this.world
    const call = newCall(calls, from, to, operation, wire)
    calls.carries[call] = this.bound[to].carries[operation]
    return call
  }

  /** Sets the call travelling. */
  send(call: number): void {
    const { world } = this
    const { calls } = world
    calls.sentUs[call] = world.nowUs
    const carries = calls.count[call] > 0 ? calls.carries[call] : CARRIES.nothing
    if (carries === CARRIES.request) {
      this.begin(call)
      this.travel(call, CALL_EVENT.arrive, HOP_LOOK.message)
    } else if (carries === CARRIES.reference) this.travel(call, CALL_EVENT.arrive, HOP_LOOK.ack)
    else this.travel(call, CALL_EVENT.arrive, UNSEEN)
  }

  /** The messages of a request set out; for the first of a line, here its end-to-end latency begins. */
  begin(call: number): void {
    const { calls, messages, nowUs } = this.world
    const first = call * ITEMS_PER_CALL
    for (let i = first; i < first + calls.count[call]; i++) {
      const slot = calls.slots[i]
      if (messages.beganUs[slot] < 0) messages.beganUs[slot] = nowUs
    }
  }

  /**
   * The service's answer; `code` is CODE.ok, CODE.gone or one of the kind's errors. Logs the call.
   * @param bounced how many of its items are refused although the call is ok; drawn by the kind
   */
  answer(call: number, code: number, bounced = 0): void {
    const { world } = this
    const { calls } = world
    calls.code[call] = code
    logCall(this.records.log, world, call)
    if (calls.from[call] === OUTSIDE) {
      answerOutside(this, call)
      return
    }
    const ticket = calls.outside.length > 0 ? calls.outside[call] : undefined
    if (ticket) answerAsked(this, call, ticket)
    const carries = calls.count[call] > 0 ? calls.carries[call] : CARRIES.nothing
    if (carries === CARRIES.answer && code === CODE.ok) {
      pinItems(calls, call, world.messages)
      this.travel(call, CALL_EVENT.answer, HOP_LOOK.message)
    } else if (carries === CARRIES.request && code !== CODE.ok) {
      const { isDenial } = this.errorFor(calls.to[call], code)!
      this.travel(call, CALL_EVENT.answer, isDenial ? HOP_LOOK.denied : HOP_LOOK.refused)
    } else if (bounced > 0) {
      this.travel(call, CALL_EVENT.answer, DRAWN)
    } else if (calls.carries[call] === CARRIES.records) {
      answerRecords(this, call)
    } else {
      this.travel(call, CALL_EVENT.answer, UNSEEN)
    }
  }

  /** Puts a call on its way, there or back; with a `look` its messages are seen on it. */
  private travel(call: number, type: number, look: number): void {
    const { world, records } = this
    const { agenda, network, nowUs } = world
    if (look === UNSEEN) {
      scheduleInLane(agenda, LANE.control, nowUs + network.controlUs, type, call)
      return
    }
    if (look !== DRAWN) recordHops(records.hops, world, call, network.carryUs, look)
    scheduleInLane(agenda, LANE.carry, nowUs + network.carryUs, type, call)
  }

  /** Why a call was refused. */
  errorOf(call: number): ApiError | null {
    const { calls } = this.world
    const told = calls.outside.length > 0 ? calls.outside[call]?.error : undefined
    return told ?? this.errorFor(calls.to[call], calls.code[call])
  }

  /** The error a code stands for; with the call (and its item), also the values its text names. */
  errorFor(node: number, code: number, view?: CallView, item?: ItemView): ApiError | null {
    if (code === CODE.ok) return null
    const behaviour = this.behaviours[node]
    const error = behaviour?.errors[code - FIRST_ERROR] ?? behaviour?.gone ?? GONE
    if (!view || !behaviour?.fill || !error.message.includes('{')) return error
    const message = error.message.replace(/\{(\w+)\}/g, (_, placeholder: string) =>
      behaviour.fill!(this, node, placeholder, view, item),
    )
    return { ...error, message }
  }

  /**
   * AWS's API from outside (console, endpoint, tests): no travel time. Answered at once, or, for a
   * long poll, when the returned ticket gets its `output` or `error`.
   */
  callFromOutside(
    service: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
    by?: number,
  ): OutsideCall {
    return callFromOutside(this, { service, operation, input }, by)
  }

  /**
   * One event of an answer that streams, for the outside caller; `answer` ends the stream. Kept
   * until the caller takes it, the oldest dropped when there are too many.
   */
  emit(call: number, event: StreamEvent): void {
    emitOutside(this, call, event)
  }

  /** The outside caller went away: a call that still waits is forgotten. */
  hangUp(ticket: OutsideCall): void {
    hangUp(this, ticket)
  }

  /** What the call asks for. */
  operationOf(call: number): Operation {
    const { calls } = this.world
    return this.behaviours[calls.to[call]]!.operations[calls.operation[call]]
  }

  private arrive(call: number): void {
    const { calls } = this.world
    const to = calls.to[call]
    if (calls.outside.length > 0 && !readAsked(this, to, call)) return
    this.bound[to].runs[calls.operation[call]](this, to, call)
  }

  private deliverAnswer(call: number): void {
    const { calls, messages } = this.world
    const from = calls.from[call]
    const pinned = calls.code[call] === CODE.ok && calls.carries[call] === CARRIES.answer
    this.bound[from].answered(this, from, call)
    if (pinned) unpinItems(calls, call, messages)
    releaseCall(calls, call)
  }

  /** A service's operation by its AWS name, for `call`; -1 when it has none. */
  operationIndex(node: number, name: string): number {
    return this.behaviours[node]!.operations.findIndex((operation) => operation.name === name)
  }

  // --- messages, records ------------------------------------------------------------------------

  /** Draws a message going along a wire for `delayUs` from now. */
  hop(wire: number, delayUs: SimUs, slot: number, look: number): void {
    recordMessage(this.records.hops, this.world, wire, delayUs, slot, look)
  }

  /** A message's words. */
  contentOf(slot: number): Content {
    const { messages } = this.world
    const literal = messages.literals[slot]
    return literal ?? this.render(messages.recipe[slot], messages.ordinal[slot])
  }

  render(recipe: number, ordinal: number): Content {
    const { node, data } = this.world.recipes[recipe]!
    return this.behaviours[node]!.render!(data, ordinal, this.words)
  }

  /** As a function, for words made of others. */
  private readonly words = (recipe: number, ordinal: number): Content =>
    this.render(recipe, ordinal)

  /** Keeps a recipe for generated messages; at most 65,535 a run. Returns its index. */
  addRecipe(node: number, data: unknown): number {
    const { recipes } = this.world
    recipes.push(Object.freeze({ node, data: Object.freeze(data) }))
    return recipes.length - 1
  }

  /** A message's MessageId: a UUID that follows from the seed and the serial. */
  messageId(serial: number): string {
    const seed = this.world.scenario.seed
    return uuidFrom(
      hash32(seed, serial),
      hash32(serial, 1),
      hash32(serial, seed),
      hash32(serial, 3),
    )
  }

  /** The message is gone for good; it must be in no list. */
  release(slot: number): void {
    releaseMessage(this.world.messages, slot)
  }

  /**
   * A row in the log that is not a call: the kind's news[index], about one message or none (-1).
   * @param known the message's serial, where another may be in its slot by now; 0 where not
   * @param token whose news it is: `workerName` tells; 0 for the node's as a whole
   */
  news(node: number, news: number, slot: number, known = 0, token = 0): void {
    logNews(this.records.log, this.world, node, news, slot, known, token)
  }

  /** Something notable, for the timeline and the node's effects. `message` is a serial, 0 for none. */
  mark(node: number, type: MarkType, message = 0, count = 1): void {
    const { marks, notables } = this.records
    if (marks.length >= MARKS_KEPT && !isNotable({ type })) return
    const id = node < 0 ? '' : this.world.nodes[node].id
    const mark = { atUs: this.world.nowUs, node: id, type, message, count }
    if (isNotable(mark)) addNotable(notables, mark)
    if (marks.length < MARKS_KEPT) marks.push(mark)
  }
}

/** Between two looks of the screen; more are dropped, the books still count them. */
const MARKS_KEPT = 2_000

export type { CallView }
