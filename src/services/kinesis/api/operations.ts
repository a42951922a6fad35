/** All operations; a call carries the index, so new ones go to the end. */
import type { AccountOperation } from '../../../engine/behaviour.ts'
import {
  decreaseRetention,
  deleteResourcePolicy,
  disableMonitoring,
  enableMonitoring,
  getResourcePolicy,
  increaseRetention,
  putResourcePolicy,
  startEncryption,
  stopEncryption,
  updateDistribution,
  updateMaxRecordSize,
  updateStreamMode,
} from './attributes.ts'
import {
  deregisterConsumer,
  describeConsumer,
  listConsumers,
  registerConsumer,
  subscribeToShard,
} from './consumers.ts'
import { getRecords, getShardIterator } from './getRecords.ts'
import type { CheckedOperation } from './plain.ts'
import { putRecord, putRecords } from './putRecords.ts'
import { listShards, mergeShards, splitShard, updateShardCount } from './shards.ts'
import {
  createStream,
  deleteStream,
  describeAccountSettings,
  describeLimits,
  describeStream,
  describeStreamSummary,
  listStreams,
} from './streams.ts'
import {
  addTagsToStream,
  listTagsForResource,
  listTagsForStream,
  removeTagsFromStream,
  tagResource,
  untagResource,
} from './tags.ts'

export const OPERATIONS: readonly CheckedOperation[] = [
  putRecord,
  putRecords,
  getShardIterator,
  getRecords,
  listShards,
  describeStream,
  describeStreamSummary,
  deleteStream,
  splitShard,
  mergeShards,
  updateShardCount,
  updateStreamMode,
  increaseRetention,
  decreaseRetention,
  updateMaxRecordSize,
  updateDistribution,
  registerConsumer,
  deregisterConsumer,
  describeConsumer,
  listConsumers,
  subscribeToShard,
  enableMonitoring,
  disableMonitoring,
  startEncryption,
  stopEncryption,
  addTagsToStream,
  removeTagsFromStream,
  listTagsForStream,
  tagResource,
  untagResource,
  listTagsForResource,
  putResourcePolicy,
  getResourcePolicy,
  deleteResourcePolicy,
]

/** Those on no stream in particular, or that make streams. */
export const ACCOUNT_OPERATIONS: readonly AccountOperation[] = [
  createStream,
  listStreams,
  describeLimits,
  describeAccountSettings,
]
