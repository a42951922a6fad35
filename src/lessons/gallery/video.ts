import { COLUMN, entry, part, wire } from '../entry.ts'

export const video = entry({
  id: 'video',
  title: 'Video: live, late and once more',
  summary: 'A camera puts fragments into a video stream; three programs read it by time.',
  watchFor:
    'Pins below the film show who is where: “guard” stays two seconds behind, “too-slow” drops further and further back. Cut the camera’s connection for half a minute and connect it again: what it kept comes late, with the times when it was filmed. Send “guard” one minute back: it stays behind by as much.',
  group: 'Streams',
  description:
    'A Kinesis video stream has no shards and no partition keys: there is one film, in fragments of 1 to 20 seconds that begin with a key frame, and programs read it by time. Three can read at once, 25 MB a second each. Without a retention nothing is stored, and a viewer that is more than five minutes late misses what went by.',
  nodes: [
    part('camera', 'front-door', [COLUMN.producer, 180]),
    part('video', 'entrance', [COLUMN.queue, 180], { DataRetentionInHours: 1 }),
    part('viewer', 'guard', [COLUMN.fleet, 20], { workMs: 1000 }),
    part('viewer', 'counts-people', [COLUMN.fleet, 180], { workMs: 200 }),
    part('viewer', 'too-slow', [COLUMN.fleet, 340], {
      workMs: 1600,
      StartSelectorType: 'EARLIEST',
    }),
  ],
  wires: [
    wire('front-door', 'entrance'),
    wire('entrance', 'guard'),
    wire('entrance', 'counts-people'),
    wire('entrance', 'too-slow'),
  ],
})
