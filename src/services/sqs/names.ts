/** How a queue and a receipt are written in AWS's JSON: URLs, ARNs, receipt handles. */
import { utf8 } from '../../base/utf8.ts'
import { fromBase64Url, toBase64Url } from '../../scenario/base64url.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { ACCOUNT, arn } from '../aws.ts'

export { queueUrl } from '../aws.ts'

export const queueArn = (name: string): string => arn('sqs', name)

/** The queue's name in a URL of any host, `.../<account>/<name>`, or the text itself. */
export const nameInUrl = (text: string): string => text.slice(text.lastIndexOf('/') + 1)

/** The account in a URL; the own one where the text names none. */
export function accountInUrl(text: string): string {
  const end = text.lastIndexOf('/')
  const start = end > 0 ? text.lastIndexOf('/', end - 1) : -1
  const account = text.slice(start + 1, end)
  return start >= 0 && /^\d{12}$/.test(account) ? account : ACCOUNT
}

/** The queue's name in an ARN. */
export const nameInArn = (text: string): string => text.slice(text.lastIndexOf(':') + 1)

/** Index of the living queue with this name, or -1. */
export const queueNamed = (sim: Simulation, name: string): number =>
  sim.world.nodes.findIndex((node) => node.alive && node.kind === 'sqs' && node.name === name)

/** What a receipt handle says: which message, and which receive of it. */
export interface Receipt {
  readonly slot: number
  readonly serial: number
  readonly receipt: number
}

const decoder = new TextDecoder()

/** Opaque to callers, as AWS's are; the queue's id is in it as it is good for that queue only. */
export const writeHandle = (queueId: string, { slot, serial, receipt }: Receipt): string =>
  toBase64Url(utf8(`SQ1 ${slot} ${serial} ${receipt} ${queueId}`))

const HANDLE = /^SQ1 (\d{1,10}) (\d{1,10}) (\d{1,16}) (.*)$/s

/** Null when the text is no handle, or one of another queue. */
export function readHandle(queueId: string, handle: string): Receipt | null {
  const bytes = fromBase64Url(handle)
  const parts = bytes && HANDLE.exec(decoder.decode(bytes))
  if (!parts || parts[4] !== queueId) return null
  return { slot: Number(parts[1]), serial: Number(parts[2]), receipt: Number(parts[3]) }
}
