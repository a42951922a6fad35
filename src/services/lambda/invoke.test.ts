/** Invocations, synchronous and asynchronous: limits, failures, retries, destinations (FACTS 7). */
import { describe, expect, test } from 'vitest'
import { Bed, FUNCTION } from './testbed.ts'

const POISON = { poison: 'field', poisonField: 'bad', poisonOperator: 'exists' } as const
const BAD = JSON.stringify({ bad: true })

describe('synchronous', () => {
  test('FACTS 7: RequestResponse is answered when the function has returned', () => {
    const bed = new Bed({})
    const ticket = bed.invoke({ Payload: '{}' })
    bed.until(0.05)
    expect(ticket.output).toBeUndefined()
    bed.until(1)
    expect(ticket.output).toEqual({
      StatusCode: 200,
      Payload: 'null',
      ExecutedVersion: '$LATEST',
    })
    expect(bed.of()).toMatchObject({ Invocations: 1, Errors: 0, processed: 1, Duration: 100 })
  })

  test('FACTS 7: an error of the function is an answer of status 200 that says so', () => {
    const bed = new Bed(POISON)
    const ticket = bed.invoke({ Payload: BAD })
    bed.until(1)
    expect(ticket.output).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' })
    expect(bed.of()).toMatchObject({ Invocations: 1, Errors: 1, failed: 1, processed: 0 })
  })

  test('FACTS 7: above its reserved concurrency a function is throttled', () => {
    const bed = new Bed({ ReservedConcurrentExecutions: 2 })
    const tickets = [1, 2, 3].map(() => bed.invoke({ Payload: '{}' }))
    expect(tickets[2].error).toMatchObject({ code: 'TooManyRequestsException', status: 429 })
    expect(tickets[2].error!.message).toContain('ReservedFunctionConcurrentInvocationLimitExceeded')
    expect(bed.of().ConcurrentExecutions).toBe(2)
    bed.until(1)
    expect(bed.of()).toMatchObject({ Invocations: 2, Throttles: 1 })
    expect(bed.invoke({ Payload: '{}' }).error).toBeUndefined()
  })

  test('FACTS 7: a reserved concurrency of 0 stops the function', () => {
    const bed = new Bed({ ReservedConcurrentExecutions: 0 })
    expect(bed.invoke({ Payload: '{}' }).error?.status).toBe(429)
  })

  test('FACTS 7: functions share the account’s limit, less what others have reserved', () => {
    const account = { accountConcurrency: 10 }
    const bed = new Bed(account, {
      other: ['lambda', { ...account, ReservedConcurrentExecutions: 7 }],
      third: ['lambda', { ...account, serviceTimeMs: 60_000, Timeout: 900 }],
    })
    bed.sim.callFromOutside('lambda', 'Invoke', { FunctionName: 'third', Payload: '' })
    expect([bed.invoke(), bed.invoke()].map(({ error }) => error)).toEqual([undefined, undefined])
    expect(bed.invoke().error!.message).toContain('ConcurrentInvocationLimitExceeded')
  })

  test('a function that takes longer than its timeout is ended there', () => {
    const bed = new Bed({ serviceTimeMs: 5000, Timeout: 2 })
    const ticket = bed.invoke()
    bed.until(1.9)
    expect(ticket.output).toBeUndefined()
    bed.until(2)
    expect(ticket.output).toMatchObject({ FunctionError: 'Unhandled' })
    expect(bed.of()).toMatchObject({ Errors: 1, timeouts: 1, Duration: 2000 })
  })

  test('a cold start takes time once, and no part of the timeout', () => {
    const bed = new Bed({ coldStartMs: 1500, serviceTimeMs: 900, Timeout: 1, keepWarmS: 60 })
    bed.invoke()
    bed.until(2.3)
    expect(bed.of().processed).toBe(0)
    bed.until(2.4)
    expect(bed.of()).toMatchObject({ processed: 1, coldStarts: 1, Duration: 900 })
    const warm = bed.invoke()
    bed.until(3.3)
    expect(warm.output).toMatchObject({ StatusCode: 200 })
    bed.until(100)
    bed.invoke()
    expect(bed.of().coldStarts).toBe(2)
  })

  test('unknown functions, types and payloads that are too large are refused', () => {
    const bed = new Bed({})
    expect(bed.invoke({ FunctionName: 'other' }).error).toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
      message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:other',
    })
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:fn'
    expect(bed.invoke({ FunctionName: arn }).error).toBeUndefined()
    expect(bed.invoke({ InvocationType: 'Later' }).error?.code).toBe(
      'InvalidParameterValueException',
    )
    const Payload = 'x'.repeat(1_048_577)
    expect(bed.invoke({ InvocationType: 'Event', Payload }).error?.code).toBe(
      'RequestTooLargeException',
    )
  })

  test('a producer that waits for the function learns of throttling', () => {
    const bed = new Bed(
      { ReservedConcurrentExecutions: 1 },
      { app: ['producer', { pattern: 'once', onceAtS: 1, onceCount: 3, retries: 0 }] },
      [['app', FUNCTION]],
    )
    bed.until(5)
    expect(bed.of('app')).toMatchObject({ made: 3, sent: 1, failed: 2 })
    expect(bed.of()).toMatchObject({ Throttles: 2, processed: 1 })
  })
})

