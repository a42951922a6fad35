import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printAnswer, printError, valuesUnder } from './output.ts'

const received = {
  Messages: [
    { MessageId: 'm1', Body: 'hi', Attributes: { SenderId: '0', SentTimestamp: '17' } },
    { MessageId: 'm2', Body: 'ho', MD5OfBody: 'd5' },
  ],
}

describe('answers are printed as the AWS CLI prints them', () => {
  it('as JSON with four blanks, and nothing when they say nothing', () => {
    expect(printAnswer('ListQueues', { QueueUrls: ['u'] }, 'json')).toBe(
      '{\n    "QueueUrls": [\n        "u"\n    ]\n}',
    )
    for (const format of ['json', 'text', 'table'] as const) {
      expect(printAnswer('DeleteMessage', {}, format)).toBe('')
    }
  })

  it('as text: scalars by tabs in the order of their names, lists and structures below', () => {
    expect(printAnswer('SendMessage', { MessageId: 'm', MD5OfMessageBody: 'd' }, 'text')).toBe(
      'd\tm',
    )
    expect(printAnswer('ListQueues', { QueueUrls: ['a', 'b'] }, 'text')).toBe(
      'QUEUEURLS\ta\nQUEUEURLS\tb',
    )
    expect(printAnswer('ReceiveMessage', received, 'text')).toBe(
      'MESSAGES\thi\t\tm1\nATTRIBUTES\t0\t17\nMESSAGES\tho\td5\tm2',
    )
  })

  it('as a table', () => {
    expect(printAnswer('ListQueues', { QueueUrls: ['first', 'second'] }, 'table')).toBe(
      [
        '--------------',
        '| ListQueues |',
        '+------------+',
        '|| QueueUrls||',
        '|+----------+|',
        '||  first   ||',
        '||  second  ||',
        '|+----------+|',
      ].join('\n'),
    )
    expect(printAnswer('SendMessage', { MessageId: 'm1', Size: 12 }, 'table')).toBe(
      [
        '-----------------------',
        '|     SendMessage     |',
        '+------------+--------+',
        '|  MessageId | Size   |',
        '+------------+--------+',
        '|  m1        |  12    |',
        '+------------+--------+',
      ].join('\n'),
    )
  })

  it('as a table that stands upright where it is wider than a terminal', () => {
    const table = printAnswer('ReceiveMessage', { A: 'x'.repeat(60), B: 'y'.repeat(60) }, 'table')
    const rows = table.split('\n').filter((line) => /^\| {2}[AB]\|/.test(line))
    expect(rows).toHaveLength(2)
  })

  it('never throw, and the lines of a table are of one width', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        for (const format of ['json', 'text'] as const) printAnswer('Op', value, format)
        const table = printAnswer('Op', value, 'table')
        const isOneLine = !JSON.stringify(value).includes('\\n')
        const widths = new Set(table.split('\n').map((line) => [...line].length))
        if (isOneLine) expect(widths.size).toBe(1)
      }),
      { numRuns: 500 },
    )
  })
})

describe('errors', () => {
  it('show the legacy code where there is one (FACTS 1.2)', () => {
    expect(
      printError('SendMessage', {
        code: 'QueueDoesNotExist',
        legacyCode: 'AWS.SimpleQueueService.NonExistentQueue',
        message: 'The specified queue does not exist.',
      }),
    ).toBe(
      'An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the SendMessage operation: The specified queue does not exist.',
    )
  })
})

it('finds the values of a key anywhere in an answer', () => {
  const answer = { Messages: [{ ReceiptHandle: 'a' }, { ReceiptHandle: 'b' }], other: null }
  expect(valuesUnder('ReceiptHandle', answer)).toEqual(['a', 'b'])
})
