/** A camera: cuts what it films into fragments and puts them into a video stream (FACTS 10). */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import { dottedName } from '../commonSchema.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'

const fields: readonly Field[] = [
  {
    id: 'fragmentMs',
    label: 'Fragment',
    help: 'It is cut at the first key frame after so long. A stream takes 1 to 20 s.',
    type: 'number',
    unit: 'ms',
    min: 100,
    max: 60_000,
    step: 1,
    default: 2000,
    logarithmic: true,
    source: 'FACTS 10',
  },
  {
    id: 'keyFrameMs',
    label: 'A key frame every',
    help: 'Playing can only begin at one.',
    type: 'number',
    unit: 'ms',
    min: 100,
    max: 20_000,
    step: 1,
    default: 1000,
    logarithmic: true,
    source: 'FACTS 10',
  },
  {
    id: 'kilobitsPerSecond',
    label: 'Bit rate',
    help: 'Of picture and sound. A stream takes 12.5 MB/s, which is 100 000 kbit/s.',
    type: 'number',
    unit: 'kbit/s',
    min: 1,
    max: 400_000,
    default: 2000,
    logarithmic: true,
    source: 'FACTS 10',
  },
  {
    id: 'bufferS',
    label: 'Kept while cut off',
    help: 'What is older is lost.',
    type: 'number',
    unit: 's',
    min: 0,
    max: 3600,
    default: 120,
  },
]

function connect(from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  if (toSchema.accepts.includes('PutMedia')) {
    return { ok: true, role: 'putMedia', label: () => '', fields: [], maxFrom: 1 }
  }
  return {
    ok: false,
    reason: `“${to.name}” (${toSchema.title}) takes no video from “${from.name}”.`,
    instead: 'Connect the camera to a Kinesis video stream.',
  }
}

const schema: KindSchema = {
  kind: 'camera',
  title: 'Camera',
  family: 'produce',
  isRare: true,
  presets: [
    {
      id: 'camera',
      label: 'Camera',
      name: 'front-door',
      help: 'Films, and puts fragments into a video stream.',
      keywords: ['camera', 'video', 'putmedia', 'fragment'],
      config: {},
    },
  ],
  fields,
  name: dottedName(128),
  accepts: [],
  size: { width: 200, height: 96 },
  takesWires: () => false,
  connect,
}

export default schema
