/** Finds every kind's `behaviour.ts` and answers the engine's questions about kinds. */
import type { Behaviour, WebReply, WebRequest } from '../engine/behaviour.ts'
import type { Kinds } from '../engine/build.ts'
import type { ApiError } from '../engine/calls.ts'
import type { Simulation } from '../engine/simulation.ts'
import './everySchema.ts'
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

const services: ReadonlyMap<string, Behaviour> = new Map(
  [...behaviours].flatMap(([kind, behaviour]) =>
    [behaviour.service ?? kind, ...(behaviour.alsoServes ?? [])].map(
      (service) => [service, behaviour] as const,
    ),
  ),
)

/** By service and operation: its index in the behaviour's list. */
const operationIndexes: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  [...services].map(([service, { operations }]) => [
    service,
    new Map(operations.map(({ name }, index) => [name, index])),
  ]),
)

const unknownAction = (operation: string): ApiError => ({
  code: 'InvalidAction',
  status: 400,
  message: `The action ${operation} is not valid for this endpoint.`,
})

export const kinds: Kinds = {
  behaviour: (kind) => behaviours.get(kind),
  service: (name) => services.get(name),
  config: (node, limits) => withDefaults(schemas.get(node.kind)!.fields, node.config, limits),
  wire(wire, from, to) {
    const connection = connectionOf(from, to)
    if (!connection.ok) return null
    return { role: connection.role, config: withDefaults(connection.fields, wire.config) }
  },
  locate(sim, service, operation, input) {
    const behaviour = services.get(service)
    const account = behaviour?.accountOperations?.find(
      (known) => known.name === operation && (known.takes?.(sim, input) ?? true),
    )
    if (account) return { account }
    const index = operationIndexes.get(service)?.get(operation)
    if (!behaviour?.locate || index === undefined) return { error: unknownAction(operation) }
    const located = behaviour.locate(sim, operation, input)
    if (typeof located !== 'number') return { error: located }
    const isOwn = sim.behaviours[located] === behaviour
    return { node: located, operation: isOwn ? index : sim.operationIndex(located, operation) }
  },
}

/** The answer of the first kind that has one to a plain web request; null when none has. */
export function webReply(sim: Simulation, request: WebRequest): WebReply | null {
  for (const behaviour of behaviours.values()) {
    const reply = behaviour.web?.(sim, request)
    if (reply) return reply
  }
  return null
}
