/** Delivery status logging (FACTS 4.6). */
import { expect, test } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { CERTAIN, design, simulate } from '../lab.ts'

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:news'
const ROLE = 'arn:aws:iam::000000000000:role/SNSFeedback'

function world(queuePolicy = ''): Simulation {
  const sim = simulate(
    design({
      nodes: {
        news: ['sns'],
        jobs: ['sqs', { ...CERTAIN, Policy: queuePolicy }],
        hook: ['endpoint', { confirmsItself: true, responseMs: 50 }],
      },
      wires: [
        ['news', 'jobs'],
        ['news', 'hook'],
      ],
    }),
  )
  sim.advance(fromSeconds(1))
  return sim
}

const set = (sim: Simulation, AttributeName: string, AttributeValue: string) =>
  sim.callFromOutside('sns', 'SetTopicAttributes', {
    TopicArn: TOPIC,
    AttributeName,
    AttributeValue,
  }).error

function publish(sim: Simulation, times = 1): void {
  for (let n = 0; n < times; n++) {
    sim.callFromOutside('sns', 'Publish', { TopicArn: TOPIC, Message: 'hello' })
    sim.advance(sim.nowUs + fromSeconds(1))
  }
}

interface Entry {
  readonly status: string
  readonly notification: { readonly messageMD5Sum: string }
  readonly delivery: { readonly destination: string; readonly providerResponse: string }
}
const entries = (sim: Simulation): Entry[] =>
  sim.behaviours[0]!.table!(sim, 0, 0, 500).rows.map((row) => JSON.parse(row.at(-1)!) as Entry)

test('FACTS 4.6: delivery status logging writes what became of each delivery, as AWS does', () => {
  const Principal = { Service: 'events.amazonaws.com' }
  const denying = JSON.stringify({
    Statement: [{ Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: '*' }],
  })
  const sim = world(denying)
  publish(sim)
  expect(entries(sim)).toEqual([])
  expect(set(sim, 'SQSFailureFeedbackRoleArn', ROLE)).toBeUndefined()
  expect(set(sim, 'HTTPSuccessFeedbackRoleArn', ROLE)).toBeUndefined()
  expect(set(sim, 'HTTPSuccessFeedbackSampleRate', '100')).toBeUndefined()
  publish(sim)
  const [posted, refused] = entries(sim)
  expect(refused).toMatchObject({
    notification: { topicArn: TOPIC, messageMD5Sum: expect.any(String) as string },
    delivery: {
      destination: 'arn:aws:sqs:us-east-1:000000000000:jobs',
      attempts: 1,
      statusCode: 403,
    },
    status: 'FAILURE',
  })
  expect(JSON.parse(refused.delivery.providerResponse)).toMatchObject({
    ErrorCode: 'AccessDenied',
    ErrorMessage: expect.stringContaining('/jobs is denied') as string,
  })
  expect(posted).toMatchObject({
    delivery: { attempts: 1, dwellTimeMs: 50, statusCode: 200 },
    status: 'SUCCESS',
  })
})

test('FACTS 4.6: an entry names the message by its MD5, and what the endpoint answered', () => {
  const sim = simulate(
    design({
      nodes: { news: ['sns'], jobs: ['sqs', CERTAIN], work: ['lambda'] },
      wires: [
        ['news', 'jobs'],
        ['news', 'work'],
      ],
    }),
  )
  expect(sim.behaviours[0]!.actions.logDeliveries(sim, 0, {})).toBeUndefined()
  publish(sim)
  const told = entries(sim)
  expect(told.map(({ notification }) => notification.messageMD5Sum)).toEqual([
    '5d41402abc4b2a76b9719d911017c592',
    '5d41402abc4b2a76b9719d911017c592',
  ])
  const of = (service: string) =>
    told.find(({ delivery }) => delivery.destination.startsWith(`arn:aws:${service}:`))!.delivery
  const answerOf = (service: string) => JSON.parse(of(service).providerResponse) as object
  expect(of('sqs')).toMatchObject({ statusCode: 200, attempts: 1 })
  expect(Object.keys(answerOf('sqs'))).toEqual(['sqsRequestId', 'sqsMessageId'])
  // As recorded of a function, which has no attempts.
  expect(of('lambda')).toMatchObject({ statusCode: 202 })
  expect(of('lambda')).not.toHaveProperty('attempts')
  expect(Object.keys(answerOf('lambda'))).toEqual(['lambdaRequestId'])
})

test('FACTS 4.6: the sample rate picks successes; roles and rates are checked', () => {
  const sim = world()
  for (const bad of ['101', '-1', 'half']) {
    expect(set(sim, 'SQSSuccessFeedbackSampleRate', bad)).toMatchObject({
      code: 'InvalidParameter',
    })
  }
  expect(set(sim, 'SQSSuccessFeedbackRoleArn', 'me')).toMatchObject({ code: 'InvalidParameter' })
  expect(set(sim, 'SQSSuccessFeedbackRoleArn', ROLE)).toBeUndefined()
  publish(sim, 3)
  expect(entries(sim)).toEqual([])
  expect(set(sim, 'SQSSuccessFeedbackSampleRate', '50')).toBeUndefined()
  publish(sim, 100)
  expect(entries(sim).length).toBeGreaterThan(30)
  expect(entries(sim).length).toBeLessThan(70)
})

test('FACTS 4.6: one button has every delivery logged, by the attributes of the subscribers’ protocols', () => {
  const sim = world()
  expect(sim.behaviours[0]!.actions.logDeliveries(sim, 0, {})).toBeUndefined()
  publish(sim)
  expect(entries(sim).map(({ status }) => status)).toEqual(['SUCCESS', 'SUCCESS'])
  const { output } = sim.callFromOutside('sns', 'GetTopicAttributes', { TopicArn: TOPIC })
  expect(output).toMatchObject({
    Attributes: { SQSSuccessFeedbackSampleRate: '100', HTTPSuccessFeedbackSampleRate: '100' },
  })
  expect(output).not.toHaveProperty('Attributes.LambdaSuccessFeedbackSampleRate')
})

test('FACTS 4.6: where nobody subscribes whom SNS logs, the button says so', () => {
  const sim = simulate(
    design({
      nodes: { news: ['sns'], phone: ['endpoint', { protocol: 'sms' }] },
      wires: [['news', 'phone']],
    }),
  )
  expect(sim.behaviours[0]!.actions.logDeliveries(sim, 0, {})).toMatchObject({
    code: 'NothingToLog',
  })
})
