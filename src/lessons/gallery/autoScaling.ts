import { COLUMN, ROW, entry, part, wire } from '../entry.ts'

export const autoScaling = entry({
  id: 'auto-scaling-on-backlog',
  title: 'Auto Scaling on the backlog',
  summary: 'A fleet that grows and shrinks with the backlog of its queue.',
  watchFor:
    'Run at 100x. The load comes in waves. Three minutes above the target add instances, a minute later they are in service, and the alarm goes back to OK. Switch off “Metric per instance” of the group and watch it overshoot.',
  group: 'Scaling',
  description:
    'Target tracking keeps the backlog per instance at 100: with 0.1 s a message that is a wait of 10 s. The plain number of messages would not do, since it does not say how many workers share it. The alarm only tells people; the group decides by itself.',
  nodes: [
    part('producer', 'uploads', [COLUMN.producer, 60 + ROW], {
      pattern: 'sine',
      ratePerSecond: 25,
      sineAmplitude: 0.9,
      sinePeriodS: 3600,
    }),
    part('sqs', 'orders', [COLUMN.queue, 60 + ROW], { duplicateChance: 0, reorderChance: 0 }),
    part('consumer', 'workers', [COLUMN.fleet + 340, 60 + ROW], {
      concurrency: 10,
      serviceTimeMs: 1000,
    }),
    part('autoscaling', 'workers-asg', [COLUMN.fleet, 60], { EstimatedInstanceWarmup: 60 }),
    part('alarm', 'backlog-alarm', [COLUMN.fleet, 60 + 2 * ROW], {
      Threshold: 1500,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 3,
    }),
  ],
  wires: [
    wire('uploads', 'orders'),
    wire('orders', 'workers'),
    wire('orders', 'workers-asg'),
    wire('workers-asg', 'workers'),
    wire('orders', 'backlog-alarm'),
  ],
})
