/** What an endpoint answers: the delivery of its protocol by a topic, and Publish without one. */
import type { CallView, Operation } from '../../engine/behaviour.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { addressOf, protocolOf } from './addresses.ts'
import { take, takeDirect } from './requests.ts'
import { operationFor } from './schema.ts'

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
  parse: along,
}

export const OPERATIONS: readonly Operation[] = [
  ...(['https', 'email', 'sms', 'application'] as const).map((one) => delivery(operationFor(one))),
  publish,
]
