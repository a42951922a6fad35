/** Event source mappings in AWS's API: each is a wire from a queue or a stream to a function (FACTS 7). */
import { md5Words, uuidFrom } from '../../../base/hash.ts'
import type { AccountOperation } from '../../../engine/behaviour.ts'
import type { ApiError } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import type { WireState } from '../../../engine/world.ts'
import type { Config, ScenarioDiff } from '../../../scenario/scenario.ts'
import { arn, epochSeconds } from '../../aws.ts'
import type { Input } from '../../plainOperation.ts'
import { Refusal, reading } from '../../refusal.ts'
import { withDefaults } from '../../schemas.ts'
import { invalidParameter } from '../errors.ts'
import { functionArn, locate } from '../names.ts'
import { checkValues, settingsIn } from './mappingInput.ts'
import {
  destinationNamed,
  failureWire,
  mappingsOf,
  modifiedUs,
  partNamed,
  sourceArn,
  sourceNamed,
  sourceOf,
  type Source,
} from './sources.ts'

/** How far a mapping is: AWS tells of a change while it is under way, and here it is done at once. */
type State =
  'Creating' | 'Enabled' | 'Enabling' | 'Disabled' | 'Disabling' | 'Updating' | 'Deleting'

/** @param run may throw a Refusal */
const onAccount = (
  name: string,
  run: (sim: Simulation, input: Input) => unknown,
): AccountOperation => ({
  name,
  run(sim, input) {
    let output: unknown
    const error = reading(() => (output = run(sim, input)))
    return error ? { error } : { output }
  },
})

export const createMapping = onAccount('CreateEventSourceMapping', (sim, input) => {
  checkValues(input)
  const source = sourceIn(input)
  const config = { ...source.startIn(input), ...settingsIn(input, source.fields) }
  const failures = failuresIn(input)
  const to = locate(sim, '', input)
  if (typeof to === 'object') throw new Refusal(invalidParameter('Function does not exist'))
  const from = partNamed(sim, source, String(input.EventSourceArn))
  if (from < 0) throw new Refusal(invalidParameter(source.missing(String(input.EventSourceArn))))
  checkTogether(sim, source, from, to, config)
  const known = mappingsOf(sim).find((wire) => wire.from === from && wire.to === to)
  if (known) throw new Refusal(conflict(sim, known))
  const { nodes } = sim.world
  const id = `mapping-${nodes[from].id}-${nodes[to].id}`
  const wires = { [id]: { id, from: nodes[from].id, to: nodes[to].id, config } }
  sim.edit({ nodes: {}, wires: { ...wires, ...failuresTo(sim, to, failures) } })
  const made = mappingsOf(sim).find((wire) => wire.id === id)!
  return describe(sim, made, isEnabled(config) ? 'Creating' : 'Disabled')
})

/** @throws Refusal */
function sourceIn({ EventSourceArn }: Input): Source {
  const source = EventSourceArn === undefined ? undefined : sourceNamed(String(EventSourceArn))
  if (source) return source
  throw new Refusal(invalidParameter('Unrecognized event source.'))
}

/** Settings that each are allowed, and not together. @throws Refusal */
function checkTogether(
  sim: Simulation,
  source: Source,
  from: number,
  to: number,
  config: Config,
): void {
  const { limits } = sim.world.scenario.settings
  const problem = source.problem(sim, from, to, withDefaults(source.fields, config, limits))
  if (problem !== '') throw new Refusal(invalidParameter(problem))
}

const conflict = (sim: Simulation, wire: WireState): ApiError => ({
  code: 'ResourceConflictException',
  status: 409,
  message: sourceOf(wire).conflict(
    sourceArn(sim, wire),
    sim.world.nodes[wire.to].name,
    uuidOf(sim, wire),
  ),
})

interface DestinationConfig {
  readonly OnSuccess?: unknown
  readonly OnFailure?: { readonly Destination?: string }
}

/** The ARN of an on-failure destination, if one is given. @throws Refusal */
function failuresIn(input: Input): string | undefined {
  const { OnSuccess, OnFailure } = (input.DestinationConfig ?? {}) as DestinationConfig
  if (OnSuccess === undefined) return OnFailure?.Destination
  throw new Refusal(
    invalidParameter(
      'Unsupported DestinationConfig parameter for given event source mapping type.',
    ),
  )
}

