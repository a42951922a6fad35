/** All operations; a call carries the index, so new ones go to the end. */
import type { AccountOperation, Operation } from '../../../engine/behaviour.ts'
import { getRecords, getShardIterator } from './getRecords.ts'
import { putRecord, putRecords } from './putRecords.ts'

export const OPERATIONS: readonly Operation[] = [
  putRecord,
  putRecords,
  getShardIterator,
  getRecords,
]

/** Those on no stream in particular, or that make and remove streams. */
export const ACCOUNT_OPERATIONS: readonly AccountOperation[] = []
