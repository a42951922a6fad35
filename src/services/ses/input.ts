/** SendEmail's input in AWS's JSON, version 2 (FACTS 13). */
import { utf8Length } from '../../base/utf8.ts'
import type { ApiError } from '../../engine/calls.ts'
import { Refusal } from '../refusal.ts'

/** A mail that somebody wants sent. */
export interface Wanted {
  readonly source: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly template?: { readonly subject: string; readonly html: string; readonly data: string }
}

type Json = Readonly<Record<string, unknown>>

const MOST_RECIPIENTS = 50
const MOST_BYTES = 40 * 1024 * 1024

const bad = (message: string): ApiError => ({ code: 'BadRequestException', status: 400, message })

/** @throws Refusal */
export function readMail(input: Json): Wanted {
  const { ToAddresses, CcAddresses, BccAddresses } = part(input.Destination)
  const to = [...list(ToAddresses), ...list(CcAddresses), ...list(BccAddresses)]
  if (to.length === 0) throw new Refusal(bad("Missing required header 'To'."))
  if (to.length > MOST_RECIPIENTS) {
    throw new Refusal(bad(`Recipient count exceeds ${MOST_RECIPIENTS}.`))
  }
  const content = part(input.Content)
  const wanted = { source: text(input.FromEmailAddress), to, ...wordsOf(content) }
  if (utf8Length(wanted.text) > MOST_BYTES) {
    throw new Refusal({
      code: 'MessageRejected',
      status: 400,
      message: `Message length is more than ${MOST_BYTES} bytes long: '${utf8Length(wanted.text)}'.`,
    })
  }
  return wanted
}

function wordsOf(content: Json): Pick<Wanted, 'subject' | 'text' | 'template'> {
  if (content.Simple !== undefined) {
    const { Subject, Body } = part(content.Simple)
    const { Text, Html } = part(Body)
    return { subject: text(part(Subject).Data), text: text(part(Text ?? Html).Data) }
  }
  if (content.Raw !== undefined) {
    const raw = text(part(content.Raw).Data)
    const [head, ...rest] = raw.split(/\r?\n\r?\n/)
    const subject = /^subject:\s*(.*)$/im.exec(head)?.[1].trim() ?? ''
    return { subject, text: rest.join('\n\n') }
  }
  if (content.Template !== undefined) {
    const { TemplateContent, TemplateData } = part(content.Template)
    const { Subject, Html, Text } = part(TemplateContent)
    const data = text(TemplateData) || '{}'
    const template = { subject: text(Subject), html: text(Html ?? Text), data }
    return { subject: template.subject, text: data, template }
  }
  throw new Refusal(bad('Content must be one of Simple, Raw and Template.'))
}

const part = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const list = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
