import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { gallery } from '../lessons/gallery.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { design } from '../services/lab.ts'
import { connectionOf, schemas } from '../services/schemas.ts'
import { toCloudFormation } from './cloudFormation.ts'
import { problemsOf, written } from './lab.ts'
import { idFrom, LogicalIds } from './logicalIds.ts'
import { toYaml } from './yaml.ts'

/** Reads the short forms as CloudFormation does: as the functions that they stand for. */
const TAGS = [
  { tag: '!Ref', resolve: (text: string) => ({ Ref: text }) },
  { tag: '!GetAtt', resolve: (text: string) => ({ 'Fn::GetAtt': text.split('.') }) },
  { tag: '!Sub', resolve: (text: string) => ({ 'Fn::Sub': text }) },
]
const read = (yaml: string) => parse(yaml, { version: '1.1', merge: false, customTags: TAGS })

describe('every scenario of the gallery', () => {
  test.each(gallery.map(({ id, scenario }) => [id, scenario] as const))(
    'has a template without dangling references and cycles: %s',
    async (_id, scenario) => {
      const { template } = await written(scenario)
      expect(problemsOf(template)).toEqual([])
      expect(template.resources.length).toBeGreaterThan(0)
    },
  )

  test.each(gallery.map(({ id, scenario }) => [id, scenario] as const))(
    'says of every part what becomes of it: %s',
    async (_id, scenario) => {
      const { template } = await written(scenario)
      for (const { name } of scenario.nodes) {
        const ids = [...template.resources, ...template.parameters].map(({ id }) => id)
        const isThere =
          ids.includes(idFrom(name, '')) || ids.some((id) => id === `${idFrom(name, '')}2`)
        expect(isThere || template.notes.some(({ part }) => part === name), name).toBe(true)
      }
    },
  )

  test('gives the same text each time, which reads as what was meant', async () => {
    for (const { scenario } of gallery) {
      const { template } = await written(scenario)
      const yaml = toYaml(template)
      expect(yaml).toBe((await toCloudFormation(scenario)).yaml)
      const { Resources } = read(yaml)
      expect(Object.keys(Resources)).toEqual(template.resources.map(({ id }) => id))
      for (const { id, type, properties } of template.resources) {
        expect(Resources[id].Type).toBe(type)
        expect(Resources[id].Properties ?? {}).toEqual(properties)
      }
    }
  })
})

