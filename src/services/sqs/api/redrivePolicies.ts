/** RedrivePolicy and RedriveAllowPolicy as callers write them, and AWS's words for wrong ones (FACTS 1.3, 2.5). */
import type { Simulation } from '../../../engine/simulation.ts'
import { Refusal } from '../../refusal.ts'
import { invalidAttributeValue, invalidValue } from '../errors.ts'
import { nameInArn, queueNamed } from '../names.ts'
import { redriveAllows } from '../redrive.ts'

export interface Redrive {
  /** Index of the dead-letter queue's node. */
  readonly to: number
  readonly maxReceiveCount: number
}

/** A JSON object in a string, undefined for all else. */
function objectIn(text: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(String(text))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

const MANDATORY = ['maxReceiveCount', 'deadLetterTargetArn']
const MAX_RECEIVE_COUNT = 1_000
const QUEUE_ARN = /^arn:aws[\w-]*:sqs:[\w-]+:\d{12}:[\w-]{1,80}(?:\.fifo)?$/
const ARN = /^arn:aws[\w-]*:\w+:[\w-]*:\d*:.+$/

/**
 * What a RedrivePolicy of this queue asks for; null = none any more.
 * @throws Refusal
 */
export function readRedrivePolicy(
  sim: Simulation,
  queue: string,
  isFifo: boolean,
  text: unknown,
): Redrive | null {
  if (text === '') return null
  const refused = (reason: string) => new Refusal(invalidValue('RedrivePolicy', text, reason))
  const policy = objectIn(text)
  if (!policy) {
    throw new Refusal(
      invalidAttributeValue('RedrivePolicy', 'Redrive policy is not a valid JSON map.'),
    )
  }
  const missing = MANDATORY.find((key) => policy[key] === undefined)
  if (missing) throw refused(`Redrive policy does not contain mandatory attribute: ${missing}.`)
  if (Object.keys(policy).length > MANDATORY.length) {
    throw refused(
      'Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount].',
    )
  }
  const count = Number(policy.maxReceiveCount)
  if (!Number.isInteger(count) || count < 1 || count > MAX_RECEIVE_COUNT) {
    throw refused(
      `Invalid value for maxReceiveCount: ${String(policy.maxReceiveCount)}, valid values are from 1 to ${MAX_RECEIVE_COUNT} both inclusive.`,
    )
  }
  const to = deadLetterQueue(sim, String(policy.deadLetterTargetArn), refused)
  const { config } = sim.world.nodes[to]
  if ((config.FifoQueue === true) !== isFifo) {
    throw refused('Dead-letter queue must be same type of queue as the source.')
  }
  if (!redriveAllows(config, queue)) {
    throw refused('The redrive allow policy of the dead letter target denies this queue.')
  }
  return { to, maxReceiveCount: count }
}

/** @throws Refusal */
function deadLetterQueue(sim: Simulation, arn: string, refused: (reason: string) => Refusal) {
  if (!QUEUE_ARN.test(arn)) {
    const isOther = ARN.test(arn) && !/^arn:aws[\w-]*:sqs:/.test(arn)
    throw refused(
      isOther
        ? 'Only SQS queues are valid resources for deadLetterTargetArn.'
        : 'Invalid value for deadLetterTargetArn.',
    )
  }
  const node = queueNamed(sim, nameInArn(arn))
  if (node < 0) throw refused('Dead letter target does not exist.')
  return node
}

const PERMISSIONS: readonly unknown[] = ['allowAll', 'denyAll', 'byQueue']
const ALLOW_KEYS: readonly string[] = ['redrivePermission', 'sourceQueueArns']
const MAX_SOURCES = 10
const CANNOT = "Amazon SQS can't create the redrive allow policy"

/** The settings that a RedriveAllowPolicy asks for. @throws Refusal */
export function readAllowPolicy(text: unknown): Record<string, unknown> {
  if (text === '') return { redriveAllow: 'allowAll', redriveAllowSources: '' }
  const policy = objectIn(text)
  if (!policy || !isAllowPolicy(policy)) {
    const reason = `${CANNOT}, as it’s in an unsupported format.`
    throw new Refusal(invalidAttributeValue('RedriveAllowPolicy', reason))
  }
  const { redrivePermission, sourceQueueArns } = policy
  const problem = sourcesProblem(redrivePermission === 'byQueue', sourceQueueArns)
  if (problem) {
    throw new Refusal(invalidValue('RedriveAllowPolicy', text, `${CANNOT}. ${problem}`))
  }
  return {
    redriveAllow: redrivePermission,
    redriveAllowSources: (sourceQueueArns ?? []).map(nameInArn).join(', '),
  }
}

interface AllowPolicy {
  readonly redrivePermission: unknown
  readonly sourceQueueArns?: readonly string[]
}

const isAllowPolicy = (
  policy: Readonly<Record<string, unknown>>,
): policy is AllowPolicy & Readonly<Record<string, unknown>> =>
  Object.keys(policy).every((key) => ALLOW_KEYS.includes(key)) &&
  PERMISSIONS.includes(policy.redrivePermission) &&
  (policy.sourceQueueArns === undefined ||
    (Array.isArray(policy.sourceQueueArns) &&
      policy.sourceQueueArns.every((arn) => typeof arn === 'string')))

function sourcesProblem(isByQueue: boolean, arns: readonly string[] | undefined): string {
  if (!isByQueue) {
    return arns
      ? 'To specify one or more source queue ARNs, you must set redrivePermission to byQueue.'
      : ''
  }
  if (!arns || arns.length === 0) {
    return 'When you specify the byQueue permission type, you must also specify one or more sourceQueueArns values.'
  }
  return arns.length > MAX_SOURCES
    ? `The maximum number of source queue ARNs you can specify is ${MAX_SOURCES}.`
    : ''
}
