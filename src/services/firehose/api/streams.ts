/** Create, describe, list and delete delivery streams; what an outside call names (FACTS 8). */
import type { AccountOperation, Operation } from '../../../engine/behaviour.ts'
import { CODE, type ApiError } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { epochSeconds } from '../../aws.ts'
import { freeId, freePlace } from '../../layout.ts'
import { inUse, invalidArgument, notFound, required, validation } from '../errors.ts'
import { Refusal, reading } from '../../refusal.ts'
import { streamArn, streamNamed } from '../names.ts'
import schema from '../schema.ts'
import { sourceType, sourceWire } from '../sources.ts'
import { stateOf } from '../state.ts'
import { checkComplete, describe, destinationIn, settingsIn } from './destination.ts'
import { encryptionIn } from './encryption.ts'
import { plainOperation, type Input } from '../../plainOperation.ts'
import { describeProcessing, processingIn, transformWires } from './processing.ts'
import { tagsIn } from './tags.ts'

export const createDeliveryStream: AccountOperation = {
  name: 'CreateDeliveryStream',
  run(sim, input) {
    try {
      return { output: { DeliveryStreamARN: create(sim, input) } }
    } catch (problem) {
      if (problem instanceof Refusal) return { error: problem.error }
      throw problem
    }
  },
}

/** Programs expect to be heard however fast they are: the quota is for designs. */
const FOR_PROGRAMS = { directPutMiBps: 0 }

/** @throws Refusal */
function create(sim: Simulation, input: Input): string {
  const name = checkedName(input)
  if (streamNamed(sim, name) >= 0) throw new Refusal(inUse(name))
  const given = destinationIn(input, 'Configuration')
  checkComplete(given)
  const settings = settingsIn(given)
  const processing = processingIn(sim, given.value)
  const tags = tagsIn(input.Tags)
  const encryption = encryptionIn(input)
  const source = sourceIn(sim, input)
  const id = freeId(sim, 'firehose')
  sim.edit({
    nodes: {
      [id]: {
        id,
        kind: schema.kind,
        name,
        ...freePlace(sim.world.scenario),
        config: { ...FOR_PROGRAMS, destination: given.type, ...settings },
      },
    },
    wires: {
      ...(source >= 0 && readingWire(sim, source, id)),
      ...transformWires(sim, id, processing),
    },
  })
  const state = stateOf(sim, streamNamed(sim, name))
  const { RoleARN: sourceRole = state.carried.sourceRole } =
    (input.KinesisStreamSourceConfiguration ?? {}) as { RoleARN?: string }
  state.carried = { ...state.carried, destination: given.value, sourceRole, tags, encryption }
  return streamArn(name)
}

const NAME = /^[a-zA-Z0-9_.-]+$/

/** @throws Refusal */
function checkedName({ DeliveryStreamName: name }: Input): string {
  if (typeof name !== 'string') throw new Refusal(required('deliveryStreamName'))
  const constraint =
    name.length > 64
      ? 'Member must have length less than or equal to 64'
      : NAME.test(name)
        ? null
        : name === ''
          ? 'Member must have length greater than or equal to 1'
          : 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+'
  if (constraint) throw new Refusal(validation(name, 'deliveryStreamName', constraint))
  return name
}

const TYPES = ['DirectPut', 'KinesisStreamAsSource', 'MSKAsSource', 'DatabaseAsSource']

/** @throws Refusal */
function checkType(type: unknown): void {
  if (TYPES.includes(String(type))) return
  const constraint = `Member must satisfy enum value set: [${TYPES.join(', ')}]`
  throw new Refusal(validation(String(type), 'deliveryStreamType', constraint))
}

/** Index of the stream that is to be read, or -1 for Direct PUT. @throws Refusal */
function sourceIn(sim: Simulation, input: Input): number {
  const { DeliveryStreamType: type = 'DirectPut' } = input
  checkType(type)
  const source = input.KinesisStreamSourceConfiguration as Input | undefined
  if (type === 'DirectPut') {
    if (!source) return -1
    throw new Refusal(
      invalidArgument(
        'KinesisStreamSourceConfig is only applicable for KinesisStreamAsSource stream type.',
      ),
    )
  }
  if (type === 'MSKAsSource') return topicIn(sim, input)
  if (type !== 'KinesisStreamAsSource') {
    throw new Refusal(invalidArgument(`The source ${String(type)} is not part of this simulator.`))
  }
  const arn = source?.KinesisStreamARN
  if (typeof arn !== 'string') {
    throw new Refusal(required('kinesisStreamSourceConfiguration.kinesisStreamARN'))
  }
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  const node = sim.world.nodes.findIndex(
    (each) => each.alive && each.name === name && sim.operationIndex(each.index, 'GetRecords') >= 0,
  )
  if (node >= 0) return node
  throw new Refusal({
    code: 'ResourceNotFoundException',
    status: 400,
    message: `Stream ${name} under account ${arn.split(':')[4] ?? ''} not found.`,
  })
}