describe('whatever is wired to whatever', () => {
  const parts = [...schemas.values()].flatMap(({ kind, presets }) =>
    presets.map(({ config, id, name }) => ({ kind, config, name: partName(id, name) })),
  )
  const nodes = parts.map((part, at) => ({ ...part, id: `n${at}`, x: 0, y: 0 }))
  const wires = nodes.flatMap((from) =>
    nodes
      .filter((to) => connectionOf(from, to).ok)
      .map((to) => ({ id: `${from.id}-${to.id}`, from: from.id, to: to.id, config: {} })),
  )
  const base = design({ nodes: {}, wires: [] })

  test('nothing refers to what is not there or waits for itself: each wire by itself', async () => {
    expect(wires.length).toBeGreaterThan(200)
    for (const wire of wires) {
      const two = nodes.filter(({ id }) => id === wire.from || id === wire.to)
      const { template } = await written({ ...base, nodes: two, wires: [wire] })
      expect(problemsOf(template), wire.id).toEqual([])
    }
  })

  test('nor among many wires', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(wires), async (some) => {
        const { template } = await written({ ...base, nodes, wires: some })
        expect(problemsOf(template)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

describe('logical ids', () => {
  test('are the words of the name, without what is no letter and no digit', () => {
    expect(idFrom('orders-dlq', 'Queue')).toBe('OrdersDlq')
    expect(idFrom('shop.example.com', 'X')).toBe('ShopExampleCom')
    expect(idFrom('注文', 'SQSQueue')).toBe('SQSQueue')
    expect(idFrom('a'.repeat(300), 'X')).toHaveLength(60)
  })

  test('are numbered where one is taken', () => {
    const ids = new LogicalIds()
    expect(['Orders', 'Orders', 'Orders2', 'Orders'].map((id) => ids.take(id))).toEqual([
      'Orders',
      'Orders2',
      'Orders22',
      'Orders3',
    ])
  })

  test('of parts do not depend on what else is made of them', async () => {
    const { resources } = await written(
      design({
        nodes: { t: ['sns'], orders: ['sqs'], 'orders-policy': ['sqs'] },
        wires: [['t', 'orders']],
      }),
    )
    expect(resources.OrdersPolicy).toMatchObject({ type: 'AWS::SQS::Queue' })
    expect(resources.OrdersPolicy2).toMatchObject({ type: 'AWS::SQS::QueuePolicy' })
  })
})

describe('texts from hostile documents', () => {
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      'no',
      '010',
      '1e3',
      '12:30',
      '2026-01-01',
      '~',
      '<<',
      '- a: b',
      '!Ref X',
      '# c',
      '${AWS::AccountId}',
      'a\u2028Resources:\u2028',
      'a\u0085b',
      '\ud800',
      'it\'s "so"',
      '*a',
      '&a b',
      '{{resolve:ssm:x}}',
      ' ',
      '',
    ),
  )

  test('come out as they were, and change nothing around them', async () => {
    await fc.assert(
      fc.asyncProperty(odd, odd, odd, odd, async (title, first, second, text) => {
        const scenario = named(title, first, `${second}.fifo`, text)
        const { template } = await written(scenario)
        expect(problemsOf(template)).toEqual([])
        const yaml = toYaml(template)
        const { Resources, Parameters, ...rest } = read(yaml)
        expect(
          Object.keys(rest).filter((key) => !['Description', 'Outputs'].includes(key)),
        ).toEqual(['AWSTemplateFormatVersion'])
        const ids = template.resources.map(({ id }) => id)
        // An id of digits only comes first in an object.
        expect(Object.keys(Resources).sort()).toEqual(ids.sort())
        const topic = template.resources.find(({ type }) => type === 'AWS::SNS::Topic')!
        expect(Resources[topic.id].Properties?.DisplayName ?? '').toBe(
          text.replaceAll('{{resolve:', '{{ resolve:'),
        )
        expect(yaml.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u)
        expect(Parameters).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })
})

test('a text is no order to fetch secrets of whoever deploys', async () => {
  const Policy = JSON.stringify({
    Statement: [
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 'SNS:Publish',
        Resource: '{{resolve:secretsmanager:prod}}',
        Condition: { StringEquals: { '{{resolve:ssm:x}}': 'y' } },
      },
    ],
  })
  const address = 'https://evil.example.com/{{resolve:secretsmanager:prod}}'
  const scenario = design({
    nodes: { t: ['sns', { Policy }], e: ['endpoint', { address }] },
    wires: [['t', 'e']],
  })
  expect((await toCloudFormation(scenario)).yaml).not.toContain('{{resolve:')
  const { notes } = await written(scenario)
  expect(notes.filter((note) => note.includes('would fetch a secret'))).toHaveLength(2)
})

/** Presets share names; a FIFO one's ends in .fifo. */
const partName = (preset: string, name: string): string =>
  /^(.*?)(\.fifo|\.example\.com)?$/.exec(name)!.slice(1).join(`-${preset}`)

function named(title: string, topic: string, queue: string, text: string): Scenario {
  const drawn = design({
    nodes: {
      p: ['producer'],
      t: ['sns', { FifoTopic: true, DisplayName: text }],
      q: ['sqs', { FifoQueue: true, redriveAllow: 'byQueue', redriveAllowSources: text }],
    },
    wires: [
      ['p', 't'],
      ['t', 'q'],
    ],
  })
  const names: Readonly<Record<string, string>> = { t: topic, q: queue }
  return {
    ...drawn,
    title,
    nodes: drawn.nodes.map((node) => ({ ...node, name: names[node.id] ?? node.name })),
  }
}

test('a design of programs only has no template', async () => {
  const scenario = design({
    nodes: { p: ['producer'], c: ['consumer'] },
    wires: [['p', 'c']],
  })
  expect((await toCloudFormation(scenario)).yaml).toBeNull()
})

test('a part of a kind that this version does not know is said to be missing', async () => {
  const { notes } = await written(design({ nodes: { q: ['sqs'], x: ['quantum'] }, wires: [] }))
  expect(notes).toContain('Not in the template: x: This version does not know “quantum”.')
})

test('too many resources for one stack are told', async () => {
  const nodes = Object.fromEntries(
    Array.from({ length: 501 }, (_, at) => [`q${at}`, ['sqs'] as const]),
  )
  const { notes } = await written(design({ nodes, wires: [] }))
  expect(notes.join()).toContain('501 resources')
})

test('the command that deploys it asks for the parameters that have no value', async () => {
  const { yaml } = await toCloudFormation(
    design({
      nodes: { q: ['sqs'], group: ['autoscaling'], fleet: ['consumer'] },
      wires: [
        ['q', 'group'],
        ['group', 'fleet'],
      ],
    }),
  )
  expect(yaml).toContain(
    'CAPABILITY_IAM --parameter-overrides GroupLaunchTemplateId=VALUE GroupSubnets=VALUE\n',
  )
  const without = await toCloudFormation(design({ nodes: { q: ['sqs'] }, wires: [] }))
  expect(without.yaml).toContain('CAPABILITY_IAM\n')
})

test('a template that CloudFormation takes only from a bucket says so', async () => {
  const drawn = (count: number) => {
    const nodes = Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`queue-${at}`, ['sqs'] as const]),
    )
    return design({
      nodes: { t: ['sns'], ...nodes },
      wires: Object.keys(nodes).map((id) => ['t', id]),
    })
  }
  const saysSo = async (count: number): Promise<boolean> =>
    JSON.stringify((await toCloudFormation(drawn(count))).notes).includes('--s3-bucket')
  expect(await saysSo(10)).toBe(false)
  expect(await saysSo(100)).toBe(true)
})

test('programs outside learn where to send to and what to read from', async () => {
  const { template } = await written(
    design({
      nodes: { shop: ['producer'], orders: ['sqs'], workers: ['consumer'], alone: ['sqs'] },
      wires: [
        ['shop', 'orders'],
        ['orders', 'workers'],
      ],
    }),
  )
  expect(template.outputs).toEqual([
    { id: 'OrdersUrl', description: 'For shop, workers', value: { Ref: 'Orders' } },
  ])
})
