/** What an alarm does: publishes to topics, and drives Auto Scaling groups, along its wires. */
import { addItem } from '../../engine/calls.ts'
import { newLiteralMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { isoTime } from '../../base/calendar.ts'
import { US_PER_S } from '../../base/units.ts'
import { utf8Length } from '../../base/utf8.ts'
import { ACCOUNT, REGION, epochMs } from '../aws.ts'
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
    const content = { body, attributes: {} }
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

function messageOf(sim: Simulation, node: number, state: State, before: AlarmState) {
  const { settings, watch, datapoints, value } = state
  const { name } = sim.world.nodes[node]
  return {
    AlarmName: name,
    AlarmDescription: null,
    AWSAccountId: ACCOUNT,
    NewStateValue: value,
    NewStateReason: reasonOf(datapoints, settings),
    StateChangeTime: isoTime(epochMs(sim.nowUs)),
    Region: REGION,
    AlarmArn: alarmArn(name),
    OldStateValue: before,
    Trigger: {
      MetricName: watch?.name ?? '',
      Statistic: settings.statistic.toUpperCase(),
      Dimensions: [{ name: 'Name', value: watch ? sim.world.nodes[watch.node].name : '' }],
      Period: settings.periodUs / US_PER_S,
      EvaluationPeriods: settings.evaluationPeriods,
      DatapointsToAlarm: settings.datapointsToAlarm,
      ComparisonOperator: settings.comparison,
      Threshold: settings.threshold,
      TreatMissingData: settings.treatMissingData,
    },
  }
}
