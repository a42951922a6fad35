/** Video viewer: reads a video stream by time, and works on what it sees (FACTS 10). */
import { dottedName, passesNothingOn } from '../commonSchema.ts'
import type { Field, KindSchema } from '../schema.ts'

const fields: readonly Field[] = [
  {
    id: 'StartSelectorType',
    label: 'Begins at',
    help: 'The newest fragment, or the oldest that is kept. Buttons go to a time.',
    type: 'choice',
    options: [
      { value: 'NOW', label: 'NOW' },
      { value: 'EARLIEST', label: 'EARLIEST' },
    ],
    default: 'NOW',
    source: 'FACTS 10',
  },
  {
    id: 'workMs',
    label: 'Work for a second of video',
    help: '1000: it plays. Less: it analyses faster than it was filmed. More: it falls behind.',
    type: 'number',
    unit: 'ms',
    min: 0,
    max: 10_000,
    default: 200,
  },
]

const schema: KindSchema = {
  kind: 'viewer',
  title: 'Video viewer',
  family: 'compute',
  isRare: true,
  presets: [
    {
      id: 'viewer',
      label: 'Video viewer',
      name: 'guard',
      help: 'Plays or analyses a video stream: now, from the beginning, or from a time.',
      keywords: ['viewer', 'player', 'video', 'getmedia', 'rekognition', 'consumer'],
      config: {},
    },
  ],
  fields,
  name: dottedName(128),
  accepts: ['Media'],
  metrics: [
    { name: 'fragments', unit: 'Count' },
    { name: 'millisBehindLive', unit: 'Milliseconds' },
  ],
  size: { width: 210, height: 110 },
  connect: passesNothingOn(
    'A viewer keeps what it sees',
    'Draw a wire from a video stream to the viewer.',
  ),
}

export default schema
