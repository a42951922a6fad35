/** A stream's attributes: retention, mode, sizes, monitoring, encryption, policy (FACTS 5, 6.5, 6.7). */
import { fromSeconds } from '../../../base/units.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { ACCOUNT } from '../../aws.ts'
import { begin } from '../changes.ts'
import { invalidArgument, limitExceeded, resourceNotFound, validation } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { streamArn } from '../names.ts'
import { writeShardMetrics } from '../settings.ts'
import { SHARD_METRIC_NAMES } from '../shardSums.ts'
import { streamOf, type StreamState } from '../stream.ts'
import { activeStream, plainOperation } from './plain.ts'
import { STREAM, STREAM_ARN, type Input, type Rule } from './validate.ts'

/** Sets settings of the design; `configured` makes them the stream's. */
function setConfig(sim: Simulation, node: number, changed: Record<string, string | number>): void {
  const drawn = sim.world.scenario.nodes.find(({ id }) => id === sim.world.nodes[node].id)
  if (!drawn) return
  sim.edit({
    nodes: { [drawn.id]: { ...drawn, config: { ...drawn.config, ...changed } } },
    wires: {},
  })
}

const LEAST_HOURS = 24
const MOST_HOURS = 8760
const HOURS: Rule = { required: true, min: 1 }

/** @throws Refusal */
function checkHours(sim: Simulation, node: number, input: Input, longer: boolean): void {
  const hours = Number(input.RetentionPeriodHours)
  const present = streamOf(sim, node).settings.retentionHours
  if (hours < LEAST_HOURS) {
    throw new Refusal(
      invalidArgument(
        `Minimum allowed retention period is ${LEAST_HOURS} hours. Requested retention period (${hours} hours) is too short.`,
      ),
    )
  }
  if (hours > MOST_HOURS) {
    throw new Refusal(
      invalidArgument(
        `Maximum allowed retention period is ${MOST_HOURS} hours. Requested retention period (${hours} hours) is too long.`,
      ),
    )
  }
  if (longer ? hours < present : hours > present) {
    throw new Refusal(
      invalidArgument(
        `Requested retention period (${hours} hours) for stream ${sim.world.nodes[node].name} can not be ${longer ? 'shorter' : 'longer'} than existing retention period (${present} hours). Use ${longer ? 'Decrease' : 'Increase'}RetentionPeriod API.`,
      ),
    )
  }
  activeStream(sim, node)
}

const retentionOperation = (name: string, longer: boolean) =>
  plainOperation({
    name,
    rules: { RetentionPeriodHours: HOURS, ...STREAM },
    check: (sim, node, input) => checkHours(sim, node, input, longer),
    run(sim, node, input) {
      setConfig(sim, node, { RetentionPeriodHours: Number(input.RetentionPeriodHours) })
      begin(sim, node, { type: 'update' })
    },
  })

export const increaseRetention = retentionOperation('IncreaseStreamRetentionPeriod', true)
export const decreaseRetention = retentionOperation('DecreaseStreamRetentionPeriod', false)

const DAY_US = fromSeconds(86_400)
const MOST_SWITCHES = 2

export const updateStreamMode = plainOperation({
  name: 'UpdateStreamMode',
  rules: {
    StreamARN: { ...STREAM_ARN, required: true },
    StreamModeDetails: {
      required: true,
      members: { StreamMode: { required: true, oneOf: ['PROVISIONED', 'ON_DEMAND'] } },
    },
  },
  check(sim, node, input) {
    const state = activeStream(sim, node)
    if (recentSwitches(sim, state).length < MOST_SWITCHES || isMode(state, input)) return
    throw new Refusal(
      limitExceeded(
        `Stream mode can be updated at most ${MOST_SWITCHES} times within 24 hours for stream ${sim.world.nodes[node].name} under account ${ACCOUNT}.`,
      ),
    )
  },
  run(sim, node, input) {
    const state = streamOf(sim, node)
    if (isMode(state, input)) return
    state.modeSwitchesUs = [...recentSwitches(sim, state), sim.nowUs]
    // The shards stay what they are.
    begin(sim, node, { type: 'update' })
    setConfig(sim, node, { StreamMode: modeIn(input), ShardCount: state.open.length })
  },
})

const modeIn = (input: Input): string => String((input.StreamModeDetails as Input).StreamMode)
const isMode = ({ settings }: StreamState, input: Input): boolean =>
  settings.onDemand === (modeIn(input) === 'ON_DEMAND')
const recentSwitches = (sim: Simulation, { modeSwitchesUs }: StreamState): number[] =>
  modeSwitchesUs.filter((atUs) => sim.nowUs - atUs < DAY_US)

export const updateMaxRecordSize = plainOperation({
  name: 'UpdateMaxRecordSize',
  rules: {
    StreamARN: { ...STREAM_ARN, required: true },
    MaxRecordSizeInKiB: { required: true, min: 1024, max: 10_240 },
  },
  check: (sim, node) => activeStream(sim, node),
  run(sim, node, input) {
    setConfig(sim, node, { MaxRecordSizeInKiB: Number(input.MaxRecordSizeInKiB) })
    begin(sim, node, { type: 'update' })
  },
})