test('a function works on when its caller hangs up', () => {
  const bed = new Bed({ serviceTimeMs: 1000 })
  const ticket = bed.invoke()
  bed.until(0.5)
  bed.sim.hangUp(ticket)
  expect(bed.of()).toMatchObject({ received: 1, processed: 0 })
  bed.until(2)
  expect(bed.of()).toMatchObject({ processed: 1, ConcurrentExecutions: 0 })
  expect(bed.sim.world.messages.live).toBe(0)
})

describe('asynchronous', () => {
  const event = { InvocationType: 'Event', Payload: BAD }

  test('FACTS 7: Event is answered at once', () => {
    const bed = new Bed({})
    expect(bed.invoke({ ...event, Payload: '{}' }).output).toMatchObject({ StatusCode: 202 })
    expect(bed.of()).toMatchObject({ AsyncEventsReceived: 1, processed: 0 })
    bed.until(1)
    expect(bed.of().processed).toBe(1)
  })

  test('FACTS 7: after an error it is tried after one minute, and two minutes later, then dropped', () => {
    const bed = new Bed(POISON)
    bed.invoke(event)
    const starts: number[] = []
    for (let second = 1; second < 400; second++) {
      const before = bed.of().Invocations
      bed.until(second)
      if (bed.of().Invocations > before) starts.push(second)
    }
    expect(starts).toEqual([61, 181])
    expect(bed.of()).toMatchObject({ Invocations: 3, discarded: 1, AsyncEventsDropped: 1 })
  })

  test('FACTS 7: throttled events are tried with longer and longer pauses', () => {
    const bed = new Bed({ ReservedConcurrentExecutions: 0, MaximumEventAgeInSeconds: 60 })
    bed.invoke(event)
    bed.until(14.9)
    expect(bed.of()).toMatchObject({ Throttles: 4, Invocations: 0 })
    bed.until(15)
    expect(bed.of().Throttles).toBe(5)
    bed.until(100)
    expect(bed.of()).toMatchObject({ Throttles: 6, discarded: 1 })
  })

  test('FACTS 7: an on-failure destination is told what was given up', () => {
    const bed = new Bed(
      { ...POISON, MaximumRetryAttempts: 0 },
      { failures: ['sqs'], done: ['sqs'] },
      [
        [FUNCTION, 'failures', { use: 'onFailure' }],
        [FUNCTION, 'done'],
      ],
    )
    bed.invoke(event)
    bed.invoke({ ...event, Payload: '{"fine":1}' })
    bed.until(1)
    expect(bed.of()).toMatchObject({ discarded: 1, toDestination: 1, processed: 1, sentOn: 1 })
    expect(bed.of('done').sent).toBe(1)
    const bodies = bed.calls('SendMessage').map(({ request }) => String(request.MessageBody))
    const told = bodies.filter((body) => body.includes('condition')).map((body) => JSON.parse(body))
    expect(told).toMatchObject([
      {
        version: '1.0',
        requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
        requestPayload: { bad: true },
        responseContext: { statusCode: 200, functionError: 'Unhandled' },
      },
    ])
  })

  test('FACTS 4.1: a topic invokes asynchronously, with one record in SNS’s event', () => {
    const bed = new Bed(
      {},
      {
        app: ['producer', { pattern: 'once', onceAtS: 1, onceCount: 3 }],
        news: ['sns'],
      },
      [
        ['app', 'news'],
        ['news', FUNCTION],
      ],
    )
    bed.until(5)
    expect(bed.of('news').delivered).toBe(3)
    expect(bed.of()).toMatchObject({ AsyncEventsReceived: 3, Invocations: 3, processed: 3 })
    const [{ request }] = bed.calls('Invoke')
    expect(request.InvocationType).toBe('Event')
    const { Records } = JSON.parse(String(request.Payload))
    expect(Records).toHaveLength(1)
    expect(Records[0]).toMatchObject({ EventSource: 'aws:sns', Sns: { Type: 'Notification' } })
  })
})

test('a function that is removed tells its callers, and lets go of its events', () => {
  const bed = new Bed({ serviceTimeMs: 1000 })
  const waiting = bed.invoke()
  bed.invoke({ InvocationType: 'Event' })
  bed.until(0.5)
  bed.sim.removeNode(0)
  expect(waiting.error?.code).toBe('ResourceNotFoundException')
  bed.until(5)
  expect(bed.sim.world.messages.live).toBe(0)
})

test('a result that is refused is an error of the function', () => {
  const bed = new Bed({}, { results: ['sqs', { MaximumMessageSize: 1024 }] }, [
    [FUNCTION, 'results'],
  ])
  const ticket = bed.invoke({ Payload: 'x'.repeat(2000) })
  bed.until(1)
  expect(ticket.output).toMatchObject({ FunctionError: 'Unhandled' })
  expect(bed.of()).toMatchObject({ refused: 1, Errors: 1 })
  expect(bed.sim.world.messages.live).toBe(0)
})
