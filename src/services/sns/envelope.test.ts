import { expect, it } from 'vitest'
import { envelope, lambdaEvent, type Notification } from './envelope.ts'

const about: Notification = {
  messageId: 'm',
  topicArn: 'arn:aws:sns:us-east-1:000000000000:orders',
  timestamp: '2026-01-01T00:00:00.000Z',
  signatureVersion: '2',
  attributes: {},
}

it('FACTS 4.1: a function is told version 1 of every signature, as recorded; others the true one', () => {
  const { Records } = JSON.parse(lambdaEvent(about, 'x', 'arn')) as {
    Records: { Sns: Record<string, unknown> }[]
  }
  expect(Records.map(({ Sns }) => Sns.SignatureVersion)).toEqual(['1'])
  expect(JSON.parse(envelope(about, 'x', 'arn').text)).toMatchObject({ SignatureVersion: '2' })
})