export const updateDistribution = plainOperation({
  name: 'UpdateStreamRecordDistributionStrategy',
  rules: {
    StreamARN: { ...STREAM_ARN, required: true },
    RecordDistributionStrategy: { required: true, oneOf: ['USER_PARTITION_KEY', 'AUTO'] },
  },
  check(sim, node, input) {
    const state = activeStream(sim, node)
    if (state.settings.onDemand || input.RecordDistributionStrategy !== 'AUTO') return
    throw new Refusal(validation('AUTO record distribution needs a stream in ON_DEMAND mode.'))
  },
  run(sim, node, input) {
    setConfig(sim, node, {
      RecordDistributionStrategy: String(input.RecordDistributionStrategy),
    })
    begin(sim, node, { type: 'update' })
  },
})

const monitoringOperation = (
  name: string,
  desired: (present: readonly string[], given: readonly string[]) => readonly string[],
) =>
  plainOperation({
    name,
    rules: {
      ...STREAM,
      ShardLevelMetrics: {
        required: true,
        minLength: 1,
        maxLength: 7,
        each: { oneOf: [...SHARD_METRIC_NAMES, 'ALL'] },
      },
    },
    check: (sim, node) => activeStream(sim, node),
    output(sim, node, input) {
      const { name: stream } = sim.world.nodes[node]
      const present = streamOf(sim, node).settings.shardMetrics
      return {
        StreamName: stream,
        CurrentShardLevelMetrics: present,
        DesiredShardLevelMetrics: desired(present, all(input)),
        StreamARN: streamArn(stream),
      }
    },
    // The answer still tells what was; then it changes.
    done(sim, node, input) {
      const present = streamOf(sim, node).settings.shardMetrics
      setConfig(sim, node, { ShardLevelMetrics: writeShardMetrics(desired(present, all(input))) })
    },
  })

const all = ({ ShardLevelMetrics }: Input): readonly string[] =>
  (ShardLevelMetrics as string[]).includes('ALL')
    ? SHARD_METRIC_NAMES
    : (ShardLevelMetrics as string[])

export const enableMonitoring = monitoringOperation('EnableEnhancedMonitoring', (present, given) =>
  SHARD_METRIC_NAMES.filter((metric) => present.includes(metric) || given.includes(metric)),
)
export const disableMonitoring = monitoringOperation(
  'DisableEnhancedMonitoring',
  (present, given) => present.filter((metric) => !given.includes(metric)),
)

const ENCRYPTION = {
  ...STREAM,
  EncryptionType: { required: true, oneOf: ['NONE', 'KMS'] },
  KeyId: { required: true, minLength: 1, maxLength: 2048 },
}

export const startEncryption = plainOperation({
  name: 'StartStreamEncryption',
  rules: ENCRYPTION,
  check: (sim, node) => activeStream(sim, node),
  run(sim, node, input) {
    streamOf(sim, node).keyId = String(input.KeyId)
    begin(sim, node, { type: 'update' })
  },
})

export const stopEncryption = plainOperation({
  name: 'StopStreamEncryption',
  rules: ENCRYPTION,
  check: (sim, node) => activeStream(sim, node),
  run(sim, node) {
    streamOf(sim, node).keyId = ''
    begin(sim, node, { type: 'update' })
  },
})

const RESOURCE: Rule = { required: true, minLength: 1, maxLength: 2048 }

export const putResourcePolicy = plainOperation({
  name: 'PutResourcePolicy',
  rules: { ResourceARN: RESOURCE, Policy: { required: true } },
  check(_sim, _node, input) {
    try {
      JSON.parse(String(input.Policy))
    } catch {
      throw new Refusal(invalidArgument('The policy is not valid JSON.'))
    }
  },
  run(sim, node, input) {
    streamOf(sim, node).policy = String(input.Policy)
  },
})

export const getResourcePolicy = plainOperation({
  name: 'GetResourcePolicy',
  rules: { ResourceARN: RESOURCE },
  check: (sim, node) => knownPolicy(sim, node),
  output: (sim, node) => ({ Policy: streamOf(sim, node).policy }),
})

export const deleteResourcePolicy = plainOperation({
  name: 'DeleteResourcePolicy',
  rules: { ResourceARN: RESOURCE },
  check: (sim, node) => knownPolicy(sim, node),
  run(sim, node) {
    streamOf(sim, node).policy = ''
  },
})

/** @throws Refusal */
function knownPolicy(sim: Simulation, node: number): void {
  if (streamOf(sim, node).policy !== '') return
  throw new Refusal(
    resourceNotFound(
      `No resource policy found for resource ARN ${streamArn(sim.world.nodes[node].name)}`,
    ),
  )
}
