/**
 * Delivery status logging: what became of each delivery, as SNS writes it to CloudWatch Logs. Attributes
 * of a protocol say whether, and how many of the successes (FACTS 4.6).
 */
import { isoTime } from '../../base/calendar.ts'
import { md5Hex, uuidFrom } from '../../base/hash.ts'
import { hash32, nextUnit } from '../../base/random.ts'
import { US_PER_MS, type SimUs } from '../../base/units.ts'
import type { ApiError } from '../../engine/calls.ts'
import type { TablePage } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { ACCOUNT, REGION, epochMs } from '../aws.ts'
import { refused } from './errors.ts'
import { topicArn } from './names.ts'

/** How the attributes of a protocol begin; those of other protocols are not logged by a topic. */
const PREFIXES: Readonly<Record<string, string>> = {
  http: 'HTTP',
  https: 'HTTP',
  sqs: 'SQS',
  lambda: 'Lambda',
  firehose: 'Firehose',
  application: 'Application',
}
const RATE = 'SuccessFeedbackSampleRate'
const ROLES = ['SuccessFeedbackRoleArn', 'FailureFeedbackRoleArn'] as const

export const STATUS_ATTRIBUTES: readonly string[] = [...new Set(Object.values(PREFIXES))].flatMap(
  (prefix) => [...ROLES, RATE].map((name) => prefix + name),
)

/** The roles that AWS's console makes for it. */
const ROLE_ARNS = ['SNSSuccessFeedback', 'SNSFailureFeedback'].map(
  (name) => `arn:aws:iam::${ACCOUNT}:role/${name}`,
)

/** What has a topic log every delivery of these protocols; empty where none of them can be logged. */
export function loggingAttributes(protocols: readonly string[]): (readonly [string, string])[] {
  const prefixes = new Set(protocols.map((protocol) => PREFIXES[protocol]).filter(Boolean))
  return [...prefixes].flatMap((prefix) => [
    ...ROLES.map((role, n) => [`${prefix}${role}`, ROLE_ARNS[n]] as const),
    [`${prefix}${RATE}`, '100'] as const,
  ])
}

/** @throws Refusal for what AWS takes neither as a role nor as a percentage */
export function checkStatusAttribute(name: string, text: string): void {
  if (text === '') return
  const isFine = name.endsWith(RATE)
    ? /^\d{1,3}$/.test(text) && Number(text) <= 100
    : /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/.test(text)
  if (!isFine) throw refused(`Attributes Reason: ${name}: Invalid value [${text}]`)
}

/** A delivery that will be logged when it has ended. */
interface Open {
  readonly startedUs: SimUs
  readonly messageMD5Sum: string
  readonly messageId: string
  attempts: number
}
interface Entry {
  readonly atUs: SimUs
  readonly isSuccess: boolean
  readonly destination: string
  readonly attempts: number
  readonly statusCode: number
  /** As SNS writes it. */
  readonly json: string
}
export interface StatusLog {
  /** By the copy's serial. */
  readonly open: Map<number, Open>
  /** Newest last, so many at most as are kept. */
  readonly entries: Entry[]
  written: number
  /** Stream that picks the successes. */
  readonly sample: number
}

export const createStatusLog = (sim: Simulation, node: number): StatusLog => ({
  open: new Map(),
  entries: [],
  written: 0,
  sample: sim.stream(sim.world.nodes[node], 'delivery status'),
})

/** The attributes of a topic that are told, and the topic's log. */
interface Logging {
  readonly told: Readonly<Record<string, string>>
  readonly statusLog: StatusLog
}

const attribute = ({ told }: Logging, protocol: string, name: string): string =>
  told[`${PREFIXES[protocol] ?? ''}${name}`] ?? ''

const isLogged = (topic: Logging, protocol: string): boolean =>
  PREFIXES[protocol] !== undefined && ROLES.some((role) => attribute(topic, protocol, role) !== '')

/** A copy is made for a subscriber. @param message as it was published */
export function openDelivery(
  sim: Simulation,
  topic: Logging,
  protocol: string,
  slot: number,
  message: string,
): void {
  if (!isLogged(topic, protocol)) return
  const { messages } = sim.world
  topic.statusLog.open.set(messages.serial[slot], {
    startedUs: sim.nowUs,
    messageMD5Sum: md5Hex(message),
    messageId: sim.messageId(messages.origin[slot]),
    attempts: 0,
  })
}

/** A try of a copy begins. */
export function noteAttempt(sim: Simulation, topic: Logging, slot: number): void {
  const opened = topic.statusLog.open.get(sim.world.messages.serial[slot])
  if (opened) opened.attempts++
}

