import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { apis } from '../services/apis.ts'
import { kinds } from '../services/kinds.ts'
import { complete } from './complete.ts'
import { MAX_LINE, parseCommand, type Surroundings } from './parse.ts'
import { exampleOf } from './help.ts'
import { kebab } from './options.ts'
import { splitLine } from './shell.ts'

const about: Surroundings = {
  names: { sqs: ['orders', 'orders-dlq'] },
  seen: { ReceiptHandle: ['newest', 'older'] },
}

function inputOf(line: string) {
  const command = parseCommand(line, about)
  if (command.type !== 'call') throw new Error(`${line} is ${JSON.stringify(command)}`)
  return command.input
}

function refusalOf(line: string): string {
  const command = parseCommand(line, about)
  if (command.type !== 'refused') throw new Error(`${line} is ${JSON.stringify(command)}`)
  return command.text
}

const send = 'aws sqs send-message --queue-url orders --message-body'

describe('a line is split as a shell would', () => {
  it.each([
    [`a  'b c' "d e"f`, ['a', 'b c', 'd ef']],
    [`a\\ b 'c\\d' "e\\"f\\d"`, ['a b', 'c\\d', 'e"f\\d']],
    [`it''s '' ""`, ['its', '', '']],
    ['a \\\n  b', ['a', 'b']],
    [`'{"a": 1}'`, ['{"a": 1}']],
    [`"costs $5" x=$y`, ['costs $5', 'x=$y']],
  ])('%s', (line, words) => {
    const split = splitLine(line)
    expect(split.problem).toBeNull()
    expect(split.words.map(({ text }) => text)).toEqual(words)
  })

  it.each(['a | b', 'a; b', 'a > f', '$(date)', '`date`', 'a && b'])('not %s', (line) => {
    expect(splitLine(line).problem).toContain('means something to a shell')
  })

  it('says which quote is open', () => {
    expect(splitLine(`a 'b`).problem).toBe("A quote is not closed: '")
    expect(splitLine('a "b').problem).toBe('A quote is not closed: "')
  })
})

describe('an AWS CLI command', () => {
  it('becomes a call with the input of AWS, and names stand for URLs and ARNs', () => {
    expect(parseCommand(`${send} 'hi there' --delay-seconds 5`, about)).toEqual({
      type: 'call',
      service: 'sqs',
      operation: 'SendMessage',
      input: {
        QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/orders',
        MessageBody: 'hi there',
        DelaySeconds: 5,
      },
      output: 'json',
    })
    expect(inputOf('sqs start-message-move-task --source-arn orders-dlq')).toEqual({
      SourceArn: 'arn:aws:sqs:us-east-1:000000000000:orders-dlq',
    })
    expect(inputOf('sqs purge-queue --queue-url http://localhost/0/x')).toEqual({
      QueueUrl: 'http://localhost/0/x',
    })
  })

  it('takes --name=value, options of every command anywhere, and the last of two', () => {
    const line =
      'aws --region eu-west-1 sqs list-queues --queue-name-prefix=a --no-cli-pager --output text'
    expect(parseCommand(line, about)).toMatchObject({
      input: { QueueNamePrefix: 'a' },
      output: 'text',
    })
    expect(inputOf(`${send} a --message-body b`).MessageBody).toBe('b')
  })

  it('takes negative numbers and sentences that begin with a dash as values', () => {
    expect(inputOf(`${send} '- a list' --delay-seconds -5`)).toMatchObject({
      MessageBody: '- a list',
      DelaySeconds: -5,
    })
  })

  it('reads JSON and shorthand for maps, lists and structures', () => {
    const attributes = { a: { DataType: 'String', StringValue: 'x' } }
    expect(
      inputOf(`${send} hi --message-attributes '${JSON.stringify(attributes)}'`),
    ).toMatchObject({ MessageAttributes: attributes })
    expect(
      inputOf(`${send} hi --message-attributes 'a={DataType=String,StringValue=x}'`),
    ).toMatchObject({ MessageAttributes: attributes })
    expect(
      inputOf('sqs set-queue-attributes --queue-url orders --attributes DelaySeconds=5,Policy='),
    ).toMatchObject({ Attributes: { DelaySeconds: '5', Policy: '' } })
    expect(
      inputOf(
        `sqs send-message-batch --queue-url orders --entries Id=1,MessageBody=a,DelaySeconds=3 'Id=2,MessageBody="b, c=d"'`,
      ),
    ).toMatchObject({
      Entries: [
        { Id: '1', MessageBody: 'a', DelaySeconds: 3 },
        { Id: '2', MessageBody: 'b, c=d' },
      ],
    })
    expect(
      inputOf(
        `sqs send-message-batch --queue-url orders --entries '[{"Id":"1","MessageBody":"a"}]'`,
      ),
    ).toMatchObject({ Entries: [{ Id: '1', MessageBody: 'a' }] })
    expect(
      inputOf('sqs get-queue-attributes --queue-url orders --attribute-names QueueArn Policy'),
    ).toMatchObject({ AttributeNames: ['QueueArn', 'Policy'] })
    expect(inputOf('sqs tag-queue --queue-url orders --tags __proto__=x,a=1\\\\,2').Tags).toEqual(
      Object.fromEntries([
        ['__proto__', 'x'],
        ['a', '1,2'],
      ]),
    )
  })

  it.each(apis)('$service: knows every operation that the kind has, and no other', (api) => {
    const { operations, accountOperations = [] } = kinds.behaviour(api.kind)!
    const open = operations.filter(({ isInternal }) => !isInternal)
    const known = [...new Set([...open, ...accountOperations].map(({ name }) => name))]
    const described = apis.filter(({ kind }) => kind === api.kind)
    expect(described.flatMap((one) => one.operations.map(({ name }) => name)).sort()).toEqual(
      known.sort(),
    )
    expect(kinds.service(api.service)).toBe(kinds.behaviour(api.kind))
  })

  it.each(apis)('$service: has an example for each operation that it can read', (api) => {
    for (const operation of api.operations) {
      const command = parseCommand(exampleOf(operation, about.names), about)
      expect(command, operation.name).toMatchObject({
        service: api.service,
        operation: operation.name,
      })
    }
  })

  it.each(apis)('$service: has help on every parameter, and highlights that are there', (api) => {
    for (const { name, input } of api.operations) {
      for (const [member, { help }] of Object.entries(input.members)) {
        expect(help, `${name}.${member}`).toMatch(/\.$/)
      }
    }
    const known = api.operations.map(({ name }) => name)
    expect(api.highlights.filter((name) => !known.includes(name))).toEqual([])
  })

  it('writes names as the AWS CLI does', () => {
    const names = ['QueueOwnerAWSAccountId', 'AWSAccountIds', 'ListDeadLetterSourceQueues', 'tags']
    expect(names.map(kebab)).toEqual([
      'queue-owner-aws-account-id',
      'aws-account-ids',
      'list-dead-letter-source-queues',
      'tags',
    ])
  })
})