/** The wire that a function's on-failure destination is, instead of the one it has. @throws Refusal */
function failuresTo(
  sim: Simulation,
  node: number,
  destination: string | undefined,
): ScenarioDiff['wires'] {
  if (destination === undefined) return {}
  const to = destinationNamed(sim, destination)
  if (to < 0) throw new Refusal(invalidParameter(`The destination ARN ${destination} is invalid.`))
  const before = failureWire(sim, node)
  const { nodes } = sim.world
  const id = `failures-${nodes[node].id}-${nodes[to].id}`
  const wire = { id, from: nodes[node].id, to: nodes[to].id, config: { use: 'onFailure' } }
  return { ...(before && { [before.id]: null }), [id]: wire }
}

/** The same for one wire of one design, always. */
function uuidOf(sim: Simulation, { id }: WireState): string {
  const [a, b, c, d] = md5Words(`${sim.world.scenario.seed}/${id}`)
  return uuidFrom(a, b, c, d)
}

const isEnabled = ({ Enabled }: Readonly<Record<string, unknown>>): boolean => Enabled !== false

const stateOf = ({ config }: WireState): State => (isEnabled(config) ? 'Enabled' : 'Disabled')

function describe(sim: Simulation, wire: WireState, state = stateOf(wire)) {
  const { config } = wire
  const { fields, reason, told } = sourceOf(wire)
  const UUID = uuidOf(sim, wire)
  return {
    UUID,
    ...Object.fromEntries(fields.filter(isAws).map(({ id }) => [id, config[id]])),
    FunctionResponseTypes:
      config.ReportBatchItemFailures === true ? ['ReportBatchItemFailures'] : [],
    EventSourceArn: sourceArn(sim, wire),
    EventSourceMappingArn: arn('lambda', `event-source-mapping:${UUID}`),
    FunctionArn: functionArn(sim.world.nodes[wire.to].name),
    LastModified: epochSeconds(modifiedUs(sim, wire)),
    State: state,
    StateTransitionReason: reason,
    ...told(sim, wire),
  }
}

/** Settings that AWS tells by themselves; others are told in words of its own. */
const TOLD_OTHERWISE = ['ReportBatchItemFailures', 'MaximumConcurrency', 'startAtS', 'Enabled']
const isAws = ({ id }: { readonly id: string }): boolean => !TOLD_OTHERWISE.includes(id)

/** An operation on the mapping that a UUID names. */
const byUuid = (
  name: string,
  run: (sim: Simulation, wire: WireState, input: Input) => unknown,
): AccountOperation =>
  onAccount(name, (sim, input) => {
    const wire = mappingsOf(sim).find((each) => uuidOf(sim, each) === input.UUID)
    if (!wire) throw new Refusal(NOT_FOUND)
    return run(sim, wire, input)
  })

const NOT_FOUND: ApiError = {
  code: 'ResourceNotFoundException',
  status: 404,
  message: 'The resource you requested does not exist.',
}

export const getMapping = byUuid('GetEventSourceMapping', (sim, wire) => describe(sim, wire))

export const updateMapping = byUuid('UpdateEventSourceMapping', (sim, wire, input) => {
  checkValues(input)
  const source = sourceOf(wire)
  const drawn = sim.world.scenario.wires.find(({ id }) => id === wire.id)!
  const config = { ...drawn.config, ...settingsIn(input, source.fields) }
  checkTogether(sim, source, wire.from, wire.to, config)
  const failures = failuresTo(sim, wire.to, failuresIn(input))
  sim.edit({ nodes: {}, wires: { [wire.id]: { ...drawn, config }, ...failures } })
  const updated = mappingsOf(sim).find(({ id }) => id === wire.id)!
  return describe(sim, updated, changeOf(drawn.config, config))
})

function changeOf(before: Config, after: Config): State {
  if (isEnabled(before) === isEnabled(after)) return 'Updating'
  return isEnabled(after) ? 'Enabling' : 'Disabling'
}

export const deleteMapping = byUuid('DeleteEventSourceMapping', (sim, wire) => {
  const told = describe(sim, wire, 'Deleting')
  sim.edit({ nodes: {}, wires: { [wire.id]: null } })
  return told
})

export const listMappings = onAccount('ListEventSourceMappings', (sim, input) => {
  const to = input.FunctionName === undefined ? undefined : locate(sim, '', input)
  if (typeof to === 'object') throw new Refusal(to)
  const { EventSourceArn } = input
  return {
    EventSourceMappings: mappingsOf(sim)
      .filter((wire) => to === undefined || wire.to === to)
      .filter((wire) => EventSourceArn === undefined || sourceArn(sim, wire) === EventSourceArn)
      .map((wire) => describe(sim, wire)),
  }
})
