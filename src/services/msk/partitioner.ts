/** Which partition a key goes to: Kafka's default, murmur2 of its UTF-8. */
import { utf8 } from '../../base/utf8.ts'

const SEED = 0x9747b28c
const FACTOR = 0x5bd1e995

/** @returns 0 to `partitions` - 1; the same for a key until partitions are added */
export const partitionOf = (key: string, partitions: number): number =>
  (murmur2(utf8(key)) & 0x7fffffff) % partitions

/** As 32 bits with a sign, as Kafka's own. */
export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes
  const whole = length & ~3
  let hash = SEED ^ length
  for (let n = 0; n < whole; n += 4) {
    let word = bytes[n] | (bytes[n + 1] << 8) | (bytes[n + 2] << 16) | (bytes[n + 3] << 24)
    word = Math.imul(word, FACTOR)
    word ^= word >>> 24
    hash = Math.imul(hash, FACTOR) ^ Math.imul(word, FACTOR)
  }
  for (let n = length - 1; n >= whole; n--) hash ^= bytes[n] << (8 * (n - whole))
  if (length > whole) hash = Math.imul(hash, FACTOR)
  hash = Math.imul(hash ^ (hash >>> 13), FACTOR)
  return hash ^ (hash >>> 15)
}
