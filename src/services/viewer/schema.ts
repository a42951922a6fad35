/** Video viewer: reads a video stream by time, and works on what it sees (FACTS 10). */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'

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

function connect(_from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  return {
    ok: false,
    reason: `A viewer keeps what it sees, so “${to.name}” (${toSchema.title}) would get nothing.`,
    instead: 'Draw a wire from a video stream to the viewer.',
  }
}

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
  name: {
    pattern: /^[A-Za-z0-9_.-]{1,128}$/,
    error: 'Letters, digits, underscores, dots and hyphens; 1 to 128 of them.',
    maxLength: 128,
  },
  accepts: ['Media'],
  metrics: [
    { name: 'fragments', unit: 'Count' },
    { name: 'millisBehindLive', unit: 'Milliseconds' },
  ],
  size: { width: 210, height: 110 },
  connect,
}

export default schema
