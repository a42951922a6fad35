import { COLUMN, ROW, entry, part, wire } from '../entry.ts'

const allow = (Service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'SNS:Publish', Resource: '*' }],
  })

export const alarmByMail = entry({
  id: 'alarm-by-mail',
  title: 'An alarm that reaches people',
  summary: 'Orders pile up, a CloudWatch alarm goes off, and a topic tells a mailbox and a phone.',
  watchFor:
    'After the first burst the alarm changes to ALARM at the end of a minute and publishes once. “on-call” hears of it through the upper topic. The lower topic’s policy lets only S3 in: its wire is marked, the publish is refused, and nobody learns of the alarm.',
  group: 'Reliability',
  description:
    'CloudWatch publishes to a topic as the service cloudwatch.amazonaws.com, and only when the alarm’s state changes. A topic that has a policy of its own must allow that service, or the alarm goes off unheard. The message is JSON with the old and the new state, the reason and the metric.',
  nodes: [
    part('producer', 'shop', [COLUMN.producer, 60 + 0.5 * ROW], {
      pattern: 'burst',
      burstSize: 80,
      burstEveryS: 150,
    }),
    part('sqs', 'orders', [COLUMN.queue, 60 + 0.5 * ROW], { duplicateChance: 0 }),
    part('consumer', 'workers', [COLUMN.fleet + 60, 60 - 0.2 * ROW], { serviceTimeMs: 1500 }),
    part('alarm', 'backlog', [COLUMN.fleet + 60, 60 + ROW], {
      Threshold: 20,
      Statistic: 'Maximum',
    }),
    part('sns', 'page-on-call', [1120, 60 + 0.5 * ROW], {
      Policy: allow('cloudwatch.amazonaws.com'),
    }),
    part('sns', 'page-nobody', [1120, 60 + 2 * ROW], { Policy: allow('s3.amazonaws.com') }),
    part('endpoint', 'on-call', [1500, 60], {
      protocol: 'email',
      confirmsItself: true,
    }),
    part('endpoint', 'phone', [1500, 60 + ROW], { protocol: 'sms' }),
    part('endpoint', 'manager', [1500, 60 + 2 * ROW], {
      protocol: 'email',
      confirmsItself: true,
    }),
  ],
  wires: [
    wire('shop', 'orders'),
    wire('orders', 'workers'),
    wire('orders', 'backlog', { metric: 'ApproximateNumberOfMessagesVisible' }),
    wire('backlog', 'page-on-call'),
    wire('backlog', 'page-nobody'),
    wire('page-on-call', 'on-call'),
    wire('page-on-call', 'phone'),
    wire('page-nobody', 'manager'),
  ],
})
