/** What tells the replies to a producer's requests apart: a pure function of each message's number. */
import { uuidFrom } from '../../base/hash.ts'
import { hash32 } from '../../base/random.ts'
import type { ReplyAddress } from '../replies.ts'
import type { RequesterSettings } from './requesterFields.ts'
import { keyName, type Draw } from './template.ts'

/** How all requests of a producer are addressed: part of what its messages say. */
export interface ReplyTo {
  readonly by: RequesterSettings['by']
  readonly queueUrl: string
}

/** Where the reply to one message goes. @param seed of the recipe */
export function addressOf({ by, queueUrl }: ReplyTo, seed: number, draw: Draw): ReplyAddress {
  const id = idOf(seed, draw.ordinal)
  if (by === 'request') return { queueUrl, virtualQueue: id, correlationId: '' }
  return { queueUrl, virtualQueue: by === 'key' ? keyName(draw.key) : '', correlationId: id }
}

/** Of message number `ordinal`; the same for every copy of it. */
export const idOf = (seed: number, ordinal: number): string =>
  uuidFrom(hash32(seed, ordinal), hash32(ordinal, 2), hash32(ordinal, seed), hash32(ordinal, 4))
