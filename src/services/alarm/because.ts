/** Why an alarm changed its state, in words for people (FACTS 14). */
import type { LogRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { conditionOf, reasonOf } from './evaluate.ts'
import { stateOf } from './state.ts'

export const NEWS_WORDS = ['(alarm: ALARM)', '(alarm: OK)', '(alarm: INSUFFICIENT_DATA)'] as const

export function because(sim: Simulation, node: number, row: LogRow): string {
  const { settings, watch, datapoints, periodEndsUs } = stateOf(sim, node)
  if (!(NEWS_WORDS as readonly string[]).includes(row.operation)) return ''
  const metric = watch?.name ?? 'the metric'
  // The datapoints of another moment are gone.
  if (periodEndsUs - settings.periodUs === row.atUs) {
    return `${metric}: ${reasonOf(datapoints, settings)}`
  }
  const { datapointsToAlarm, evaluationPeriods } = settings
  const rule = `${datapointsToAlarm} of the latest ${evaluationPeriods} datapoints of ${metric} ${conditionOf(settings)}`
  switch (row.operation) {
    case NEWS_WORDS[0]:
      return `There were ${rule}, which is the alarm’s condition.`
    case NEWS_WORDS[1]:
      return `There were no longer ${rule}.`
    default:
      return 'The latest periods brought no datapoint, and TreatMissingData is missing.'
  }
}
