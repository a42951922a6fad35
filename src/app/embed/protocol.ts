/** What a page around an embedded design may ask; hostile until it has passed here. */
import { z } from 'zod/mini'
import { MAX_SPEED, MIN_SPEED } from '../player.ts'
import { MAX_LINK_CHARS, MAX_NAME_CHARS } from '../../scenario/caps.ts'
import type { Source, ToEmbed } from '../../../public/embed.d.ts'

export type * from '../../../public/embed.d.ts'

export const EMBED_VERSION = 1

/** A run that long has never been simulated: about 30 years. */
const MAX_MS = 1e12

const base = { switchyard: z.literal(EMBED_VERSION), id: z.int().check(z.minimum(0)) }

const source: z.ZodMiniType<Source> = z.union([
  z.strictObject({ link: z.string().check(z.maxLength(MAX_LINK_CHARS)) }),
  // Checked by `parse`, as every document from outside.
  z.strictObject({ document: z.unknown() }),
  z.strictObject({ example: z.string().check(z.maxLength(MAX_NAME_CHARS)) }),
])

const shape: z.ZodMiniType<ToEmbed> = z.discriminatedUnion('type', [
  z.object({ ...base, type: z.literal('load'), source }),
  z.object({ ...base, type: z.literal('play') }),
  z.object({ ...base, type: z.literal('pause') }),
  z.object({
    ...base,
    type: z.literal('seek'),
    atMs: z.number().check(z.minimum(0), z.maximum(MAX_MS)),
  }),
  z.object({ ...base, type: z.literal('step'), direction: z.enum(['on', 'back']) }),
  z.object({
    ...base,
    type: z.literal('setSpeed'),
    speed: z.number().check(z.minimum(MIN_SPEED), z.maximum(MAX_SPEED)),
  }),
  z.object({
    ...base,
    type: z.literal('select'),
    part: z.nullable(z.string().check(z.maxLength(MAX_NAME_CHARS))),
  }),
  z.object({ ...base, type: z.literal('getState') }),
])

/**
 * A request; why it is none, when it was meant as one and can be answered; null for messages that are
 * not for us.
 */
export type Heard =
  | { readonly ok: true; readonly request: ToEmbed }
  | { readonly ok: false; readonly id: number; readonly problem: string }
  | null

export function hear(data: unknown): Heard {
  const addressed = z.object(base).safeParse(data)
  if (!addressed.success) return null
  const parsed = shape.safeParse(data)
  if (parsed.success) return { ok: true, request: parsed.data }
  const { path, message } = parsed.error.issues[0]
  const problem = `${path.join('.') || 'message'}: ${message}`
  return { ok: false, id: addressed.data.id, problem }
}
