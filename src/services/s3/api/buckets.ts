/** CreateBucket, HeadBucket, DeleteBucket, ListBuckets, ListObjectsV2. */
import { isoTime } from '../../../base/calendar.ts'
import type { AccountOperation, Operation } from '../../../engine/behaviour.ts'
import { CODE, type ApiError } from '../../../engine/calls.ts'
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

export const headBucket: Operation = plainOperation({ name: 'HeadBucket' })

export const deleteBucket: Operation = {
  ...plainOperation({
    name: 'DeleteBucket',
    check(sim, node) {
      if (bucketOf(sim, node).objects.size === 0) return
      throw new Refusal(
        error('BucketNotEmpty', 409, 'The bucket you tried to delete is not empty').error,
      )
    },
  }),
  run(sim, node, call) {
    sim.answer(call, CODE.ok)
    sim.removeNode(node)
  },
}

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
    const delimiter = String(input.Delimiter ?? '')
    const after = String(ContinuationToken || StartAfter)
    const objects = [...bucketOf(sim, node).objects.values()].filter(({ key }) =>
      key.startsWith(prefix),
    )
    // A folder and what is in it count once, under the folder's name.
    const entries = new Map<string, StoredObject | null>()
    for (const object of objects) {
      const folder = folderOf(object.key, prefix, delimiter)
      entries.set(folder ?? object.key, folder === null ? object : null)
    }
    const names = [...entries.keys()].filter((name) => name > after).toSorted()
    const page = names.slice(0, Math.min(Number(MaxKeys), MOST_KEYS))
    const found = page.flatMap((name) => entries.get(name) ?? [])
    const folders = page.filter((name) => entries.get(name) === null)
    const isTruncated = page.length < names.length && page.length > 0
    return {
      IsTruncated: isTruncated,
      ...(found.length > 0 && { Contents: found.map(contentOf) }),
      ...(folders.length > 0 && { CommonPrefixes: folders.map((Prefix) => ({ Prefix })) }),
      Name: sim.world.nodes[node].name,
      Prefix: prefix,
      ...(delimiter && { Delimiter: delimiter }),
      MaxKeys: Number(MaxKeys),
      KeyCount: page.length,
      // Opaque at AWS; here it is the last key.
      ...(isTruncated && { NextContinuationToken: page.at(-1)! }),
    }
  },
})

/** The part of a key up to the delimiter behind the prefix; null when there is none. */
function folderOf(key: string, prefix: string, delimiter: string): string | null {
  const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length)
  return end < 0 ? null : key.slice(0, end + delimiter.length)
}

const contentOf = ({ key, lastModifiedUs, eTag, sizeBytes }: StoredObject) => ({
  Key: key,
  LastModified: isoTime(epochMs(lastModifiedUs)),
  ETag: `"${eTag}"`,
  Size: sizeBytes,
  StorageClass: 'STANDARD',
})
