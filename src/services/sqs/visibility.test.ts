/** Receipt handles and visibility timeouts. */
import { describe, expect, it } from 'vitest'
import { fromSeconds } from '../../base/units.ts'
import { Testbed } from './testbed.ts'

const bedWithOne = (config: Record<string, unknown> = {}) => {
  const bed = new Testbed({ queues: { orders: config, other: {} } })
  bed.send('orders', 'a')
  return bed
}

const change = (ReceiptHandle: string, VisibilityTimeout: number) => ({
  QueueUrl: 'orders',
  ReceiptHandle,
  VisibilityTimeout,
})

describe('receipt handles', () => {
  it('FACTS 2.2: a handle still deletes after the timeout if nobody received the message again', () => {
    const bed = bedWithOne()
    const [{ ReceiptHandle }] = bed.receive('orders')
    bed.wait(31)
    expect(bed.counts('orders')).toEqual([1, 0, 0])
    bed.delete('orders', ReceiptHandle)
    expect(bed.counts('orders')).toEqual([0, 0, 0])
  })

  it('FACTS 2.2: after another receive the old handle answers success and deletes nothing', () => {
    const bed = bedWithOne()
    const [old] = bed.receive('orders')
    bed.wait(31)
    const [current] = bed.receive('orders')
    bed.delete('orders', old.ReceiptHandle)
    expect(bed.counts('orders')).toEqual([0, 1, 0])
    bed.delete('orders', current.ReceiptHandle)
    expect(bed.counts('orders')).toEqual([0, 0, 0])
    expect(bed.books('orders')).toMatchObject({ deleted: 1, deletesAnswered: 2 })
  })

  it('FACTS 2.2: deleting a deleted message succeeds any number of times', () => {
    const bed = bedWithOne()
    const [{ ReceiptHandle }] = bed.receive('orders')
    for (let n = 0; n < 3; n++) bed.delete('orders', ReceiptHandle)
    expect(bed.books('orders')).toMatchObject({ deleted: 1, deletesAnswered: 3 })
  })

  it('FACTS 2.2: the handle of a deleted message never touches a later one', () => {
    const bed = bedWithOne()
    const [{ ReceiptHandle }] = bed.receive('orders')
    bed.delete('orders', ReceiptHandle)
    bed.send('orders', 'b')
    bed.receive('orders')
    bed.delete('orders', ReceiptHandle)
    expect(bed.counts('orders')).toEqual([0, 1, 0])
    expect(bed.refusal('ChangeMessageVisibility', change(ReceiptHandle, 0)).message).toContain(
      'Message does not exist',
    )
  })

  it.each(['garbage', '', 'AQEB', `AQEB${'A'.repeat(23)}!`, 'A'.repeat(28), 'A'.repeat(2_000)])(
    'FACTS 1.2: garbage %o is not a valid receipt handle',
    (ReceiptHandle) => {
      const bed = bedWithOne()
      const error = bed.refusal('DeleteMessage', { QueueUrl: 'orders', ReceiptHandle })
      expect(error).toEqual(
        ReceiptHandle === ''
          ? {
              code: 'MissingRequiredParameterException',
              legacyCode: 'MissingParameter',
              status: 400,
              message: 'The request must contain the parameter ReceiptHandle.',
            }
          : {
              code: 'ReceiptHandleIsInvalid',
              status: 400,
              message: `The input receipt handle "${ReceiptHandle}" is not a valid receipt handle.`,
            },
      )
    },
  )

  it('FACTS 1.2: the handle of another queue is not valid', () => {
    const bed = bedWithOne()
    const [{ ReceiptHandle }] = bed.receive('orders')
    const error = bed.refusal('DeleteMessage', { QueueUrl: 'other', ReceiptHandle })
    expect(error.code).toBe('ReceiptHandleIsInvalid')
  })

  it('FACTS 1.4: a handle is at most 1,024 characters and new on every receive', () => {
    const bed = bedWithOne({ VisibilityTimeout: 0 })
    const handles = [1, 2, 3].map(() => bed.receive('orders')[0].ReceiptHandle)
    expect(new Set(handles).size).toBe(3)
    for (const handle of handles) expect(handle.length).toBeLessThanOrEqual(1024)
  })
})