describe('what is wrong is said as the AWS CLI says it', () => {
  it.each([
    [
      'sqs send-message',
      'aws: error: the following arguments are required: --queue-url, --message-body',
    ],
    [`${send}`, 'argument --message-body: expected one argument'],
    [`${send} a b --wrong`, 'Unknown options: b, --wrong'],
    ['sqs send-mesage', '  * send-message'],
    ['sqs qwertyuiop', '  * purge-queue'],
    ['ec2 publish', "argument command: Invalid choice: 'ec2'"],
    ['send-message', 'Did you mean: aws sqs send-message'],
    ['aws sqs', 'the following arguments are required: operation'],
    [`${send} a --delay-seconds x`, "invalid literal for int() with base 10: 'x'"],
    [`${send} a --message-attributes {a:1}`, 'Invalid JSON\nJSON received: {a:1}\nPut it in'],
    [
      `${send} a --message-attributes '{"a":{"StringValue":"x"}}'`,
      'Missing required parameter in MessageAttributes.a: "DataType"',
    ],
    [
      `${send} a --message-attributes '{"a":{"DataType":5}}'`,
      "Invalid type for parameter MessageAttributes.a.DataType, value: 5, type: <class 'int'>",
    ],
    [
      'sqs send-message-batch --queue-url q --entries Id=1,Body=x',
      'Unknown parameter in Entries[0]: "Body", must be one of: Id, MessageBody',
    ],
    [
      'sqs tag-queue --queue-url q --tags a',
      "Error parsing parameter '--tags': Expected: '=', received: 'EOF' for input:\na\n ^",
    ],
    [`${send} file://body.json`, 'there are no files here'],
    ['sqs list-queues --query QueueUrls', '--query is not supported here'],
    ['sqs list-queues --output yaml', "Invalid choice: 'yaml'"],
    ['sqs list-queues | wc', 'no pipes'],
    [`${send} ${'x'.repeat(MAX_LINE)}`, 'longer than'],
  ])('%.60s', (line, words) => {
    expect(refusalOf(line)).toContain(words)
  })

  it('nests only so deep', () => {
    const deep = `${'['.repeat(30)}${']'.repeat(30)}`
    expect(refusalOf(`${send} a --message-attributes '{"a":${deep}}'`)).toContain('Nested deeper')
    expect(refusalOf(`${send} a --message-attributes 'a=${deep}'`)).toContain('Nested deeper')
  })
})

