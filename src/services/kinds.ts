/** Finds every kind's `behaviour.ts` and answers the engine's questions about kinds. */
import type { AccountOperation, Behaviour, WebReply, WebRequest } from '../engine/behaviour.ts'
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

/** What a service's API has under one name. */
interface Named {
  readonly behaviour: Behaviour
  /** On no node in particular; which of them depends on the input. */
  readonly accounts: readonly AccountOperation[]
  /** On a node: its index in the behaviour's list, -1 = none. */
  readonly index: number
}

/** By service and operation, since every call asks. */
const namedOperations: ReadonlyMap<string, ReadonlyMap<string, Named>> = new Map(
  [...services].map(([service, behaviour]) => {
    const { operations, accountOperations = [] } = behaviour
    const names = [...operations, ...accountOperations].map(({ name }) => name)
    const named = (name: string): Named => ({
      behaviour,
      accounts: accountOperations.filter((operation) => operation.name === name),
      index: operations.findIndex((operation) => operation.name === name),
    })
    return [service, new Map(names.map((name) => [name, named(name)]))]
  }),
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
    const named = namedOperations.get(service)?.get(operation)
    if (!named) return { error: unknownAction(operation) }
    for (const account of named.accounts)
      if (account.takes?.(sim, input) ?? true) return { account }
    const { behaviour } = named
    if (!behaviour.locate || named.index < 0) return { error: unknownAction(operation) }
    const located = behaviour.locate(sim, operation, input)
    if (typeof located !== 'number') return { error: located }
    const isOwn = sim.behaviours[located] === behaviour
    return {
      node: located,
      operation: isOwn ? named.index : sim.operationIndex(located, operation),
    }
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
