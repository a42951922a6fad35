/** What a batch looks like to its destination: an object of a bucket, or a request that the log tells. */
import type { ApiError } from '../../engine/calls.ts'
import { ask } from '../../engine/asks.ts'
import { HOP_LOOK } from '../../engine/frame.ts'
import { logNamed } from '../../engine/log.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { epochMs } from '../aws.ts'
import { DESTINATION } from './destinations.ts'
import { failedRecord, failedRecordBytes } from './failedRecord.ts'
import { hasExpressions, keyOf } from './keys.ts'
import { stateOf, type Batch, type Settings } from './state.ts'

/** Calls the bucket; returns the call. */
export function putObject(sim: Simulation, node: number, batch: Batch, wire: number): number {
  const { network, nodes, wires } = sim.world
  const { to } = wires[wire]
  sim.hop(wire, network.carryUs, batch.records.head, HOP_LOOK.message)
  return ask(sim, node, to, 'PutObject', objectOf(sim, node, batch, nodes[to].name), wire)
}

/** The copy of everything that the backup bucket gets, beside the delivery; its answer changes nothing. */
export function putCopy(sim: Simulation, node: number, batch: Batch, wire: number): void {
  if (wire >= 0) putObject(sim, node, { ...batch, stage: 'backup', failure: '' }, wire)
}

/** A row in the log for a destination that is not in the picture. */
export function logDelivery(sim: Simulation, node: number, batch: Batch, fails: boolean): void {
  const { settings } = stateOf(sim, node)
  const toBucket = batch.stage === 'backup' || settings.destination === 's3'
  const operation = toBucket ? 'PutObject' : DESTINATION[settings.destination].request
  const input = objectOf(sim, node, batch, toBucket ? bucketName(sim, node, batch) : undefined)
  const ticket = {
    service: 'firehose',
    operation,
    input,
    ...(fails ? { error: UNAVAILABLE } : { output: {} }),
  }
  logNamed(sim.records.log, sim.world, -1, ticket, node)
}

const UNAVAILABLE: ApiError = {
  code: 'ServiceUnavailable',
  status: 503,
  message: 'The destination does not take the delivery.',
}

/** The bucket of a program's configuration, else one named after the stream. */
function bucketName(sim: Simulation, node: number, batch: Batch): string {
  const { carried, settings } = stateOf(sim, node)
  const { destination } = carried
  const s3 = (destination.S3BackupConfiguration ?? destination.S3Configuration) as
    { BucketARN?: unknown } | undefined
  const isBackup = batch.stage === 'backup' && settings.destination !== 's3'
  const given = isBackup ? (s3?.BucketARN ?? destination.BucketARN) : undefined
  const arn = given ?? destination.BucketARN ?? s3?.BucketARN
  if (typeof arn === 'string') return arn.slice(arn.lastIndexOf(':') + 1)
  const { name } = sim.world.nodes[node]
  return isBackup ? `${name}-backup` : name
}

/** So much of an object is put into the call; its size says how much there would be. */
const BODY_CHARACTERS = 64 * 1024

function objectOf(sim: Simulation, node: number, batch: Batch, bucket: string | undefined) {
  return {
    ...(bucket !== undefined && { Bucket: bucket }),
    ...(bucket !== undefined && { Key: keyFor(sim, node, batch) }),
    Records: batch.records.count,
    ContentLength: sizeOf(sim, node, batch),
    Body: bodyOf(sim, batch),
  }
}

function keyFor(sim: Simulation, node: number, batch: Batch): string {
  const { settings, carried } = stateOf(sim, node)
  const { name } = sim.world.nodes[node]
  const prefix = batch.stage === 'backup' ? backupPrefix(settings) : settings.prefix
  return keyOf(prefix, batch.failure, {
    stream: name,
    version: carried.version,
    oldestMs: epochMs(sim.world.messages.enteredUs[batch.records.head]),
    writtenMs: epochMs(sim.nowUs),
    seed: `${sim.world.scenario.seed}/${name}/${batch.id}/${batch.stage}`,
    extension: EXTENSIONS[formatOf(settings, batch)] ?? '',
    partition: batch.partition,
  })
}

/** AWS wants an error prefix where the other one has expressions. */
const backupPrefix = ({ prefix, errorPrefix }: Settings): string =>
  errorPrefix === '' && hasExpressions(prefix) ? '' : errorPrefix || prefix

/** How its object is written; what is put into a backup or aside is not converted. */
const formatOf = ({ convertTo, compression }: Settings, { stage }: Batch): string =>
  convertTo !== '' && stage === 'deliver' ? convertTo : compression

const EXTENSIONS: Readonly<Record<string, string>> = {
  GZIP: '.gz',
  ZIP: '.zip',
  Snappy: '.snappy',
  HADOOP_SNAPPY: '.hsnappy',
  Parquet: '.parquet',
  ORC: '.orc',
}

/** What is left of plain text by each way to compress it, and of JSON in columns; ours. */
const COMPRESSED: Readonly<Record<string, number>> = {
  GZIP: 0.25,
  ZIP: 0.25,
  Snappy: 0.45,
  HADOOP_SNAPPY: 0.45,
  Parquet: 0.2,
  ORC: 0.2,
}

function sizeOf(sim: Simulation, node: number, batch: Batch): number {
  const format = formatOf(stateOf(sim, node).settings, batch)
  return Math.ceil(plainBytes(sim, batch) * (COMPRESSED[format] ?? 1))
}

function plainBytes(sim: Simulation, { records, bytes, problem }: Batch): number {
  if (!problem) return bytes
  const { next, sizeBytes } = sim.world.messages
  let sum = 0
  for (let slot = records.head; slot >= 0; slot = next[slot]) {
    sum += failedRecordBytes(sizeBytes[slot], problem)
  }
  return sum
}

/** Records follow each other without anything between, as AWS writes them (FACTS 8). */
function bodyOf(sim: Simulation, { records, problem }: Batch): string {
  const { messages } = sim.world
  let body = ''
  let slot = records.head
  while (slot >= 0 && body.length < BODY_CHARACTERS) {
    const data = sim.contentOf(slot).body
    body += problem ? failedRecord(data, messages.enteredUs[slot], problem) : data
    slot = messages.next[slot]
  }
  return body.slice(0, BODY_CHARACTERS)
}
