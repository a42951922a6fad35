/** A CloudWatch alarm in a CloudFormation template. */
import { getAtt, type CloudFormation } from '../cloudFormation.ts'

/** CloudWatch refuses a shorter period of what AWS's services tell. */
const LEAST_PERIOD_S = 60
/** CloudWatch's quota, of each state. */
const MOST_ACTIONS = 5

const cloudFormation: CloudFormation = {
  arn: (alarm) => (sourceOf(alarm) ? getAtt(alarm.id, 'Arn') : null),
  caller: ({ id }) => ({
    service: 'cloudwatch.amazonaws.com',
    sourceArn: getAtt(id, 'Arn'),
  }),
  write(alarm, draft) {
    const source = sourceOf(alarm)
    if (!source) {
      draft.note(alarm, 'missing', 'CloudWatch has no metric that it could watch.')
      return
    }
    const actions = alarm.out.filter(({ other }) => other.arn !== null).slice(0, MOST_ACTIONS)
    const topics = actions.filter(({ role }) => role === 'publish')
    for (const { other } of topics) draft.grant(alarm, other, 'Publish')
    const { EvaluationPeriods, DatapointsToAlarm, Period } = alarm.config
    const periods = Number(EvaluationPeriods)
    const datapoints = Math.min(Number(DatapointsToAlarm), periods)
    draft.add(alarm, '', {
      type: 'AWS::CloudWatch::Alarm',
      properties: {
        AlarmDescription: alarm.node.name,
        ...source,
        Statistic: String(alarm.config.Statistic),
        ComparisonOperator: String(alarm.config.ComparisonOperator),
        Threshold: Number(alarm.config.Threshold),
        Period: Math.max(Number(Period), LEAST_PERIOD_S),
        EvaluationPeriods: periods,
        DatapointsToAlarm: datapoints === periods ? undefined : datapoints,
        ...alarm.changed('TreatMissingData'),
        AlarmActions: actions.length > 0 ? actions.map(({ other }) => other.arn!) : undefined,
        OKActions:
          alarm.config.notifyOk === true && topics.length > 0
            ? topics.map(({ other }) => other.arn!)
            : undefined,
      },
    })
    if (Number(Period) < LEAST_PERIOD_S) {
      const text = `Its period is ${LEAST_PERIOD_S} s: AWS’s services tell their metrics once a minute.`
      draft.note(alarm, 'otherwise', text)
    }
  },
}

/** The metric that is watched, where CloudWatch has it. */
function sourceOf(alarm: Parameters<NonNullable<CloudFormation['write']>>[0]) {
  const watched = alarm.into.find(({ role }) => role === 'watch')
  return watched?.other.metric(String(watched.config.metric)) ?? null
}

export default cloudFormation
