/** CloudWatch's metrics of a topic (FACTS 4.6). */
import type { Metric } from '../../engine/behaviour.ts'

const sum = (name: string, counter: string, unit: Metric['unit'] = 'Count'): Metric => ({
  name,
  unit,
  statistic: 'Sum',
  counter,
})

export const METRICS: readonly Metric[] = [
  sum('NumberOfMessagesPublished', 'published'),
  sum('NumberOfNotificationsDelivered', 'delivered'),
  sum('NumberOfNotificationsFailed', 'notificationsFailed'),
  sum('NumberOfNotificationsFilteredOut', 'filteredOut'),
  sum('NumberOfNotificationsFilteredOut-MessageAttributes', 'filteredOutMessageAttributes'),
  sum('NumberOfNotificationsFilteredOut-MessageBody', 'filteredOutMessageBody'),
  sum('NumberOfNotificationsFilteredOut-NoMessageAttributes', 'filteredOutNoMessageAttributes'),
  sum('NumberOfNotificationsFilteredOut-InvalidAttributes', 'filteredOutInvalidAttributes'),
  sum('NumberOfNotificationsFilteredOut-InvalidMessageBody', 'filteredOutInvalidMessageBody'),
  sum('NumberOfNotificationsRedrivenToDlq', 'redriven'),
  sum('NumberOfNotificationsFailedToRedriveToDlq', 'redriveFailed'),
  sum('PublishSize', 'publishedBytes', 'Bytes'),
]