describe("the console's own commands", () => {
  it('are help at each level, history and clear', () => {
    const help = (line: string) => {
      const command = parseCommand(line, about)
      return command.type === 'help' ? command.text : ''
    }
    expect(help('help')).toContain('--queue-url orders --message-body')
    expect(help('aws help')).toBe(help('help'))
    expect(help('aws sqs help')).toContain('receive-message')
    expect(help('sqs send-message help')).toMatch(/--message-body .*required/)
    expect(parseCommand('clear', about).type).toBe('clear')
    expect(parseCommand('history', about).type).toBe('history')
    expect(parseCommand('  ', about).type).toBe('nothing')
  })
})

describe('completion', () => {
  const texts = (before: string) => complete(before, about).options.map(({ text }) => text)

  it('offers commands, operations and options, the required first', () => {
    expect(texts('a')).toEqual(['aws '])
    expect(texts('aws ')).toEqual([...apis.map(({ service }) => `${service} `), 'help'])
    expect(texts('sqs send')).toEqual(['send-message ', 'send-message-batch '])
    expect(texts('sqs send-message ').slice(0, 3)).toEqual([
      '--queue-url ',
      '--message-body ',
      '--delay-seconds ',
    ])
    expect(texts('sqs send-message --queue-url orders --m')[0]).toBe('--message-body ')
    expect(texts('sqs list-queues --output t')).toEqual(['table ', 'text '])
  })

  it('offers the queues of the design, and what was received', () => {
    expect(texts('sqs purge-queue --queue-url ')).toEqual(['orders ', 'orders-dlq '])
    expect(texts('sqs purge-queue --queue-url orders-')).toEqual(['orders-dlq '])
    expect(texts('sqs delete-message --queue-url orders --receipt-handle ')).toEqual([
      'newest ',
      'older ',
    ])
  })

  it('goes on within lists and maps', () => {
    const attributes = 'sqs get-queue-attributes --queue-url orders --attribute-names'
    expect(texts(`${attributes} Al`)).toEqual(['All '])
    expect(texts(`${attributes} QueueArn `)).not.toContain('QueueArn ')
    expect(texts(`${attributes} QueueArn --`)).toContain('--output ')
    expect(texts('sqs create-queue --queue-name q --attributes DelaySeconds=5,Vis')).toEqual([
      'DelaySeconds=5,VisibilityTimeout=',
    ])
  })

  it('replaces the word it completes', () => {
    expect(complete('aws sqs purge-q', about).from).toBe(8)
  })
})

describe('any text', () => {
  const scraps = fc.constantFrom(
    'aws',
    'sqs',
    'send-message',
    'create-queue',
    '--entries',
    '--queue-url',
    '--attributes',
    '--tags',
    '--message-attributes',
    '[',
    ']',
    '{',
    '}',
    '=',
    ',',
    '\\',
    "'",
    '"',
    'a',
    ' ',
    '--output',
    'text',
    '-1',
    '$(',
    '\n',
    'é',
    '\ud800',
    'Id=1,MessageBody=x',
  )
  const lines = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(scraps, { maxLength: 30 }).map((parts) => parts.join('')),
    fc.array(scraps, { maxLength: 12 }).map((parts) => `sqs ${parts.join(' ')}`),
    fc
      .array(scraps, { maxLength: 20 })
      .map((parts) => `sqs tag-queue --queue-url q --tags '${parts.join('').replaceAll("'", '')}'`),
  )

  it('is understood or refused, never an exception, and has a completion', () => {
    fc.assert(
      fc.property(lines, (line) => {
        expect(parseCommand(line, about).type).toMatch(
          /^(?:nothing|clear|history|help|refused|call)$/,
        )
        const { from, options } = complete(line, about)
        expect(from).toBeLessThanOrEqual(line.length)
        for (const { text } of options) expect(text).not.toBe('')
      }),
      { numRuns: 2_000 },
    )
  })

  it('of backslashes and quotes is read in no time', () => {
    const line = `sqs tag-queue --queue-url q --tags "a='${'\\\\'.repeat(20_000)}"`
    const begun = performance.now()
    parseCommand(line, about)
    expect(performance.now() - begun).toBeLessThan(500)
  })
})