/** Its last: delivered, or given up with the endpoint's refusal. @param serial of the copy */
export function closeDelivery(
  sim: Simulation,
  node: number,
  topic: Logging,
  to: { readonly protocol: string; readonly endpoint: string },
  serial: number,
  error: ApiError | null,
): void {
  const { statusLog } = topic
  const opened = statusLog.open.get(serial)
  if (!opened) return
  statusLog.open.delete(serial)
  const role = error ? 'FailureFeedbackRoleArn' : 'SuccessFeedbackRoleArn'
  if (attribute(topic, to.protocol, role) === '') return
  if (!error && !isSampled(sim, topic, to.protocol)) return
  const arn = topicArn(sim.world.nodes[node].name)
  const answer = error ? refusalOf(error) : successOf(to.protocol, sim.messageId(serial), serial)
  write(statusLog, entryOf(sim, arn, opened, to.endpoint, serial, answer))
}

function isSampled(sim: Simulation, topic: Logging, protocol: string): boolean {
  const rate = Number(attribute(topic, protocol, RATE) || 0)
  return rate > 0 && nextUnit(sim.world.random, topic.statusLog.sample) * 100 < rate
}

/** What SNS writes of the end of a delivery. */
interface Answer {
  readonly isSuccess: boolean
  readonly statusCode: number
  readonly response: Readonly<Record<string, unknown>>
  /** A function is invoked asynchronously, so that nobody counts. */
  readonly isUncounted?: boolean
}

const refusalOf = ({ code, message, status }: ApiError): Answer => ({
  isSuccess: false,
  statusCode: status,
  response: { ErrorCode: code, ErrorMessage: message, statusCode: status },
})

function successOf(protocol: string, messageId: string, serial: number): Answer {
  const requestId = uuidFrom(hash32(serial, 8), hash32(serial, 9), hash32(serial, 10), serial)
  switch (protocol) {
    case 'lambda':
      return {
        isSuccess: true,
        statusCode: 202,
        response: { lambdaRequestId: requestId },
        isUncounted: true,
      }
    case 'sqs':
      return {
        isSuccess: true,
        statusCode: 200,
        response: { sqsRequestId: requestId, sqsMessageId: messageId },
      }
    default:
      return { isSuccess: true, statusCode: 200, response: { statusCode: 200 } }
  }
}

function entryOf(
  sim: Simulation,
  arn: string,
  { startedUs, messageMD5Sum, messageId, attempts }: Open,
  destination: string,
  serial: number,
  { isSuccess, statusCode, response, isUncounted = false }: Answer,
): Entry {
  const json = JSON.stringify({
    notification: {
      messageMD5Sum,
      messageId,
      topicArn: arn,
      timestamp: isoTime(epochMs(startedUs)).replace('T', ' ').replace('Z', ''),
    },
    delivery: {
      deliveryId: uuidFrom(hash32(serial, 5), hash32(serial, 6), hash32(serial, 7), serial),
      destination,
      providerResponse: JSON.stringify(response),
      dwellTimeMs: Math.round((sim.nowUs - startedUs) / US_PER_MS),
      ...(!isUncounted && { attempts }),
      statusCode,
    },
    status: isSuccess ? 'SUCCESS' : 'FAILURE',
  })
  return Object.freeze({ atUs: sim.nowUs, isSuccess, destination, attempts, statusCode, json })
}

/** Older ones are only counted. */
const KEPT = 200

function write(log: StatusLog, entry: Entry): void {
  log.entries.push(entry)
  if (log.entries.length > KEPT) log.entries.shift()
  log.written++
}

/** A page of it, newest first, with the log group in which AWS keeps each. */
export function statusPage(
  name: string,
  { entries }: StatusLog,
  offset: number,
  limit: number,
): TablePage {
  const group = `sns/${REGION}/${ACCOUNT}/${name}`
  const rows = entries
    .toReversed()
    .slice(offset, offset + limit)
    .map(({ atUs, isSuccess, destination, attempts, statusCode, json }) => [
      isoTime(epochMs(atUs)).slice(11, 23),
      isSuccess ? 'SUCCESS' : 'FAILURE',
      destination,
      String(attempts),
      String(statusCode),
      isSuccess ? group : `${group}/Failure`,
      json,
    ])
  return { columns: COLUMNS, rows, total: entries.length }
}

const COLUMNS = ['time', 'status', 'destination', 'attempts', 'statusCode', 'log group', 'entry']