/** @throws Refusal */
function topicIn(sim: Simulation, { MSKSourceConfiguration }: Input): number {
  const name = (MSKSourceConfiguration as Input | undefined)?.TopicName
  if (typeof name !== 'string') throw new Refusal(required('mSKSourceConfiguration.topicName'))
  const node = sim.world.nodes.findIndex(
    (each) => each.alive && each.name === name && sim.operationIndex(each.index, 'Fetch') >= 0,
  )
  if (node >= 0) return node
  throw new Refusal(invalidArgument(`The topic ${name} is not in the design.`))
}

function readingWire(sim: Simulation, source: number, id: string) {
  const from = sim.world.nodes[source].id
  return { [`read-${id}`]: { id: `read-${id}`, from, to: id, config: {} } }
}

export const describeDeliveryStream = plainOperation({
  name: 'DescribeDeliveryStream',
  output: (sim, node) => ({ DeliveryStreamDescription: describeStream(sim, node) }),
})

function describeStream(sim: Simulation, node: number): Input {
  const { name, config } = sim.world.nodes[node]
  const { carried, createdUs } = stateOf(sim, node)
  const type = sourceType(sim, node)
  return {
    DeliveryStreamName: name,
    DeliveryStreamARN: streamArn(name),
    DeliveryStreamStatus: 'ACTIVE',
    ...(type === 'DirectPut' && { DeliveryStreamEncryptionConfiguration: carried.encryption }),
    DeliveryStreamType: type,
    VersionId: String(carried.version),
    CreateTimestamp: epochSeconds(createdUs),
    ...(carried.updatedUs >= 0 && { LastUpdateTimestamp: epochSeconds(carried.updatedUs) }),
    ...sourceOf(sim, node),
    Destinations: [
      describe(carried.destination, config, describeProcessing(sim, node, carried.destination)),
    ],
    HasMoreDestinations: false,
  }
}

function sourceOf(sim: Simulation, node: number): Input {
  const wire = sourceWire(sim, node)
  if (wire < 0) return {}
  const { nodes, wires } = sim.world
  const { carried, createdUs } = stateOf(sim, node)
  const { name } = nodes[wires[wire].from]
  if (sourceType(sim, node) === 'MSKAsSource') {
    const since = { DeliveryStartTimestamp: epochSeconds(createdUs) }
    return { Source: { MSKSourceDescription: { TopicName: name, ...since } } }
  }
  return {
    Source: {
      KinesisStreamSourceDescription: {
        KinesisStreamARN: `arn:aws:kinesis:us-east-1:000000000000:stream/${name}`,
        RoleARN: carried.sourceRole,
        DeliveryStartTimestamp: epochSeconds(createdUs),
      },
    },
  }
}

const PAGE = 10

export const listDeliveryStreams: AccountOperation = {
  name: 'ListDeliveryStreams',
  run(sim, input) {
    const limit = input.Limit ?? PAGE
    const { DeliveryStreamType: type } = input
    const problem = reading(() => {
      checkLimit(limit)
      if (type !== undefined) checkType(type)
    })
    if (problem) return { error: problem }
    const after = String(input.ExclusiveStartDeliveryStreamName ?? '')
    const names = sim.world.nodes
      .filter(({ alive, kind }) => alive && kind === schema.kind)
      .filter(({ index }) => type === undefined || type === sourceType(sim, index))
      .map(({ name }) => name)
      .filter((name) => name > after)
      .sort()
    return {
      output: {
        DeliveryStreamNames: names.slice(0, Number(limit)),
        HasMoreDeliveryStreams: names.length > Number(limit),
      },
    }
  },
}

function checkLimit(limit: unknown): void {
  if (typeof limit === 'number' && limit >= 1 && limit <= 10_000) return
  const bound = Number(limit) < 1 ? 'greater than or equal to 1' : 'less than or equal to 10000'
  throw new Refusal(validation(String(limit), 'limit', `Member must have value ${bound}`))
}

export const deleteDeliveryStream: Operation = {
  ...plainOperation({ name: 'DeleteDeliveryStream' }),
  run(sim, node, call) {
    sim.answer(call, CODE.ok)
    sim.removeNode(node)
  },
}

/** The stream that an outside call means. */
export function locate(sim: Simulation, _operation: string, input: Input): number | ApiError {
  const { DeliveryStreamName: name } = input
  if (typeof name !== 'string') return required('deliveryStreamName')
  const node = streamNamed(sim, name)
  return node < 0 ? notFound(name) : node
}
