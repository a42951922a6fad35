/** What a page may ask of a served world: checked before anything else sees it. */
import * as z from 'zod/mini'
import { NOTABLE_TYPES, type Question } from '../../worker/protocol.ts'
import { interventionShape } from '../../scenario/shape.ts'
import { MAX_ADVANCE_MS } from './admin.ts'
import { US_PER_MS } from '../../base/units.ts'

const whole = z
  .number()
  .check(z.refine((value) => Number.isSafeInteger(value) && value >= 0, 'should be a whole number'))
const word = z.string().check(z.maxLength(256))

const filter = z.object({
  node: z.optional(word),
  operation: z.optional(word),
  failedOnly: z.optional(z.boolean()),
  hideEmpty: z.optional(z.boolean()),
  message: z.optional(whole),
})

const notableType = z.enum(NOTABLE_TYPES)
const mark = z.object({
  atUs: z.number(),
  node: word,
  type: notableType,
  message: z.optional(whole),
  count: whole,
})

const question = z.discriminatedUnion('about', [
  z.object({
    about: z.literal('messages'),
    node: word,
    list: word,
    offset: whole,
    limit: whole,
  }),
  z.object({ about: z.literal('table'), node: word, offset: whole, limit: whole }),
  z.object({ about: z.literal('message'), message: whole }),
  z.object({ about: z.literal('log'), before: whole, limit: whole, filter }),
  z.object({ about: z.literal('call'), row: whole }),
  z.object({
    about: z.literal('metrics'),
    nodes: z.array(word).check(z.maxLength(200)),
    part: z.optional(whole),
    fromUs: z.number(),
    toUs: z.number(),
    periodS: z.union([z.literal(1), z.literal(60)]),
  }),
  z.object({ about: z.literal('measuredParts'), node: word }),
  z.object({
    about: z.literal('notable'),
    fromUs: z.number(),
    direction: z.enum(['next', 'previous']),
    type: z.nullable(notableType),
  }),
  z.object({ about: z.literal('gate'), wire: word }),
  z.object({ about: z.literal('trace'), message: whole }),
  z.object({
    about: z.literal('why'),
    of: z.union([z.object({ row: whole }), z.object({ mark })]),
  }),
  z.object({ about: z.literal('swimLanes'), fromUs: z.number(), toUs: z.number() }),
  z.object({ about: z.literal('totals') }),
  z.object({ about: z.literal('costs') }),
])

type None<T extends never> = T
/** A question of the protocol that is missing above does not compile. */
export type Unreadable = None<Exclude<Question['about'], z.infer<typeof question>['about']>>

const run = whole
const requestShape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('load'), run }),
  z.object({ type: z.literal('advance'), run, toUs: whole, wantDigests: z.boolean() }),
  z.object({ type: z.literal('step'), run }),
  z.object({ type: z.literal('intervene'), run, intervention: interventionShape }),
  z.object({ type: z.literal('ask'), run, id: whole, question }),
])

/** As `ToWorker`; a page that loads brings no scenario: it gets the world's. */
export type PageRequest = z.infer<typeof requestShape>

/** Longest step of the virtual clock by a page, the same as over HTTP. */
export const MAX_ADVANCE_US = MAX_ADVANCE_MS * US_PER_MS

/** Null when it is nothing that a page of ours would say. */
export function readRequest(text: string): PageRequest | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  const parsed = requestShape.safeParse(value)
  return parsed.success ? parsed.data : null
}
