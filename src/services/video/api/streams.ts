/** Video streams made, told of, listed, changed and deleted; GetDataEndpoint (FACTS 10). */
import type { AccountOperation } from '../../../engine/behaviour.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { epochMs } from '../../aws.ts'
import { freeId, freePlace } from '../../layout.ts'
import { plainOperation, type Input } from '../../plainOperation.ts'
import { Refusal, reading } from '../../refusal.ts'
import { NOT_FOUND, failure, streamArn, streamNamed } from '../names.ts'
import schema from '../schema.ts'
import { versionOf, videoOf } from '../stream.ts'
import { DATA_OPERATIONS } from './names.ts'

const MOST_HOURS = 87_600

/** An operation on no stream that is there. */
const account = (
  name: string,
  run: (sim: Simulation, input: Input) => unknown,
): AccountOperation => ({
  name,
  run(sim, input) {
    let output: unknown
    const error = reading(() => {
      output = run(sim, input)
    })
    return error ? { error } : { output }
  },
})

const invalid = (message: string): Refusal =>
  new Refusal(failure('InvalidArgumentException', message))

/** @throws Refusal */
function readHours(value: unknown): number {
  const hours = Number(value)
  if (Number.isInteger(hours) && hours >= 0 && hours <= MOST_HOURS) return hours
  throw invalid(`The data retention must be 0 to ${MOST_HOURS} hours.`)
}

export const createStream = account('CreateStream', (sim, input) => {
  const name = String(input.StreamName ?? '')
  if (!schema.name.pattern.test(name)) {
    throw invalid('StreamName must be 1 to 256 letters, digits, underscores, dots and hyphens.')
  }
  const DataRetentionInHours = readHours(input.DataRetentionInHours ?? 0)
  if (streamNamed(sim, name) >= 0) {
    throw new Refusal(failure('ResourceInUseException', `The stream ${name} already exists.`))
  }
  const id = freeId(sim, 'video')
  const place = freePlace(sim.world.scenario)
  const config = { DataRetentionInHours }
  sim.edit({ nodes: { [id]: { id, kind: schema.kind, name, ...place, config } }, wires: {} })
  return { StreamARN: infoOf(sim, streamNamed(sim, name)).StreamARN }
})

const MOST_LISTED = 10_000

export const listStreams = account('ListStreams', (sim, input) => {
  const most = Number(input.MaxResults ?? MOST_LISTED)
  if (!(most >= 1 && most <= MOST_LISTED)) throw invalid(`MaxResults must be 1 to ${MOST_LISTED}.`)
  const { ComparisonOperator = 'BEGINS_WITH', ComparisonValue = '' } = (input.StreamNameCondition ??
    {}) as Input
  if (ComparisonOperator !== 'BEGINS_WITH') throw invalid('ComparisonOperator must be BEGINS_WITH.')
  const after = String(input.NextToken ?? '')
  const all = sim.world.nodes
    .filter(({ alive, kind, name }) => alive && kind === schema.kind && name > after)
    .filter(({ name }) => name.startsWith(String(ComparisonValue)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const page = all.slice(0, most)
  return {
    StreamInfoList: page.map(({ index }) => infoOf(sim, index)),
    // Opaque at AWS; here it is the last name.
    ...(page.length < all.length && { NextToken: page.at(-1)!.name }),
  }
})

export const describeStream = plainOperation({
  name: 'DescribeStream',
  output: (sim, node) => ({ StreamInfo: infoOf(sim, node) }),
})

function infoOf(sim: Simulation, node: number) {
  const { name, config } = sim.world.nodes[node]
  const { createdUs } = videoOf(sim, node)
  return {
    StreamName: name,
    StreamARN: streamArn(name, createdUs),
    Version: versionOf(sim, node),
    Status: 'ACTIVE',
    CreationTime: epochMs(createdUs) / 1000,
    DataRetentionInHours: Number(config.DataRetentionInHours),
  }
}

/** @throws Refusal unless the version is that of the stream as it is */
function checkVersion(sim: Simulation, node: number, version: unknown): void {
  if (version === versionOf(sim, node)) return
  throw new Refusal(
    failure(
      'VersionMismatchException',
      'The stream version that you specified is not the latest version. To get the latest version, use the DescribeStream API.',
    ),
  )
}

export const updateDataRetention = plainOperation({
  name: 'UpdateDataRetention',
  check(sim, node, input) {
    const { Operation } = input
    if (Operation !== 'INCREASE_DATA_RETENTION' && Operation !== 'DECREASE_DATA_RETENTION') {
      throw invalid('Operation must be INCREASE_DATA_RETENTION or DECREASE_DATA_RETENTION.')
    }
    if (!(Number(input.DataRetentionChangeInHours) >= 1)) {
      throw invalid('DataRetentionChangeInHours must be 1 at least.')
    }
    checkVersion(sim, node, input.CurrentVersion)
    changedHours(sim, node, input)
  },
  run(sim, node, input) {
    const drawn = sim.world.scenario.nodes.find(({ id }) => id === sim.world.nodes[node].id)!
    const config = { ...drawn.config, DataRetentionInHours: changedHours(sim, node, input) }
    sim.edit({ nodes: { [drawn.id]: { ...drawn, config } }, wires: {} })
  },
})

/** @throws Refusal when it would be shorter than nothing or longer than ten years */
function changedHours(sim: Simulation, node: number, input: Input): number {
  const present = Number(sim.world.nodes[node].config.DataRetentionInHours)
  const by = Number(input.DataRetentionChangeInHours)
  return readHours(present + (input.Operation === 'INCREASE_DATA_RETENTION' ? by : -by))
}

export const deleteStream = plainOperation({
  name: 'DeleteStream',
  check(sim, node, { StreamARN, CurrentVersion }) {
    if (StreamARN !== infoOf(sim, node).StreamARN) throw new Refusal(NOT_FOUND)
    if (CurrentVersion !== undefined) checkVersion(sim, node, CurrentVersion)
  },
  run: (sim, node) => sim.removeNode(node),
})

export const getDataEndpoint = plainOperation({
  name: 'GetDataEndpoint',
  check(_sim, _node, { APIName }) {
    if (DATA_OPERATIONS.includes(String(APIName))) return
    throw invalid(`APIName must be one of ${DATA_OPERATIONS.join(', ')}.`)
  },
  // Everything is at one address here; the endpoint tells the one that its caller uses.
  output: () => ({ DataEndpoint: 'https://s-00000000.kinesisvideo.us-east-1.amazonaws.com' }),
})
