/** Operations on a queue; a call carries the index, so new ones go to the end. */
import type { AccountOperation, Operation } from '../../../engine/behaviour.ts'
import { guarded } from '../access.ts'
import { metered } from '../charges.ts'
import { createQueue } from './createQueue.ts'
import { deleteQueue } from './deleteQueue.ts'
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from './handles.ts'
import {
  cancelMessageMoveTask,
  listMessageMoveTasks,
  startMessageMoveTask,
} from './moveTaskOperations.ts'
import { addPermission, removePermission } from './permissions.ts'
import { getQueueAttributes, setQueueAttributes } from './queueAttributes.ts'
import { getQueueUrl, listDeadLetterSourceQueues, listQueues, purgeQueue } from './queues.ts'
import { receiveMessage } from './receiveMessage.ts'
import { sendMessage, sendMessageBatch } from './sendMessage.ts'
import { listQueueTags, tagQueue, untagQueue } from './tags.ts'

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
  tagQueue,
  untagQueue,
  listQueueTags,
  addPermission,
  removePermission,
  listDeadLetterSourceQueues,
]
  .map(guarded)
  .map(metered)

/** Those on no queue in particular. */
export const ACCOUNT_OPERATIONS: readonly AccountOperation[] = [
  createQueue,
  listQueues,
  startMessageMoveTask,
  listMessageMoveTasks,
  cancelMessageMoveTask,
]
