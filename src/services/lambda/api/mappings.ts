/** Event source mappings in AWS's API: each is a wire from a queue or a stream to a function (FACTS 7). */
import { md5Words, uuidFrom } from '../../../base/hash.ts'
import type { AccountOperation } from '../../../engine/behaviour.ts'
import type { ApiError } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import type { WireState } from '../../../engine/world.ts'
import type { Config } from '../../../scenario/scenario.ts'
import { arn, epochSeconds } from '../../aws.ts'
import { plainOperation, type Input } from '../../plainOperation.ts'
import { Refusal, reading } from '../../refusal.ts'
import type { Field } from '../../schema.ts'
import { invalidParameter } from '../errors.ts'
import { queueFields, streamFields } from '../mappingFields.ts'
import { functionArn, locate } from '../names.ts'

/** How each kind of source is read, and what it is called. */
const SOURCES = [
  {
    role: 'poll',
    operation: 'ReceiveMessage',
    fields: queueFields,
    arn: (name: string) => arn('sqs', name),
  },
  {
    role: 'read',
    operation: 'GetRecords',
    fields: streamFields,
    arn: (name: string) => arn('kinesis', `stream/${name}`),
  },
] as const
type Source = (typeof SOURCES)[number]

const sourceOf = ({ role }: WireState): Source => SOURCES.find((source) => source.role === role)!

export const createMapping = plainOperation({
  name: 'CreateEventSourceMapping',
  check: readNew,
  run(sim, node, input) {
    const { from, config } = readNew(sim, node, input)
    const { nodes } = sim.world
    const id = `mapping-${nodes[from].id}-${nodes[node].id}`
    sim.edit({
      nodes: {},
      wires: { [id]: { id, from: nodes[from].id, to: nodes[node].id, config } },
    })
  },
  output(sim, node, input) {
    const wire = mappingsOf(sim).find(
      (each) => each.to === node && arnOf(sim, each) === input.EventSourceArn,
    )
    return wire ? describe(sim, wire) : {}
  },
})

/** @throws Refusal */
function readNew(sim: Simulation, node: number, input: Input): { from: number; config: Config } {
  const eventSource = String(input.EventSourceArn)
  const { nodes } = sim.world
  for (const source of SOURCES) {
    const from = nodes.findIndex(
      ({ alive, name, index }) =>
        alive &&
        source.arn(name) === eventSource &&
        sim.operationIndex(index, source.operation) >= 0,
    )
    if (from < 0) continue
    const known = mappingsOf(sim).find((wire) => wire.from === from && wire.to === node)
    if (known) throw new Refusal(conflict(sim, known))
    if (source.role === 'read' && input.StartingPosition === undefined) {
      throw new Refusal(
        invalidParameter(
          "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
        ),
      )
    }
    return { from, config: settingsIn(input, source.fields) }
  }
  throw new Refusal(invalidParameter(`Event source not found: ${eventSource}`))
}

const conflict = (sim: Simulation, wire: WireState): ApiError => ({
  code: 'ResourceConflictException',
  status: 409,
  message: `The event source arn (" ${arnOf(sim, wire)} ") and function (" ${sim.world.nodes[wire.to].name} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${uuidOf(sim, wire)}`,
})

/** The settings of a wire that an input names. @throws Refusal */
function settingsIn(input: Input, fields: readonly Field[]): Config {
  const types = input.FunctionResponseTypes
  const given: Input = {
    ...input,
    ...(Array.isArray(types) && {
      ReportBatchItemFailures: types.includes('ReportBatchItemFailures'),
    }),
    ...(input.ScalingConfig as Input | undefined),
  }
  const config: Record<string, Config[string]> = {}
  for (const field of fields) {
    const value = given[field.id]
    if (value === undefined) continue
    if (field.type === 'number') checkRange(field.id, Number(value), field.min, field.max)
    config[field.id] = value as Config[string]
  }
  return config
}