describe('ChangeMessageVisibility', () => {
  it('FACTS 2.2: counts from now, and only for this receive', () => {
    const bed = bedWithOne()
    const [{ ReceiptHandle }] = bed.receive('orders')
    bed.wait(20)
    bed.call('ChangeMessageVisibility', change(ReceiptHandle, 25))
    bed.sim.advance(fromSeconds(45) - 1)
    expect(bed.receive('orders')).toEqual([])
    bed.sim.advance(fromSeconds(45))
    expect(bed.bodies('orders')).toEqual(['a'])
    bed.wait(29.9)
    expect(bed.bodies('orders')).toEqual([])
    bed.wait(0.1)
    expect(bed.bodies('orders')).toEqual(['a'])
  })

  it('FACTS 2.2: 0 makes the message visible at once', () => {
    const bed = bedWithOne()
    const [{ ReceiptHandle }] = bed.receive('orders')
    bed.call('ChangeMessageVisibility', change(ReceiptHandle, 0))
    expect(bed.bodies('orders')).toEqual(['a'])
    expect(bed.books('orders').timedOut).toBe(0)
  })

  it('FACTS 2.2: never beyond 12 hours from the receive: 43,195 works later, 43,200 does not', () => {
    const bed = bedWithOne()
    const [{ ReceiptHandle }] = bed.receive('orders')
    bed.wait(5)
    expect(bed.refusal('ChangeMessageVisibility', change(ReceiptHandle, 43_200))).toEqual({
      code: 'InvalidParameterValueException',
      legacyCode: 'InvalidParameterValue',
      status: 400,
      message:
        'Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
    })
    bed.call('ChangeMessageVisibility', change(ReceiptHandle, 43_195))
    bed.sim.advance(fromSeconds(43_200) - 1)
    expect(bed.counts('orders')).toEqual([0, 1, 0])
    bed.sim.advance(fromSeconds(43_200))
    expect(bed.counts('orders')).toEqual([1, 0, 0])
  })

  it('FACTS 2.2: after the timeout, not received again, it is accepted without effect', () => {
    const bed = bedWithOne()
    const [{ ReceiptHandle }] = bed.receive('orders')
    bed.wait(31)
    expect(bed.call('ChangeMessageVisibility', change(ReceiptHandle, 60))).toEqual({})
    expect(bed.counts('orders')).toEqual([1, 0, 0])
  })

  it('FACTS 1.2: of a deleted message is refused, and names the handle', () => {
    const bed = bedWithOne()
    const [{ ReceiptHandle }] = bed.receive('orders')
    bed.delete('orders', ReceiptHandle)
    expect(bed.refusal('ChangeMessageVisibility', change(ReceiptHandle, 5))).toEqual({
      code: 'InvalidParameterValueException',
      legacyCode: 'InvalidParameterValue',
      status: 400,
      message: `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    })
  })

  it('FACTS 1.3: the timeout must be there and within 0 to 43,200', () => {
    const bed = bedWithOne()
    const [{ ReceiptHandle }] = bed.receive('orders')
    const missing = { QueueUrl: 'orders', ReceiptHandle }
    expect(bed.refusal('ChangeMessageVisibility', missing).code).toBe(
      'MissingRequiredParameterException',
    )
    for (const seconds of [-1, 43_201, 1.5]) {
      expect(bed.refusal('ChangeMessageVisibility', change(ReceiptHandle, seconds)).code).toBe(
        'InvalidParameterValueException',
      )
    }
  })

  it('FACTS 1.3: entries of a batch have their own timeouts, and fail alone', () => {
    const bed = bedWithOne()
    bed.send('orders', 'b')
    const [a, b] = bed.receive('orders')
    const answer = bed.call('ChangeMessageVisibilityBatch', {
      QueueUrl: 'orders',
      Entries: [
        { Id: 'one', ReceiptHandle: a.ReceiptHandle, VisibilityTimeout: 5 },
        { Id: 'bad', ReceiptHandle: 'nonsense', VisibilityTimeout: 5 },
        { Id: 'two', ReceiptHandle: b.ReceiptHandle, VisibilityTimeout: 7 },
      ],
    })
    expect(answer).toEqual({
      Successful: [{ Id: 'one' }, { Id: 'two' }],
      Failed: [
        {
          Id: 'bad',
          SenderFault: true,
          Code: 'ReceiptHandleIsInvalid',
          Message: 'The input receipt handle "nonsense" is not a valid receipt handle.',
        },
      ],
    })
    bed.wait(5)
    expect(bed.counts('orders')).toEqual([1, 1, 0])
    bed.wait(2)
    expect(bed.counts('orders')).toEqual([2, 0, 0])
  })

  it('FACTS 2.2: in a batch an entry beyond 12 hours is told with its own seconds', () => {
    const bed = bedWithOne()
    const [{ ReceiptHandle }] = bed.receive('orders')
    bed.wait(1)
    const answer = bed.call<{ Failed: { Message: string }[] }>('ChangeMessageVisibilityBatch', {
      QueueUrl: 'orders',
      Entries: [{ Id: 'x', ReceiptHandle, VisibilityTimeout: 43_200 }],
    })
    expect(answer.Failed[0].Message).toContain('Value 43200 for parameter VisibilityTimeout')
  })
})

describe('in-flight limit', () => {
  it('FACTS 2.2: at 120,000 a short poll gets OverLimit, a long poll nothing until one is deleted', () => {
    const bed = new Testbed({ queues: { orders: { VisibilityTimeout: 43_200 } } })
    for (let n = 0; n < 120_010; n++) bed.send('orders', 'x')
    const QueueUrl = 'orders'
    let last = ''
    for (let n = 0; n < 12_000; n++) {
      const { Messages } = bed.call<{ Messages: { ReceiptHandle: string }[] }>('ReceiveMessage', {
        QueueUrl,
        MaxNumberOfMessages: 10,
      })
      last = Messages[0].ReceiptHandle
    }
    expect(bed.counts('orders')).toEqual([10, 120_000, 0])
    expect(bed.refusal('ReceiveMessage', { QueueUrl })).toMatchObject({
      code: 'OverLimit',
      status: 403,
    })
    expect(bed.ask('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 5 })).toBeUndefined()
    bed.wait(5)
    expect(bed.books('orders').emptyReceives).toBe(1)
    const ticket = bed.sim.callFromOutside('sqs', 'ReceiveMessage', {
      QueueUrl,
      WaitTimeSeconds: 5,
      MaxNumberOfMessages: 10,
    })
    bed.delete('orders', last)
    expect((ticket.output as { Messages: unknown[] }).Messages).toHaveLength(1)
    expect(bed.digest('orders').advice.join()).toContain('are in flight, the most there can be')
  }, 30_000)
})
