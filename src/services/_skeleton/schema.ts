/**
 * A kind to copy: the mailbox, the smallest service that takes part. It takes in messages, shows the
 * newest and lets go of the others. Folders that begin with `_` are not part of the product, and in
 * a folder of its own it works as it stands: copy it to `src/services/mailbox`, see it run, and then
 * change it file by file. The comments that begin with "Yours:" say what to decide.
 *
 * This file is pure data and pure functions: the palette, the inspector, validation, links and the
 * refusals while drawing all follow from it.
 */
import type { ScenarioNode } from '../../scenario/scenario.ts'
import type { Connection, Field, KindSchema } from '../schema.ts'

/**
 * Yours: the settings. `id` is AWS's attribute name where there is one. A document keeps only what
 * differs from `default`, so a default that has been released never changes: old links mean it.
 */
const fields: readonly Field[] = [
  {
    id: 'keepCount',
    label: 'Messages kept',
    help: 'When one more comes, the oldest is let go.',
    section: 'Mailbox',
    type: 'number',
    min: 1,
    max: 1000,
    step: 1,
    default: 20,
  },
  {
    id: 'maximumBytes',
    label: 'Largest message',
    help: 'Body and attributes together; a larger message is refused.',
    section: 'Mailbox',
    type: 'number',
    unit: 'bytes',
    min: 1,
    max: 1_048_576,
    step: 1,
    default: 262_144,
    logarithmic: true,
    // AWS's own text where there is one; {v} is the value. Without it a plain sentence is made.
    error: 'Value {v} for the largest message must be from 1 to 1048576.',
  },
  {
    id: 'emptyEveryS',
    label: 'Emptied every',
    help: 'Somebody takes all messages out this often; 0 for never.',
    section: 'Mailbox',
    type: 'number',
    unit: 's',
    min: 0,
    max: 86_400,
    step: 1,
    default: 0,
  },
]

/**
 * Yours: which wires may leave. Ask what the other kind `accepts`, never which kind it is. A wire's
 * `role` is what both behaviours will know it by; see `services/sqs/schema.ts` for wires with
 * settings of their own. A refusal says why and what to do instead.
 */
function connect(_from: ScenarioNode, to: ScenarioNode, toSchema: KindSchema): Connection {
  return {
    ok: false,
    reason: `A mailbox sends nothing, so “${to.name}” (${toSchema.title}) would get nothing.`,
    instead: 'Draw the wire towards the mailbox.',
  }
}

const schema: KindSchema = {
  // Yours: the folder's name, for ever: documents and links say it.
  kind: 'mailbox',
  title: 'Mailbox',
  // Its colour, and its group in the palette: one of FAMILIES.
  family: 'store',
  // Yours: palette entries, each with some settings made. At least one, else nobody can add it.
  presets: [
    {
      id: 'mailbox',
      label: 'Mailbox',
      name: 'inbox',
      help: 'Takes in messages and shows the newest.',
      keywords: ['mailbox', 'inbox', 'sink', 'archive'],
      config: {},
    },
  ],
  fields,
  name: {
    pattern: /^[A-Za-z0-9_-]{1,80}$/,
    error: 'Letters, digits, hyphens and underscores; 1 to 80 of them.',
    maxLength: 80,
  },
  // What it answers. With 'SendMessage' here, producers and fleets can be wired to it at once.
  accepts: ['SendMessage'],
  size: { width: 240, height: 110 },
  connect,
}

export default schema
