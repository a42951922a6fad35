/** For tests: a world that is spoken to in AWS's own JSON only. */
import type { ApiError } from '../../engine/calls.ts'
import { Simulation } from '../../engine/simulation.ts'
import { DEFAULT_SETTINGS, emptyScenario } from '../../scenario/scenario.ts'
import { kinds } from '../kinds.ts'

type Input = Readonly<Record<string, unknown>>

export interface Bed {
  readonly sim: Simulation
  /** The output. @throws Error with AWS's code and text */
  sns<T = Record<string, unknown>>(operation: string, input: Input): T
  sqs<T = Record<string, unknown>>(operation: string, input: Input): T
  /** "Code: text" of a call that is refused. */
  refusal(operation: string, input: Input): string
  /** Bodies of what waits in a queue, and deletes it. */
  drain(queue: string): string[]
}

const textOf = ({ code, message }: ApiError): string => `${code}: ${message}`

export function testbed(): Bed {
  const settings = { ...DEFAULT_SETTINGS, network: 'instant' } as const
  const sim = new Simulation({ ...emptyScenario('bed'), settings }, [], kinds)
  const call = (service: string, operation: string, input: Input) => {
    const ticket = sim.callFromOutside(service, operation, input)
    sim.advance(sim.nowUs)
    return ticket
  }
  const output = <T>(service: string, operation: string, input: Input): T => {
    const ticket = call(service, operation, input)
    if (ticket.error) throw new Error(textOf(ticket.error))
    return ticket.output as T
  }
  const sqs: Bed['sqs'] = (operation, input) => output('sqs', operation, input)
  return {
    sim,
    sns: (operation, input) => output('sns', operation, input),
    sqs,
    refusal(operation, input) {
      const { error } = call('sns', operation, input)
      return error ? textOf(error) : ''
    },
    drain(queue) {
      const bodies: string[] = []
      for (;;) {
        const { Messages = [] } = sqs<{ Messages?: { Body: string; ReceiptHandle: string }[] }>(
          'ReceiveMessage',
          { QueueUrl: queue, MaxNumberOfMessages: 10 },
        )
        if (Messages.length === 0) return bodies
        for (const { Body, ReceiptHandle } of Messages) {
          bodies.push(Body)
          sqs('DeleteMessage', { QueueUrl: queue, ReceiptHandle })
        }
      }
    },
  }
}

export const ARN = 'arn:aws:sns:us-east-1:000000000000'
export const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:000000000000:${name}`

/** The RedrivePolicy that names this queue. */
export const redrive = (queue: string): string =>
  JSON.stringify({ deadLetterTargetArn: queueArn(queue) })

/** Makes a topic, and a queue for each set of attributes of a subscription. @returns the subscriptions' ARNs */
export function subscribeQueues(
  bed: Bed,
  topic: string,
  subscriptions: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string[] {
  bed.sns('CreateTopic', { Name: topic.slice(topic.lastIndexOf(':') + 1) })
  return Object.entries(subscriptions).map(([queue, Attributes]) => {
    bed.sqs('CreateQueue', { QueueName: queue })
    const input = { TopicArn: topic, Protocol: 'sqs', Endpoint: queueArn(queue), Attributes }
    return bed.sns<{ SubscriptionArn: string }>('Subscribe', input).SubscriptionArn
  })
}
