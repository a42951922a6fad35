/** What SetQueueAttributes asks for, and the change of the design that brings it about. */
import type { Simulation } from '../../../engine/simulation.ts'
import type { ScenarioDiff, ScenarioNode, Wire } from '../../../scenario/scenario.ts'
import type { NumberField } from '../../schema.ts'
import { invalidAttributeValue, missingParameter, unknownAttribute } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import type { Carried } from '../carried.ts'
import { MAX_STATEMENTS, isPolicy, readStatements } from '../../policy.ts'
import { FIFO_ATTRIBUTES, readFifoAttributes } from '../fifo/attributes.ts'
import schema from '../schema.ts'
import { CARRIED_ATTRIBUTES, readCarried } from './carriedAttributes.ts'
import type { Input } from './input.ts'
import { readAllowPolicy, readRedrivePolicy, type Redrive } from './redrivePolicies.ts'

/** Attributes that are whole numbers, with their ranges. */
const NUMBER_FIELDS = schema.fields.filter(
  (field): field is NumberField => field.type === 'number' && /^[A-Z]/.test(field.id),
)
export const NUMBER_ATTRIBUTES: readonly string[] = NUMBER_FIELDS.map((field) => field.id)

/** Attributes that are texts. */
export const TEXT_ATTRIBUTES: readonly string[] = [
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'Policy',
  ...CARRIED_ATTRIBUTES,
  ...FIFO_ATTRIBUTES,
]

export interface Change {
  /** Settings of the queue's node. */
  readonly config: Readonly<Record<string, unknown>>
  /** The new dead-letter queue; null = none any more, undefined = as it was. */
  readonly redrive?: Redrive | null
  readonly carried: Partial<Carried>
}

/** @throws Refusal with AWS's error */
export function readRequest(sim: Simulation, node: number, input: Input): Change {
  const attributes = attributesIn(input)
  if (Object.keys(attributes).length === 0) throw new Refusal(missingParameter('Attribute.Name'))
  const { name, config } = sim.world.nodes[node]
  return readChange(sim, name, config, attributes)
}

/** The attributes of a request; AWS takes True for true. */
export function attributesIn({ Attributes }: Input): Input {
  if (typeof Attributes !== 'object' || Attributes === null) return {}
  return Object.fromEntries(
    Object.entries(Attributes).map(([name, value]: [string, unknown]) => [
      name,
      BOOLEANS.includes(name) && typeof value === 'string' ? value.toLowerCase() : value,
    ]),
  )
}

const BOOLEANS: readonly string[] = [
  'FifoQueue',
  'ContentBasedDeduplication',
  'SqsManagedSseEnabled',
]

/**
 * The same for a queue of that name, which need not exist yet.
 * @param present its config; whether it is a FIFO queue counts
 * @throws Refusal
 */
export function readChange(
  sim: Simulation,
  queue: string,
  present: Readonly<Record<string, unknown>>,
  attributes: Input,
): Change {
  const isFifo = present.FifoQueue === true
  const config: Record<string, unknown> = { ...readFifoAttributes(attributes, present) }
  let redrive: Change['redrive']
  for (const [name, value] of Object.entries(attributes)) {
    const field = NUMBER_FIELDS.find((field) => field.id === name)
    if (field) config[name] = readNumber(sim, field, value)
    else if (name === 'RedrivePolicy') redrive = readRedrivePolicy(sim, queue, isFifo, value)
    else if (name === 'RedriveAllowPolicy') Object.assign(config, readAllowPolicy(value))
    else if (name === 'Policy') config.Policy = readAccessPolicy(value)
    else if (![...CARRIED_ATTRIBUTES, ...FIFO_ATTRIBUTES].includes(name))
      throw new Refusal(unknownAttribute(name))
  }
  const { RedriveAllowPolicy: allow } = attributes
  const carried = {
    ...readCarried(attributes),
    ...(allow !== undefined && { hasRedriveAllow: allow !== '' }),
  }
  return { config, ...(redrive !== undefined && { redrive }), carried }
}

function readNumber(sim: Simulation, field: NumberField, value: unknown): number {
  const { limits } = sim.world.scenario.settings
  const max = (limits === 'exam' && field.exam?.max) || field.max
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : NaN
  if (number >= field.min && number <= max) return number
  throw new Refusal(invalidAttributeValue(field.id))
}

/** Who may do what; empty takes it away. */
function readAccessPolicy(value: unknown): string {
  const text = String(value)
  if (isPolicy(text)) return text
  const { length } = readStatements(text)
  if (length > MAX_STATEMENTS) {
    const message = `${length} statements were found in the submitted policy, max allowed is ${MAX_STATEMENTS}`
    throw new Refusal({ code: 'OverLimit', status: 403, message })
  }
  throw new Refusal(invalidAttributeValue('Policy'))
}

/** The edit of the design that makes the change. */
export function changeFor(sim: Simulation, node: number, change: Change): ScenarioDiff {
  const { nodes, scenario } = sim.world
  const { id } = nodes[node]
  const drawn = scenario.nodes.find((candidate) => candidate.id === id)!
  const config = { ...drawn.config, ...change.config }
  return {
    nodes: { [id]: { ...drawn, config } },
    wires: change.redrive === undefined ? {} : redriveWires(sim, id, change.redrive),
  }
}

/** The edit that adds a queue: its node, and the wire to its dead-letter queue. */
export const additionFor = (
  sim: Simulation,
  drawn: ScenarioNode,
  { redrive }: Change,
): ScenarioDiff => ({
  nodes: { [drawn.id]: drawn },
  wires: redrive ? redriveWires(sim, drawn.id, redrive) : {},
})

function redriveWires(
  sim: Simulation,
  from: string,
  redrive: NonNullable<Change['redrive']> | null,
): Record<string, Wire | null> {
  const { nodes, scenario } = sim.world
  const isQueue = (id: string) => scenario.nodes.some((n) => n.id === id && n.kind === 'sqs')
  const present = scenario.wires.find((wire) => wire.from === from && isQueue(wire.to))
  if (!redrive) return present ? { [present.id]: null } : {}
  const id = present?.id ?? freeWireId(sim, `redrive-${from}`)
  const { maxReceiveCount } = redrive
  return { [id]: { id, from, to: nodes[redrive.to].id, config: { maxReceiveCount } } }
}

function freeWireId(sim: Simulation, wanted: string): string {
  const { wires } = sim.world.scenario
  let id = wanted
  for (let n = 2; wires.some((wire) => wire.id === id); n++) id = `${wanted}-${n}`
  return id
}
