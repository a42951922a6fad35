/** Kinesis video stream: fragments by time, kept for its retention or only for a moment (FACTS 10). */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { dottedName } from '../commonSchema.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'

const fields: readonly Field[] = [
  {
    id: 'DataRetentionInHours',
    label: 'Data retention',
    help: '0: nothing is stored; viewers have the last five minutes.',
    type: 'number',
    unit: 'h',
    min: 0,
    max: 87_600,
    step: 1,
    default: 0,
    source: 'FACTS 10',
  },
]

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  if (toSchema.accepts.includes('Media')) {
    return { ok: true, role: 'getMedia', label: () => '', fields: [] }
  }
  return {
    ok: false,
    reason: `“${to.name}” (${toSchema.title}) does not read video, and “${from.name}” sends nothing by itself.`,
    instead: 'Connect the stream to a video viewer.',
  }
}

const schema: KindSchema = {
  kind: 'video',
  title: 'Kinesis video stream',
  family: 'stream',
  isRare: true,
  presets: [
    {
      id: 'video',
      label: 'Kinesis video stream',
      name: 'entrance',
      help: 'Keeps video of one camera by time, for viewers and analysis.',
      keywords: ['kinesis video', 'kvs', 'video', 'fragment', 'media', 'stream'],
      config: { DataRetentionInHours: 24 },
    },
  ],
  fields,
  name: dottedName(256),
  accepts: ['PutMedia'],
  metrics: [
    { name: 'GetMedia.MillisBehindNow', unit: 'Milliseconds' },
    { name: 'PutMedia.IncomingFragments', unit: 'Count' },
    { name: 'PutMedia.IncomingBytes', unit: 'Bytes' },
  ],
  size: { width: 270, height: 120 },
  connect,
}

export default schema
