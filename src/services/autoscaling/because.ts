/** Why an Auto Scaling group scaled, or did not, in words for people (FACTS 14). */
import { formatDuration, formatCount } from '../../base/format.ts'
import { US_PER_MINUTE } from '../../base/units.ts'
import type { LogRow } from '../../engine/frame.ts'
import { readRow } from '../../engine/log.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { HIGH_DATAPOINTS, LOW_DATAPOINTS } from './policy.ts'
import { stateOf, type Settings } from './state.ts'

export const NEWS_WORDS = ['(scale out)', '(scale in)', '(alarm not heard: cooldown)'] as const
export const NEWS = { out: 0, in: 1, cooldown: 2 } as const

export function because(sim: Simulation, node: number, row: LogRow): string {
  const { settings } = stateOf(sim, node)
  switch (row.operation) {
    case NEWS_WORDS[NEWS.cooldown]:
      return `It scaled less than ${formatDuration(settings.cooldownUs)} ago: a simple scaling policy hears no alarm during its cooldown.`
    case NEWS_WORDS[NEWS.out]:
      return whyScaled(sim, node, row, settings, true)
    case NEWS_WORDS[NEWS.in]:
      return whyScaled(sim, node, row, settings, false)
    default:
      return ''
  }
}

function whyScaled(
  sim: Simulation,
  node: number,
  row: LogRow,
  { policy, target, perInstance }: Settings,
  isOut: boolean,
): string {
  if (policy === 'TargetTrackingScaling' && row.atUs % US_PER_MINUTE === 0) {
    const metric = perInstance ? 'The metric per instance' : 'The metric'
    const goal = formatCount(target)
    return isOut
      ? `${metric} was above its target, ${goal}, in ${HIGH_DATAPOINTS} datapoints of a minute in a row. The new capacity is in proportion to how far.`
      : `${metric} was more than 10 % below its target, ${goal}, in ${LOW_DATAPOINTS} datapoints of a minute in a row. Scaling in is careful.`
  }
  return isByAlarm(sim, node, row)
    ? `An alarm ran the ${policy === 'StepScaling' ? 'step' : 'simple'} scaling policy.`
    : 'The capacity was set by hand, or its minimum or maximum changed.'
}

/** The alarm's call is answered at the moment at which its policy scales. */
function isByAlarm(sim: Simulation, node: number, { row, atUs }: LogRow): boolean {
  for (let n = row + 1; ; n++) {
    const logged = readRow(sim.records.log, n)
    if (!logged || logged.atUs > atUs) return false
    if (logged.to === node && logged.operation >= 0) return true
  }
}
