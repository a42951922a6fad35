/** Finds every kind's `behaviour.ts` and answers the engine's questions about kinds. */
import type { Behaviour } from '../engine/behaviour.ts'
import type { Kinds } from '../engine/build.ts'
import type { ApiError } from '../engine/calls.ts'
import { connectionOf, schemas, withDefaults } from './schemas.ts'

const found = import.meta.glob<Behaviour>(['./*/behaviour.ts', '!./_*/behaviour.ts'], {
  eager: true,
  import: 'default',
})

const behaviours: ReadonlyMap<string, Behaviour> = new Map(
  Object.keys(found)
    .sort()
    .map((path) => [path.split('/')[1], found[path]]),
)

const unknownAction = (operation: string): ApiError => ({
  code: 'InvalidAction',
  status: 400,
  message: `The action ${operation} is not valid for this endpoint.`,
})

export const kinds: Kinds = {
  behaviour: (kind) => behaviours.get(kind),
  config: (node, limits) => withDefaults(schemas.get(node.kind)!.fields, node.config, limits),
  wire(wire, from, to) {
    const connection = connectionOf(from, to)
    if (!connection.ok) return null
    return { role: connection.role, config: withDefaults(connection.fields, wire.config) }
  },
  locate(sim, service, operation, input) {
    const behaviour = behaviours.get(service)
    const account = behaviour?.accountOperations?.find((known) => known.name === operation)
    if (account) return { account }
    const index = behaviour?.operations.findIndex((known) => known.name === operation) ?? -1
    if (!behaviour?.locate || index < 0) return { error: unknownAction(operation) }
    const located = behaviour.locate(sim, operation, input)
    return typeof located === 'number' ? { node: located, operation: index } : { error: located }
  },
}
