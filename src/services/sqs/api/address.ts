/** What a queue's address answers to whoever asks without an operation, as a browser does. */
import type { WebReply } from '../../../engine/behaviour.ts'

/** '/000000000000/orders' */
export const isQueueAddress = (path: string): boolean =>
  /^\/\d{12}\/[\w-]{1,80}(?:\.fifo)?$/.test(path)

export const UNKNOWN_OPERATION: WebReply = {
  status: 404,
  contentType: 'text/xml',
  body: '<UnknownOperationException/>',
}