/** @throws Refusal */
function checkRange(name: string, value: number, min: number, max: number): void {
  if (value >= min && value <= max) return
  const bound = value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`
  throw new Refusal(
    invalidParameter(
      `1 validation error detected: Value '${value}' at '${name[0].toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must have value ${bound}`,
    ),
  )
}

const mappingsOf = (sim: Simulation): WireState[] => {
  const { nodes, wires } = sim.world
  return wires.filter(
    ({ alive, role, to }) =>
      alive && nodes[to].kind === 'lambda' && SOURCES.some((source) => source.role === role),
  )
}

const arnOf = (sim: Simulation, wire: WireState): string =>
  sourceOf(wire).arn(sim.world.nodes[wire.from].name)

/** The same for one wire of one design, always. */
function uuidOf(sim: Simulation, { id }: WireState): string {
  const [a, b, c, d] = md5Words(`${sim.world.scenario.seed}/${id}`)
  return uuidFrom(a, b, c, d)
}

function describe(sim: Simulation, wire: WireState) {
  const { config } = wire
  const { ReportBatchItemFailures, MaximumConcurrency, ...settings } = Object.fromEntries(
    sourceOf(wire).fields.map(({ id }) => [id, config[id]]),
  )
  return {
    UUID: uuidOf(sim, wire),
    ...settings,
    FunctionResponseTypes: ReportBatchItemFailures === true ? ['ReportBatchItemFailures'] : [],
    ...(Number(MaximumConcurrency) > 0 && { ScalingConfig: { MaximumConcurrency } }),
    EventSourceArn: arnOf(sim, wire),
    FunctionArn: functionArn(sim.world.nodes[wire.to].name),
    LastModified: epochSeconds(sim.nowUs),
    State: 'Enabled',
    StateTransitionReason: 'USER_INITIATED',
  }
}

/** An operation on the mapping that a UUID names. */
const byUuid = (
  name: string,
  run: (sim: Simulation, wire: WireState, input: Input) => unknown,
): AccountOperation => ({
  name,
  run(sim, input) {
    const wire = mappingsOf(sim).find((each) => uuidOf(sim, each) === input.UUID)
    if (!wire) return { error: NOT_FOUND }
    let output: unknown
    const error = reading(() => (output = run(sim, wire, input)))
    return error ? { error } : { output }
  },
})

const NOT_FOUND: ApiError = {
  code: 'ResourceNotFoundException',
  status: 404,
  message: 'The resource you requested does not exist.',
}

export const getMapping = byUuid('GetEventSourceMapping', describe)

export const updateMapping = byUuid('UpdateEventSourceMapping', (sim, wire, input) => {
  const settings = settingsIn(input, sourceOf(wire).fields)
  const drawn = sim.world.scenario.wires.find(({ id }) => id === wire.id)!
  const config = { ...drawn.config, ...settings }
  sim.edit({ nodes: {}, wires: { [wire.id]: { ...drawn, config } } })
  return describe(
    sim,
    mappingsOf(sim).find(({ id }) => id === wire.id)!,
  )
})

export const deleteMapping = byUuid('DeleteEventSourceMapping', (sim, wire) => {
  const told = { ...describe(sim, wire), State: 'Deleting' }
  sim.edit({ nodes: {}, wires: { [wire.id]: null } })
  return told
})

export const listMappings: AccountOperation = {
  name: 'ListEventSourceMappings',
  run(sim, input) {
    const to = input.FunctionName === undefined ? undefined : locate(sim, '', input)
    if (typeof to === 'object') return { error: to }
    const { EventSourceArn } = input
    return {
      output: {
        EventSourceMappings: mappingsOf(sim)
          .filter((wire) => to === undefined || wire.to === to)
          .filter((wire) => EventSourceArn === undefined || arnOf(sim, wire) === EventSourceArn)
          .map((wire) => describe(sim, wire)),
      },
    }
  },
}
