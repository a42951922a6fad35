/** What an alarm does: publishes to topics, and drives Auto Scaling groups, along its wires. */
import { addItem } from '../../engine/calls.ts'
import { newLiteralMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { isoTime } from '../../base/calendar.ts'
import { US_PER_S, type SimUs } from '../../base/units.ts'
import { utf8Length } from '../../base/utf8.ts'
import { ACCOUNT, arn, epochMs } from '../aws.ts'
import { COUNTER } from './books.ts'
import { alarmArn } from './caller.ts'
import { reasonOf, type AlarmState } from './evaluate.ts'
import { stateOf, type State } from './state.ts'

/** Tells every topic of the change, in the JSON that CloudWatch publishes. */
export function notify(sim: Simulation, node: number, state: State, before: AlarmState): void {
  for (const wire of wiresOf(sim, node, 'publish')) {
    const { to } = sim.world.wires[wire]
    const operation = sim.operationIndex(to, 'Publish')
    if (operation < 0) continue
    const body = JSON.stringify(messageOf(sim, node, state, before))
    const { calls, messages } = sim.world
    const subject = `${state.value}: "${sim.world.nodes[node].name}" in ${REGION_TITLE}`
    const content = { body, attributes: {}, subject }
    const slot = newLiteralMessage(messages, content, utf8Length(body), 0)
    const call = sim.call(node, to, operation, wire)
    addItem(calls, call, slot, 0)
    begin(sim, node, call)
  }
}

/** Lets every group act on the breach; the call's `arg` is how far the metric is over the threshold. */
export function scale(sim: Simulation, node: number, state: State): void {
  const latest = state.datapoints.at(-1) ?? state.settings.threshold
  for (const wire of wiresOf(sim, node, 'scale')) {
    const { to } = sim.world.wires[wire]
    const operation = sim.operationIndex(to, 'ExecutePolicy')
    if (operation < 0) continue
    const call = sim.call(node, to, operation, wire)
    sim.world.calls.arg[call] = latest - state.settings.threshold
    begin(sim, node, call)
  }
}

function begin(sim: Simulation, node: number, call: number): void {
  sim.world.nodes[node].counters[COUNTER.actions]++
  stateOf(sim, node).calling++
  sim.send(call)
}

const wiresOf = (sim: Simulation, node: number, role: string): number[] =>
  sim.world.nodes[node].out.filter((wire) => sim.world.wires[wire].role === role)

/** As CloudWatch writes the region for people. */
const REGION_TITLE = 'US East (N. Virginia)'
/** Of parts that are no service of AWS. */
const CUSTOM = { namespace: 'Switchyard', dimension: 'Name' }

function messageOf(sim: Simulation, node: number, state: State, before: AlarmState) {
  const { settings, watch, datapoints, value } = state
  const { name } = sim.world.nodes[node]
  const topics = wiresOf(sim, node, 'publish').map((wire) =>
    topicArn(sim.world.nodes[sim.world.wires[wire].to].name),
  )
  const { namespace, dimension } = (watch && sim.behaviours[watch.node]?.cloudWatch) ?? CUSTOM
  return {
    AlarmName: name,
    AlarmDescription: null,
    AWSAccountId: ACCOUNT,
    AlarmConfigurationUpdatedTimestamp: timeOf(state.configuredUs),
    NewStateValue: value,
    NewStateReason: reasonOf(datapoints, settings),
    StateChangeTime: timeOf(sim.nowUs),
    Region: REGION_TITLE,
    AlarmArn: alarmArn(name),
    OldStateValue: before,
    OKActions: settings.notifyOk ? topics : [],
    AlarmActions: topics,
    InsufficientDataActions: [],
    Trigger: {
      MetricName: watch?.name ?? '',
      Namespace: namespace,
      StatisticType: 'Statistic',
      Statistic: settings.statistic.toUpperCase(),
      Unit: null,
      Dimensions: [{ value: watch ? sim.world.nodes[watch.node].name : '', name: dimension }],
      Period: settings.periodUs / US_PER_S,
      EvaluationPeriods: settings.evaluationPeriods,
      DatapointsToAlarm: settings.datapointsToAlarm,
      ComparisonOperator: settings.comparison,
      Threshold: settings.threshold,
      TreatMissingData: settings.treatMissingData,
      EvaluateLowSampleCountPercentile: '',
    },
  }
}

const topicArn = (name: string): string => arn('sns', name)

/** 2026-01-01T00:00:00.000+0000: CloudWatch's way. */
const timeOf = (us: SimUs): string => isoTime(epochMs(us)).replace('Z', '+0000')
