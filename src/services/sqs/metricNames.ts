/** CloudWatch's metrics of a queue (FACTS 2.11). */
import type { Metric } from '../../engine/behaviour.ts'

/** The first ten are gauges, in the order of `gauges`. */
export const METRICS: readonly Metric[] = [
  { name: 'ApproximateNumberOfMessagesVisible', unit: 'Count', statistic: 'Average' },
  { name: 'ApproximateNumberOfMessagesNotVisible', unit: 'Count', statistic: 'Average' },
  { name: 'ApproximateNumberOfMessagesDelayed', unit: 'Count', statistic: 'Average' },
  { name: 'ApproximateAgeOfOldestMessage', unit: 'Seconds', statistic: 'Maximum' },
  { name: 'ApproximateNumberOfGroupsWithInflightMessages', unit: 'Count', statistic: 'Average' },
  { name: 'ApproximateNumberOfNoisyGroups', unit: 'Count', statistic: 'Average' },
  {
    name: 'ApproximateNumberOfMessagesVisibleInQuietGroups',
    unit: 'Count',
    statistic: 'Average',
  },
  {
    name: 'ApproximateNumberOfMessagesNotVisibleInQuietGroups',
    unit: 'Count',
    statistic: 'Average',
  },
  {
    name: 'ApproximateNumberOfMessagesDelayedInQuietGroups',
    unit: 'Count',
    statistic: 'Average',
  },
  {
    name: 'ApproximateAgeOfOldestMessageInQuietGroups',
    unit: 'Seconds',
    statistic: 'Maximum',
  },
  { name: 'NumberOfMessagesSent', unit: 'Count', statistic: 'Sum', counter: 'sent' },
  { name: 'NumberOfMessagesReceived', unit: 'Count', statistic: 'Sum', counter: 'received' },
  { name: 'NumberOfMessagesDeleted', unit: 'Count', statistic: 'Sum', counter: 'deletesAnswered' },
  { name: 'NumberOfEmptyReceives', unit: 'Count', statistic: 'Sum', counter: 'emptyReceives' },
  {
    name: 'NumberOfDeduplicatedSentMessages',
    unit: 'Count',
    statistic: 'Sum',
    counter: 'deduplicated',
  },
  { name: 'SentMessageSize', unit: 'Bytes', statistic: 'Sum', counter: 'sentBytes' },
]
