/** The one event a timer list keeps in the agenda (ENGINE part 3, rule 5). */
import { firstDue, needsArming, type TimerList } from '../../engine/lists.ts'
import type { Simulation } from '../../engine/simulation.ts'

/** Arms the list's first timer unless an event as early is armed already. */
export function arm(sim: Simulation, node: number, timers: TimerList, type: number): void {
  const { messages } = sim.world
  if (!needsArming(messages, timers)) return
  const first = firstDue(messages, timers)
  timers.armedUs = messages.dueUs[first]
  timers.armedSeq = messages.dueSeq[first]
  sim.arm(timers.armedUs, timers.armedSeq, node, type)
}

/**
 * The message whose time has come by the event `seq`, or -1 when the event is stale or its message is
 * gone. The caller takes the message out and calls `arm` in either case.
 */
export function dueNow(sim: Simulation, timers: TimerList, seq: number): number {
  if (seq !== timers.armedSeq) return -1
  timers.armedSeq = 0
  const first = firstDue(sim.world.messages, timers)
  return first >= 0 && sim.world.messages.dueSeq[first] === seq ? first : -1
}
