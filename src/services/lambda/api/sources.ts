/** What event source mappings read, and where they tell of what they give up, by AWS's ARNs (FACTS 7). */
import { fromSeconds, type SimUs } from '../../../base/units.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import type { WireState } from '../../../engine/world.ts'
import type { Config } from '../../../scenario/scenario.ts'
import { arn, epochSeconds } from '../../aws.ts'
import type { Input } from '../../plainOperation.ts'
import type { Field } from '../../schema.ts'
import { queueFields, streamFields } from '../mappingFields.ts'
import { problemOf } from '../queue/mapping.ts'
import { queueSettingsOf } from '../queue/state.ts'
import { stateOf } from '../state.ts'
import { noStartOfQueue, startOfStream } from './mappingInput.ts'

/** A part that calls name by ARN, found by an operation that only its like has. */
interface Named {
  readonly operation: string
  arn(name: string): string
}

/** How one kind of source is read, and in which words AWS tells of it. */
export interface Source extends Named {
  /** Of the wires from it. */
  readonly role: string
  readonly service: string
  readonly fields: readonly Field[]
  readonly reason: string
  /** Where it is read from, as settings of the wire. @throws Refusal */
  startIn(input: Input): Config
  /** There is no such queue or stream. */
  missing(eventSource: string): string
  conflict(eventSource: string, name: string, uuid: string): string
  /** Why AWS would not make a mapping with these settings; '' when it would. */
  problem(sim: Simulation, from: number, to: number, config: Config): string
  /** What is told of a mapping besides its settings. */
  told(sim: Simulation, wire: WireState): Readonly<Record<string, unknown>>
}

const SOURCES: readonly Source[] = [
  {
    role: 'poll',
    service: 'sqs',
    operation: 'ReceiveMessage',
    fields: queueFields,
    reason: 'USER_INITIATED',
    arn: (name) => arn('sqs', name),
    startIn: noStartOfQueue,
    missing: () =>
      'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.',
    conflict: (eventSource, name, uuid) =>
      `An event source mapping with SQS arn (" ${eventSource} ") and function (" ${name} ") already exists. Please update or delete the existing mapping with UUID ${uuid}`,
    problem(sim, from, to, config) {
      const { name, config: queue } = sim.world.nodes[from]
      const mapping = {
        settings: queueSettingsOf(config),
        visibilityUs: fromSeconds(Number(queue.VisibilityTimeout)),
        isFifo: name.endsWith('.fifo'),
      }
      return problemOf(mapping, stateOf(sim, to).settings.timeoutUs)
    },
    told: (_sim, { config: { MaximumConcurrency } }) =>
      Number(MaximumConcurrency) > 0 ? { ScalingConfig: { MaximumConcurrency } } : {},
  },
  {
    role: 'read',
    service: 'kinesis',
    operation: 'GetRecords',
    fields: streamFields,
    reason: 'User action',
    arn: (name) => arn('kinesis', `stream/${name}`),
    startIn: startOfStream,
    missing: (eventSource) => `Stream not found: ${eventSource}`,
    conflict: (eventSource, name, uuid) =>
      `The event source arn (" ${eventSource} ") and function (" ${name} ") provided mapping already exists. Please update or delete the existing mapping with UUID ${uuid}`,
    problem: () => '',
    told: (sim, wire) => ({
      ...(wire.config.StartingPosition === 'AT_TIMESTAMP' && {
        StartingPositionTimestamp: epochSeconds(fromSeconds(Number(wire.config.startAtS))),
      }),
      LastProcessingResult: lastResult(sim, wire),
      DestinationConfig: { OnFailure: onFailure(sim, wire.to) },
      TumblingWindowInSeconds: 0,
    }),
  },
]

/** Queues and topics; it is a wire from the function to one of them. */
const DESTINATIONS: readonly Named[] = [
  { operation: 'SendMessage', arn: (name) => arn('sqs', name) },
  { operation: 'Publish', arn: (name) => arn('sns', name) },
]

/** The source that an ARN is of, whether there is one of that name or not. */
export const sourceNamed = (eventSource: string): Source | undefined =>
  SOURCES.find(({ service }) => eventSource.split(':')[2] === service)

export const sourceOf = ({ role }: WireState): Source =>
  SOURCES.find((source) => source.role === role)!

/** Index of the part that an ARN names, or -1. */
export function partNamed(
  sim: Simulation,
  { operation, arn: arnOf }: Named,
  named: string,
): number {
  return sim.world.nodes.findIndex(
    ({ alive, name, index }) =>
      alive && arnOf(name) === named && sim.operationIndex(index, operation) >= 0,
  )
}

/** Index of the queue or topic that an ARN names, or -1. */
export function destinationNamed(sim: Simulation, named: string): number {
  const [found = -1] = DESTINATIONS.map((each) => partNamed(sim, each, named)).filter(
    (node) => node >= 0,
  )
  return found
}

/** The wire by which a function tells of what is given up. */
export const failureWire = (sim: Simulation, node: number): WireState | undefined =>
  sim.world.wires.find(
    ({ alive, from, role, config }) =>
      alive && from === node && role === 'send' && config.use === 'onFailure',
  )

function onFailure(sim: Simulation, node: number): { readonly Destination?: string } {
  const wire = failureWire(sim, node)
  if (!wire) return {}
  const { name } = sim.world.nodes[wire.to]
  const destination = DESTINATIONS.find((each) => sim.operationIndex(wire.to, each.operation) >= 0)
  return destination ? { Destination: destination.arn(name) } : {}
}

/** When a mapping was made, or its settings changed. */
export function modifiedUs(sim: Simulation, { index, to }: WireState): SimUs {
  const { queues, streams } = stateOf(sim, to)
  return [...queues, ...streams].find(({ wire }) => wire === index)?.modifiedUs ?? sim.nowUs
}

function lastResult(sim: Simulation, { index, to }: WireState): string {
  const mapping = stateOf(sim, to).streams.find(({ wire }) => wire === index)
  if (!mapping || mapping.lastIsOk === null) return 'No records processed'
  return mapping.lastIsOk ? 'OK' : 'PROBLEM: Function call failed'
}

export const mappingsOf = (sim: Simulation): WireState[] => {
  const { nodes, wires } = sim.world
  return wires.filter(
    ({ alive, role, to }) =>
      alive && nodes[to].kind === 'lambda' && SOURCES.some((source) => source.role === role),
  )
}

export const sourceArn = (sim: Simulation, wire: WireState): string =>
  sourceOf(wire).arn(sim.world.nodes[wire.from].name)
