/** Objects: put, overwritten, deleted. */
import { md5Hex } from '../../base/hash.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { addRecent } from '../recent.ts'
import { COUNTER } from './books.ts'
import { notify } from './notify.ts'
import { bucketOf, type Bucket, type Pointer, type StoredObject } from './state.ts'

/** A bucket has room for any number; the simulator keeps the newest of so many. */
const MOST_OBJECTS = 10_000
const LATELY = 10

export const objectAt = ({ objects }: Bucket, key: string): StoredObject | undefined =>
  objects.get(key)

export function put(
  sim: Simulation,
  node: number,
  about: Pick<StoredObject, 'key' | 'body' | 'sizeBytes' | 'message' | 'hue'>,
  pointer: Pointer | null = null,
): void {
  const bucket = bucketOf(sim, node)
  const { counters } = sim.world.nodes[node]
  counters[COUNTER.put]++
  counters[COUNTER.putBytes] += about.sizeBytes
  addRecent(bucket.recent, sim.nowUs, 0, 1)
  if (take(bucket, about.key)) counters[COUNTER.overwritten]++
  const made = Object.freeze({
    ...about,
    eTag: md5Hex(about.body),
    lastModifiedUs: sim.nowUs,
  })
  bucket.objects.set(about.key, made)
  if (pointer) bucket.pointers.set(about.key, Object.freeze(pointer))
  bucket.lately.push(about.key)
  if (bucket.lately.length > LATELY) bucket.lately.shift()
  if (bucket.objects.size > MOST_OBJECTS) {
    const [oldest] = bucket.objects.keys()
    take(bucket, oldest)
    counters[COUNTER.letGo]++
  }
  notify(sim, node, 'ObjectCreated:Put', made)
}

/** Of one that is not there S3 says yes too, and tells nobody. */
export function remove(sim: Simulation, node: number, key: string): void {
  const { counters } = sim.world.nodes[node]
  counters[COUNTER.deleteRequests]++
  const object = take(bucketOf(sim, node), key)
  if (!object) return
  counters[COUNTER.deleted]++
  notify(sim, node, 'ObjectRemoved:Delete', object)
}

function take({ objects, pointers }: Bucket, key: string): StoredObject | undefined {
  const object = objects.get(key)
  objects.delete(key)
  pointers.delete(key)
  return object
}
