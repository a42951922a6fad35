/**
 * A kind's functions as the engine calls them for every event and call: in one shape for all kinds,
 * found by index, with nothing compared as text.
 */
import type { Behaviour, Operation } from './behaviour.ts'
import { CARRIES, CODE } from './calls.ts'
import { releaseRefused } from './outside.ts'

export interface Bound {
  readonly event: Behaviour['event']
  readonly answered: NonNullable<Behaviour['answered']>
  /** By operation: what it does, and one of CARRIES. */
  readonly runs: readonly Operation['run'][]
  readonly carries: Uint8Array
}

const nothing = (): void => undefined

export const bind = (behaviour: Behaviour): Bound => ({
  event: behaviour.event,
  answered: behaviour.answered ?? nothing,
  runs: behaviour.operations.map(({ run }) => run),
  carries: Uint8Array.from(behaviour.operations, ({ carries }) => CARRIES[carries]),
})

/** Of a node that is no more: nothing happens to it, calls to it are refused. */
export const bindRemoved = (behaviour: Behaviour): Bound => ({
  ...bind(behaviour),
  event: nothing,
  answered: (sim, _node, call) => releaseRefused(sim, call),
  runs: behaviour.operations.map(() => refuse),
})

const refuse: Operation['run'] = (sim, _node, call) => sim.answer(call, CODE.gone)
