/** What a person sees of a delivery: a line of a request list, a mail, a text message, a notification. Pure. */
import type { Content } from '../../engine/messages.ts'
import type { Protocol } from './addresses.ts'
import { isMail, isWeb } from './addresses.ts'

/** In one line; `status` of a web server's answer. */
export function lineOf(protocol: Protocol, content: Content, status: number): string {
  if (isWeb(protocol)) return `${status} ${messageIn(content)}`
  const text = isMail(protocol) ? `${content.subject}: ${messageIn(content)}` : messageIn(content)
  return status === 200 ? text : `✕ ${text}`
}

/** The message in SNS's envelope, a push payload or a mail; else the body as it is. */
function messageIn({ body, headers }: Content): string {
  if (headers?.['Content-Type'] === 'text/html') return wordsOf(body)
  const firstLine = body.split('\n', 1)[0]
  if (!body.startsWith('{')) return firstLine
  try {
    const json = JSON.parse(body) as Record<string, unknown>
    if (headers && typeof json.Message === 'string') return json.Message.split('\n', 1)[0]
    const { aps } = json as { aps?: { alert?: unknown } }
    return typeof aps?.alert === 'string' ? aps.alert : firstLine
  } catch {
    return firstLine
  }
}

/** What is left of a page of HTML in one line. */
const wordsOf = (html: string): string =>
  html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

const MOST_SMS_CHARACTERS = 1_600
/** Characters that the GSM alphabet has are 7 bits wide; any other makes all of them 16 bits (FACTS 3.2). */
const GSM = /^[\x20-\x7e\n\r£¥èéùìòÇØøÅåÄÖÑÜäöñüàß€]*$/

/** In how many parts a text message goes out; 0 when it is too long for any number (FACTS 3.2). */
export function smsParts(text: string): number {
  if (text.length > MOST_SMS_CHARACTERS) return 0
  return Math.max(1, Math.ceil(text.length / (GSM.test(text) ? 160 : 70)))
}
