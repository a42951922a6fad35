/** How every operation on items is carried out: read, paid for in capacity units, done, told. */
import type { Operation } from '../../../engine/behaviour.ts'
import { CODE } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import type { Input } from '../../plainOperation.ts'
import { addRecent } from '../../recent.ts'
import { reading } from '../../refusal.ts'
import { takeUnits } from '../capacity.ts'
import { RESULT } from '../errors.ts'
import { RECENT, count, tableOf } from '../table.ts'
import { textOf, type AttributeValue } from '../values.ts'

/** What an operation does, read from its input but not done. */
export interface Access {
  readonly kind: 'read' | 'write'
  readonly units: number
  /** False where a condition does not hold: nothing is written, the units are used all the same. */
  readonly holds: boolean
  readonly output: Readonly<Record<string, unknown>>
  /** Writes. */
  apply?(): void
}

type Read = (sim: Simulation, node: number, input: Input) => Access

/** @param read @throws Refusal with AWS's error */
export const itemOperation = (name: string, read: Read): Operation => ({
  name,
  carries: 'nothing',
  parse: (sim, node, _call, input) => reading(() => read(sim, node, input)),
  run(sim, node, call) {
    const ticket = sim.world.calls.outside[call]!
    const access = read(sim, node, ticket.input)
    if (!pay(sim, node, access)) {
      sim.mark(node, 'throttled')
      sim.answer(call, RESULT.throttled)
    } else if (!access.holds) {
      count(sim, node, 'ConditionalCheckFailedRequests')
      sim.answer(call, RESULT.conditionFailed)
    } else {
      access.apply?.()
      ticket.output = { ...access.output, ...consumed(sim, node, ticket.input, access.units) }
      sim.answer(call, CODE.ok)
    }
  },
  request: (_sim, _node, call) => call.outside?.input ?? {},
  response: (_sim, _node, call) => call.outside?.output ?? {},
  gist: (_sim, call) => ({ input: gistOf(call.outside?.input ?? {}), output: '' }),
})

/** Takes the capacity units, or counts the refusal. */
function pay(sim: Simulation, node: number, { kind, units }: Access): boolean {
  const { config } = sim.world.nodes[node]
  const table = tableOf(sim, node)
  const isRead = kind === 'read'
  const perSecond = Number(isRead ? config.ReadCapacityUnits : config.WriteCapacityUnits)
  const meter = isRead ? table.reads : table.writes
  if (config.BillingMode === 'PROVISIONED' && !takeUnits(meter, sim.nowUs, perSecond, units)) {
    count(sim, node, 'ThrottledRequests')
    count(sim, node, isRead ? 'ReadThrottleEvents' : 'WriteThrottleEvents')
    addRecent(table.recent, sim.nowUs, RECENT.throttled, 1)
    return false
  }
  count(sim, node, isRead ? 'ConsumedReadCapacityUnits' : 'ConsumedWriteCapacityUnits', units)
  addRecent(table.recent, sim.nowUs, isRead ? RECENT.read : RECENT.written, units)
  return true
}

const consumed = (sim: Simulation, node: number, input: Input, CapacityUnits: number): object =>
  input.ReturnConsumedCapacity === undefined || input.ReturnConsumedCapacity === 'NONE'
    ? {}
    : { ConsumedCapacity: { TableName: sim.world.nodes[node].name, CapacityUnits } }

/** The key, of an operation that names one; else of the item that is put. */
function gistOf({ Key, Item }: Input): string {
  const [first] = Object.values((Key ?? Item ?? {}) as Record<string, AttributeValue>)
  return textOf(first).slice(0, 80)
}
