/** All operations; a call carries the index, so new ones go to the end. */
import type { AccountOperation, Operation } from '../../../engine/behaviour.ts'
import { deleteItem, getItem, putItem, scan, updateItem } from './items.ts'
import { createTable, deleteTable, describeTable, listTables } from './tables.ts'

export const OPERATIONS: readonly Operation[] = [
  getItem,
  putItem,
  updateItem,
  deleteItem,
  scan,
  describeTable,
  deleteTable,
]

/** Those on no table in particular. */
export const ACCOUNT_OPERATIONS: readonly AccountOperation[] = [createTable, listTables]
