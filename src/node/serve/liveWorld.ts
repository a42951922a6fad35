/**
 * A world that outside callers share. Calls are answered one after another, in the order they came;
 * one that waits (a long poll) leaves the way free for others and is answered when its time comes.
 */
import { US_PER_MS, type SimUs } from '../../base/units.ts'
import { GONE, type ApiError, type OutsideCall, type StreamEvent } from '../../engine/calls.ts'
import type { WebReply, WebRequest } from '../../engine/behaviour.ts'
import { Simulation } from '../../engine/simulation.ts'
import type { Intervention, Scenario } from '../../scenario/scenario.ts'
import { epochMs } from '../../services/aws.ts'
import { kinds, webReply } from '../../services/kinds.ts'
import { createRealClock, createVirtualClock, type Clock, type VirtualClock } from './clock.ts'

export type Answer = { readonly output: unknown } | { readonly error: ApiError }

interface Waiting {
  readonly ticket: OutsideCall
  readonly done: (answer: Answer) => void
  readonly event: ((event: StreamEvent) => void) | undefined
}

export interface LiveWorld {
  readonly clock: 'real' | 'virtual'
  /** The engine, for those who look (tests, pages); another one after `reset`. */
  readonly sim: Simulation
  /** The engine's time when the world began. */
  readonly startedUs: SimUs
  /** Simulated time as AWS's time stamps count it, epoch milliseconds. */
  nowMs(): number
  /**
   * Calls an operation; `done` is told the answer, at once or later. Returns how to hang up: `done`
   * is not called then, and a waiting call takes no message any more. `event` is told what comes
   * before the end of an answer that streams.
   */
  call(
    service: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
    done: (answer: Answer) => void,
    event?: (event: StreamEvent) => void,
  ): () => void
  /** A kind's answer to a plain web request, null when no kind has one. */
  web(request: WebRequest): WebReply | null
  /** Lets simulated time go by and runs everything due. @throws Error when the clock is real */
  advance(byMs: number): void
  /** Brings the world up to its clock. */
  catchUp(): void
  /** The next thing that can be seen, and the virtual clock with it. A real clock just goes on. */
  step(): void
  /** An edit or a button, now. Returns why it was refused. */
  intervene(intervention: Exclude<Intervention, { type: 'call' }>): { readonly error?: ApiError }
  /** Begins anew; calls that wait are told that what they wait at is gone. */
  reset(): void
  /** Calls `listener` after every reset. */
  onReset(listener: () => void): void
  /** Stops the timers. */
  close(): void
}

/** @param sendOut told what goes to addresses outside of the design */
export function createLiveWorld(
  scenario: Scenario,
  clockKind: Clock['kind'],
  sendOut: Simulation['sendOut'] = null,
): LiveWorld {
  const waiting = new Set<Waiting>()
  const listeners: (() => void)[] = []
  let clock = startClock(clockKind)
  const begin = () => {
    const made = new Simulation(scenario, [], kinds, clock.nowUs())
    made.sendOut = sendOut
    return made
  }
  let sim = begin()
  let startedUs = sim.nowUs

  /** Tells the callers whose answers are there. */
  function settle(): void {
    for (const one of waiting) {
      tellEvents(one)
      const answer = answerOf(one.ticket)
      if (!answer) continue
      waiting.delete(one)
      one.done(answer)
    }
    clock.wakeAt(sim.nextUs(), catchUp)
  }

  function catchUp(): void {
    sim.advance(clock.nowUs())
    settle()
  }

  return {
    clock: clockKind,
    get sim() {
      return sim
    },
    get startedUs() {
      return startedUs
    },
    nowMs: () => epochMs(sim.nowUs),

    call(service, operation, input, done, event) {
      sim.advance(clock.nowUs())
      const ticket = sim.callFromOutside(service, operation, input)
      // What the call set off at this very moment, such as a message's way into another queue.
      sim.advance(sim.nowUs)
      const answer = answerOf(ticket)
      const one: Waiting = { ticket, done, event }
      if (answer) {
        tellEvents(one)
        done(answer)
      } else {
        waiting.add(one)
      }
      settle()
      return () => {
        if (waiting.delete(one)) sim.hangUp(ticket)
      }
    },

    web(request) {
      sim.advance(clock.nowUs())
      const reply = webReply(sim, request)
      catchUp()
      return reply
    },

    advance(byMs) {
      if (!('advance' in clock)) throw new Error('only a virtual clock can be advanced')
      clock.advance(Math.round(byMs * US_PER_MS))
      catchUp()
    },

    catchUp,

    step() {
      if ('advance' in clock) {
        sim.step()
        clock.advance(sim.nowUs - clock.nowUs())
      }
      catchUp()
    },

    intervene(intervention) {
      sim.advance(clock.nowUs())
      const { error } = sim.intervene(intervention)
      // What it set off at this very moment.
      catchUp()
      return { error }
    },

    reset() {
      const left = [...waiting]
      waiting.clear()
      clock.stop()
      clock = startClock(clockKind)
      sim = begin()
      startedUs = sim.nowUs
      for (const { ticket, done } of left) {
        done({ error: kinds.service(ticket.service)?.gone ?? GONE })
      }
      settle()
      for (const listener of listeners) listener()
    },
    onReset: (listener) => void listeners.push(listener),

    close: () => clock.stop(),
  }
}

/** With a real clock, time stamps are the wall clock's. */
const startClock = (kind: Clock['kind']): Clock | VirtualClock =>
  kind === 'virtual'
    ? createVirtualClock()
    : createRealClock(Math.max(0, Date.now() - epochMs(0)) * US_PER_MS)

function tellEvents({ ticket, event }: Waiting): void {
  if (event && ticket.events) for (const each of ticket.events.splice(0)) event(each)
}

function answerOf(ticket: OutsideCall): Answer | null {
  if (ticket.error) return { error: ticket.error }
  return 'output' in ticket ? { output: ticket.output } : null
}
