/** All operations; a call carries the index, so new ones go to the end. */
import type { AccountOperation, Operation } from '../../../engine/behaviour.ts'
import { startDeliveryStreamEncryption, stopDeliveryStreamEncryption } from './encryption.ts'
import { getRecords } from '../ingested.ts'
import { putRecord, putRecordBatch } from './records.ts'
import {
  createDeliveryStream,
  deleteDeliveryStream,
  describeDeliveryStream,
  listDeliveryStreams,
} from './streams.ts'
import { listTagsForDeliveryStream, tagDeliveryStream, untagDeliveryStream } from './tags.ts'
import { updateDestination } from './update.ts'

export const OPERATIONS: readonly Operation[] = [
  putRecord,
  putRecordBatch,
  describeDeliveryStream,
  updateDestination,
  deleteDeliveryStream,
  tagDeliveryStream,
  untagDeliveryStream,
  listTagsForDeliveryStream,
  startDeliveryStreamEncryption,
  stopDeliveryStreamEncryption,
  getRecords,
]

/** Those on no delivery stream in particular. */
export const ACCOUNT_OPERATIONS: readonly AccountOperation[] = [
  createDeliveryStream,
  listDeliveryStreams,
]
