/** All operations; a call carries the index, so new ones go to the end. */
import type { AccountOperation, Operation } from '../../../engine/behaviour.ts'
import { createQueue } from './createQueue.ts'
import { deleteQueue } from './deleteQueue.ts'
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from './handles.ts'
import { getQueueAttributes, setQueueAttributes } from './queueAttributes.ts'
import { getQueueUrl, listQueues, purgeQueue } from './queues.ts'
import { receiveMessage } from './receiveMessage.ts'
import { sendMessage, sendMessageBatch } from './sendMessage.ts'

export const OPERATIONS: readonly Operation[] = [
  sendMessage,
  sendMessageBatch,
  receiveMessage,
  deleteMessage,
  deleteMessageBatch,
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  purgeQueue,
  getQueueUrl,
  getQueueAttributes,
  setQueueAttributes,
  deleteQueue,
]

/** Those on no queue in particular. */
export const ACCOUNT_OPERATIONS: readonly AccountOperation[] = [createQueue, listQueues]
