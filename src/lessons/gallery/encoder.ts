import { COLUMN, ROW, entry, part, wire } from '../entry.ts'

const upload = '{"video":{{n}},"title":"{{choice holiday birthday concert lecture}}-{{n}}"}'

const uploads = { pattern: 'once', onceAtS: 1, onceCount: 1000, template: upload, retries: 0 }
const encoders = { instances: 10, serviceTimeMs: 60_000 }

/** The acceptance run: 990 failures without a queue, none with one. */
export const encoder = entry({
  id: 'encoder',
  title: 'Video encoder: called directly, or with a queue in front',
  summary: 'A service that manages 10 videos a minute is hit by 1\u00a0000 uploads at once, twice.',
  watchFor:
    'Above, 10 uploads find a free encoder and 990 are refused. Below, the same 1\u00a0000 wait in the queue and all are encoded, ten a minute. Set the speed to 1\u00a0000x.',
  group: 'Why a queue',
  description:
    'Ten encoders take a minute for a video. Above, they are called synchronously: whoever comes when all are busy is refused. Below, the same encoders poll a queue. The queue absorbs the peak; it takes 100 minutes to work it off, but nothing is lost. The visibility timeout (2 minutes) is longer than the work.',
  nodes: [
    part('producer', 'uploads-direct', [COLUMN.producer, 60], uploads),
    part('consumer', 'encoder-direct', [COLUMN.fleet, 60], encoders),
    part('producer', 'uploads-queued', [COLUMN.producer, 60 + ROW], uploads),
    part('sqs', 'videos', [COLUMN.queue, 60 + ROW], { VisibilityTimeout: 120, duplicateChance: 0 }),
    part('consumer', 'encoder-queued', [COLUMN.fleet, 60 + ROW], encoders),
  ],
  wires: [
    wire('uploads-direct', 'encoder-direct'),
    wire('uploads-queued', 'videos'),
    wire('videos', 'encoder-queued'),
  ],
})
