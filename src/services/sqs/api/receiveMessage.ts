/**
 * ReceiveMessage: `arg` = WaitTimeSeconds and `arg2` = VisibilityTimeout, both in microseconds, or -1
 * for the queue's own; `arg3` = MaxNumberOfMessages, 1 to 10. The answer's items are (slot, receipt).
 * A long poll answers the call later.
 */
import { md5Hex } from '../../../base/hash.ts'
import { US_PER_S, fromSeconds } from '../../../base/units.ts'
import type { CallView, ItemView, Operation } from '../../../engine/behaviour.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { ACCOUNT, epochMs } from '../../aws.ts'
import { chosenAttributes, md5OfAttributes } from '../attributes.ts'
import { unknownAttribute } from '../errors.ts'
import { Refusal, reading } from '../../refusal.ts'
import { readId } from '../fifo/ids.ts'
import { deduplicationIdOf } from '../fifo/send.ts'
import { queueArn, queueUrl } from '../names.ts'
import { queueOf } from '../queue.ts'
import { receive } from '../receive.ts'
import { OF_MESSAGES, READABLE } from './attributeNames.ts'
import { handleOf } from './handles.ts'
import { textList, wholeNumber, type Input } from './input.ts'
import { sequenceNumber } from './sendMessage.ts'

const DEFAULT_MAX = 1

export const receiveMessage: Operation = {
  name: 'ReceiveMessage',
  carries: 'answer',
  run: receive,
  parse: (sim, node, call, input) =>
    reading(() => {
      const { calls } = sim.world
      const max = wholeNumber(
        input,
        'MaxNumberOfMessages',
        1,
        10,
        'Must be between 1 and 10, if provided.',
      )
      const waitS = wholeNumber(
        input,
        'WaitTimeSeconds',
        0,
        20,
        'Must be >= 0 and <= 20, if provided.',
      )
      const visibilityS = wholeNumber(
        input,
        'VisibilityTimeout',
        0,
        43_200,
        'Must be >= 0 and <= 43200, if provided.',
      )
      checkSystemNames(input)
      textList(input, 'MessageAttributeNames')
      if (queueOf(sim, node).fifo) readId(input, 'ReceiveRequestAttemptId')
      calls.arg[call] = waitS === undefined ? -1 : fromSeconds(waitS)
      calls.arg2[call] = visibilityS === undefined ? -1 : fromSeconds(visibilityS)
      calls.arg3[call] = max ?? DEFAULT_MAX
    }),
  request: (sim, node, call) => ({
    QueueUrl: queueUrl(sim.world.nodes[node].name),
    MaxNumberOfMessages: call.arg3,
    ...(call.arg >= 0 && { WaitTimeSeconds: call.arg / US_PER_S }),
    ...(call.arg2 >= 0 && { VisibilityTimeout: call.arg2 / US_PER_S }),
    ...ACTORS_ASK_FOR,
  }),
  response(sim, node, call) {
    const Messages = call.items.map((item) => received(sim, node, call, item))
    return Messages.length > 0 ? { Messages } : {}
  },
  gist: (_sim, call) => ({
    input: `max ${call.arg3}${call.arg > 0 ? `, wait ${call.arg / US_PER_S} s` : ''}`,
    output:
      call.items.length === 0 ? 'empty' : call.items.map((item) => `m-${item.message}`).join(', '),
  }),
}

/** Consumers in the picture ask for everything, so that the log shows receive counts. */
const ACTORS_ASK_FOR: Input = {
  MessageSystemAttributeNames: ['All'],
  MessageAttributeNames: ['All'],
}

/** AWS's models list names of queues' attributes here too: they are taken, and tell nothing. */
const SYSTEM_NAMES = new Set([...OF_MESSAGES, ...READABLE])

/** Both the new and the older list count (FACTS 1.3). */
function systemNames(input: Input): readonly string[] {
  const older = textList(input, 'AttributeNames')
  const newer = textList(input, 'MessageSystemAttributeNames')
  return older.length === 0 ? newer : [...newer, ...older]
}

function checkSystemNames(input: Input): void {
  const unknown = systemNames(input).find((name) => !SYSTEM_NAMES.has(name))
  if (unknown !== undefined) throw new Refusal(unknownAttribute(unknown))
}

function received(
  sim: Simulation,
  node: number,
  call: CallView,
  item: ItemView,
): Record<string, unknown> {
  const asked = call.outside?.input ?? ACTORS_ASK_FOR
  const { body, attributes } = item.content
  const Attributes = systemAttributesOf(sim, node, item, systemNames(asked))
  const chosen = chosenAttributes(attributes, textList(asked, 'MessageAttributeNames'))
  const digest = md5OfAttributes(chosen)
  return {
    MessageId: sim.messageId(item.message),
    ReceiptHandle: handleOf(node, item),
    MD5OfBody: md5Hex(body),
    Body: body,
    ...(Object.keys(Attributes).length > 0 && { Attributes }),
    ...(digest && { MD5OfMessageAttributes: digest, MessageAttributes: chosen }),
  }
}

function systemAttributesOf(
  sim: Simulation,
  node: number,
  item: ItemView,
  names: readonly string[],
): Record<string, string> {
  if (names.length === 0) return {}
  const { messages, nodes } = sim.world
  const isStillThere = messages.serial[item.slot] === item.message
  const source = isStillThere ? messages.deadLetterSource[item.slot] : 0
  const queue = queueOf(sim, node)
  // A dead letter's own id could make the next queue swallow it (FACTS 2.5).
  const deduplicationId = !queue.fifo
    ? undefined
    : source > 0
      ? sim.messageId(item.message)
      : deduplicationIdOf(item.content, queue)
  const trace = item.content.systemAttributes?.AWSTraceHeader?.StringValue
  // In AWS's order.
  const all: Record<string, string> = {
    SenderId: ACCOUNT,
    ...(isStillThere && {
      ApproximateFirstReceiveTimestamp: String(epochMs(messages.firstReceivedUs[item.slot])),
    }),
    ApproximateReceiveCount: String(item.receives),
    SentTimestamp: String(epochMs(item.sentUs)),
    ...sequenceNumber(sim, item),
    ...(deduplicationId !== undefined && { MessageDeduplicationId: deduplicationId }),
    ...(item.content.groupId !== undefined && { MessageGroupId: item.content.groupId }),
    ...(trace !== undefined && { AWSTraceHeader: trace }),
    ...(source > 0 && { DeadLetterQueueSourceArn: queueArn(nodes[source - 1].name) }),
  }
  if (names.includes('All')) return all
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)))
}
