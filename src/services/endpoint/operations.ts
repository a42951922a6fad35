/** What an endpoint answers: the delivery of its protocol by a topic, and Publish without one. */
import { utf8Length } from '../../base/utf8.ts'
import type { CallView, Operation } from '../../engine/behaviour.ts'
import { addItem } from '../../engine/calls.ts'
import { newLiteralMessage } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import type { Config } from '../../scenario/scenario.ts'
import { addressOf, protocolOf } from './addresses.ts'
import { take, takeDirect } from './requests.ts'
import { operationFor } from './schema.ts'

type Input = Readonly<Record<string, unknown>>

const along: Operation['parse'] = () => ({
  code: 'InvalidAction',
  status: 400,
  message: 'An endpoint can only be called along a wire.',
})

const gist = (_sim: Simulation, { items: [item] }: CallView) => ({
  input: item?.content.subject ?? (item ? `m-${item.message}` : ''),
  output: '',
})

const partAt = (sim: Simulation, node: number) => {
  const { name, config } = sim.world.nodes[node]
  return { name, config: config as Readonly<Record<string, string>> }
}

function delivery(name: string): Operation {
  return {
    name,
    carries: 'request',
    run: take,
    request(sim, node, { items: [item] }) {
      const { headers, subject, body = '' } = item?.content ?? {}
      return {
        To: addressOf(partAt(sim, node)),
        ...(headers && { Headers: headers }),
        ...(subject !== undefined && { Subject: subject }),
        Body: body,
      }
    },
    response: () => ({}),
    gist,
    parse: along,
  }
}

const publish: Operation = {
  name: 'Publish',
  carries: 'request',
  run: takeDirect,
  request(sim, node, { items: [item] }) {
    const part = partAt(sim, node)
    const address = addressOf(part)
    const Message = item?.content.body ?? ''
    return protocolOf(part.config) === 'sms'
      ? { PhoneNumber: address, Message }
      : { TargetArn: address, Message }
  },
  response: (sim, _node, { items: [item] }) => ({ MessageId: sim.messageId(item?.message ?? 0) }),
  gist,
  /** SNS has checked it. */
  parse(sim, node, call, input) {
    const { calls, messages } = sim.world
    const body = wordsFor(sim.world.nodes[node].config, input)
    const subject = input.Subject === undefined ? {} : { subject: String(input.Subject) }
    const content = Object.freeze({ body, attributes: {}, ...subject })
    const hue = (messages.nextSerial * 7919) & 0xffff
    addItem(calls, call, newLiteralMessage(messages, content, utf8Length(body), hue), 0)
    return null
  },
}

/** What the device gets: a message may be worded for each protocol and each push service. */
function wordsFor(config: Config, { Message, MessageStructure }: Input): string {
  if (MessageStructure !== 'json') return String(Message)
  const words = JSON.parse(String(Message)) as Readonly<Record<string, unknown>>
  const key = protocolOf(config) === 'sms' ? 'sms' : String(config.Platform)
  return String(words[key] ?? words.default)
}

export const OPERATIONS: readonly Operation[] = [
  ...(['https', 'email', 'sms', 'application'] as const).map((one) => delivery(operationFor(one))),
  publish,
]
