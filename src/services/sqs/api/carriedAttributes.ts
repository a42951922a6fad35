/** Encryption as attributes of SetQueueAttributes and CreateQueue (FACTS 1.3). */
import type { Carried } from '../carried.ts'
import { invalidAttributeValue } from '../errors.ts'
import { Refusal } from '../../refusal.ts'

export const CARRIED_ATTRIBUTES: readonly string[] = [
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
]

type Change = Partial<Carried>

/** What these attributes ask for. @throws Refusal with AWS's error */
export function readCarried(attributes: Readonly<Record<string, unknown>>): Change {
  const change: { -readonly [Key in keyof Carried]?: Carried[Key] } = {}
  const { KmsMasterKeyId, KmsDataKeyReusePeriodSeconds, SqsManagedSseEnabled } = attributes
  if (KmsDataKeyReusePeriodSeconds !== undefined) {
    change.kmsReuseSeconds = readReuse(String(KmsDataKeyReusePeriodSeconds))
  }
  if (KmsMasterKeyId !== undefined) {
    change.kmsKeyId = String(KmsMasterKeyId)
    if (change.kmsKeyId !== '') change.managedSse = false
  }
  if (SqsManagedSseEnabled !== undefined) {
    const wanted = readBoolean('SqsManagedSseEnabled', SqsManagedSseEnabled)
    if (wanted && change.kmsKeyId) throw new Refusal(ONE_KIND_OF_ENCRYPTION)
    change.managedSse = wanted
    if (wanted) change.kmsKeyId = ''
  }
  return change
}

const ONE_KIND_OF_ENCRYPTION = {
  code: 'InvalidAttributeName',
  status: 400,
  message:
    'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
}

function readReuse(text: string): number {
  const seconds = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (seconds >= 60 && seconds <= 86_400) return seconds
  throw new Refusal(invalidAttributeValue('KmsDataKeyReusePeriodSeconds'))
}

function readBoolean(attribute: string, value: unknown): boolean {
  if (value === 'true' || value === 'false') return value === 'true'
  throw new Refusal(invalidAttributeValue(attribute))
}
