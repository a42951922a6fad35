/** CreateBucket, ListBuckets, ListObjectsV2. */
import { isoTime } from '../../../base/calendar.ts'
import type { AccountOperation, Operation } from '../../../engine/behaviour.ts'
import type { ApiError } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { epochMs } from '../../aws.ts'
import { freeId, freePlace } from '../../layout.ts'
import { plainOperation } from '../../plainOperation.ts'
import { Refusal } from '../../refusal.ts'
import schema from '../schema.ts'
import { bucketOf, type StoredObject } from '../state.ts'

const error = (code: string, status: number, message: string): { error: ApiError } => ({
  error: { code, status, message },
})

export const createBucket: AccountOperation = {
  name: 'CreateBucket',
  run(sim, input) {
    const name = String(input.Bucket ?? '')
    if (!schema.name.pattern.test(name)) {
      return error('InvalidBucketName', 400, 'The specified bucket is not valid.')
    }
    const isTaken = sim.world.nodes.some((one) => isBucket(one) && one.name === name)
    if (isTaken) {
      return error(
        'BucketAlreadyOwnedByYou',
        409,
        'Your previous request to create the named bucket succeeded and you already own it.',
      )
    }
    const id = freeId(sim, 'bucket')
    const place = freePlace(sim.world.scenario)
    sim.edit({ nodes: { [id]: { id, kind: schema.kind, name, ...place, config: {} } }, wires: {} })
    return { output: { Location: `/${name}` } }
  },
}

export const listBuckets: AccountOperation = {
  name: 'ListBuckets',
  run: (sim) => ({
    output: {
      Buckets: sim.world.nodes
        .filter(isBucket)
        .map(({ name }) => ({ Name: name, CreationDate: CREATED }))
        .toSorted((a, b) => (a.Name < b.Name ? -1 : 1)),
    },
  }),
}

const isBucket = (one: Simulation['world']['nodes'][number]): boolean =>
  one.alive && one.kind === schema.kind

const CREATED = isoTime(epochMs(0))

const MOST_KEYS = 1_000

export const listObjects: Operation = plainOperation({
  name: 'ListObjectsV2',
  check(_sim, _node, { MaxKeys = MOST_KEYS }) {
    if (!(Number(MaxKeys) >= 0)) {
      throw new Refusal(
        error(
          'InvalidArgument',
          400,
          'Argument maxKeys must be an integer between 0 and 2147483647',
        ).error,
      )
    }
  },
  output(sim, node, input) {
    const { MaxKeys = MOST_KEYS, StartAfter = '', ContinuationToken = '' } = input
    const prefix = String(input.Prefix ?? '')
    const after = String(ContinuationToken || StartAfter)
    const keys = [...bucketOf(sim, node).objects.values()]
      .filter(({ key }) => key.startsWith(prefix) && key > after)
      .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    const page = keys.slice(0, Math.min(Number(MaxKeys), MOST_KEYS))
    const isTruncated = page.length < keys.length && page.length > 0
    return {
      IsTruncated: isTruncated,
      ...(page.length > 0 && { Contents: page.map(contentOf) }),
      Name: sim.world.nodes[node].name,
      Prefix: prefix,
      MaxKeys: Number(MaxKeys),
      KeyCount: page.length,
      // Opaque at AWS; here it is the last key.
      ...(isTruncated && { NextContinuationToken: page.at(-1)!.key }),
    }
  },
})

const contentOf = ({ key, lastModifiedUs, eTag, sizeBytes }: StoredObject) => ({
  Key: key,
  LastModified: isoTime(epochMs(lastModifiedUs)),
  ETag: `"${eTag}"`,
  Size: sizeBytes,
  StorageClass: 'STANDARD',
})
