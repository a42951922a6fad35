import { COLUMN, entry, part, wire } from '../entry.ts'

const PER_WINDOW = `SELECT COUNT(*) AS events, SUM(agoS >= 30) AS reported_late
FROM SOURCE_SQL_STREAM_001`

const windows = {
  sizeS: 30,
  sql: PER_WINDOW,
  timeField: 'agoS',
}

export const lateEvents = entry({
  id: 'late-events',
  title: 'Late events: arrival, event time, watermark',
  summary: 'One stream counted three ways, while some phones report their events a minute late.',
  watchFor:
    'By arrival a late event is counted in the wrong half minute. By event time with a watermark delay of 2 s it is dropped: “late” on the card. With 60 s nothing is lost, but every result comes a minute later. Compare the Results of the three.',
  group: 'Streams',
  description:
    'Each record says how many seconds ago its event was (agoS). Windows of arrival need no such field and close on time, but put an event where it was received. Windows of event time close when the watermark passes their end: the latest event time seen, less a delay. What comes later than that finds its window closed. The delay is the price: completeness for latency.',
  nodes: [
    part('producer', 'phones', [COLUMN.producer, 220], {
      ratePerSecond: 4,
      pattern: 'poisson',
      keys: 8,
      template: '{"phone":"{{key}}","agoS":{{choice 0 0 0 0 0 0 1 1 2 50}}}',
    }),
    part('kinesis', 'events', [COLUMN.queue, 200], { ShardCount: 2 }),
    part('analytics', 'by-arrival', [COLUMN.fleet, 0], windows),
    part('analytics', 'impatient', [COLUMN.fleet, 220], {
      ...windows,
      time: 'event',
      watermarkDelayS: 2,
    }),
    part('analytics', 'patient', [COLUMN.fleet, 440], {
      ...windows,
      time: 'event',
      watermarkDelayS: 60,
    }),
    part('kinesis', 'counts', [COLUMN.fleet + 340, 220], { ShardCount: 1 }),
  ],
  wires: [
    wire('phones', 'events'),
    wire('events', 'by-arrival'),
    wire('events', 'impatient'),
    wire('events', 'patient'),
    wire('by-arrival', 'counts'),
    wire('impatient', 'counts'),
    wire('patient', 'counts'),
  ],
})
