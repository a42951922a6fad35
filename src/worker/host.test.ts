import { describe, expect, it } from 'vitest'
import { US_PER_S } from '../base/units.ts'
import { emptyScenario, type Intervention, type Scenario } from '../scenario/scenario.ts'
import { kinds } from '../services/kinds.ts'
import { design } from '../services/lab.ts'
import { createHost } from './host.ts'
import type { FromWorker, Question, Saved } from './protocol.ts'

const call = (operation: string, input: Record<string, unknown>, atUs = 0): Intervention => ({
  atUs,
  type: 'call',
  service: 'sqs',
  operation,
  input,
})

const orders: Scenario = {
  ...emptyScenario(),
  nodes: [{ id: 'n1', kind: 'sqs', name: 'orders', x: 0, y: 0, config: {} }],
}

/** A host whose answers are kept. */
function started(scenario: Scenario, interventions: readonly Intervention[] = [], kept?: Saved) {
  const posted: FromWorker[] = []
  const handle = createHost(
    kinds,
    (message) => void posted.push(message),
    () => 0,
  )
  handle({ type: 'load', run: 1, scenario, interventions, ...(kept && { kept }) })
  const of = <T extends FromWorker['type']>(type: T) =>
    posted.filter((message): message is Extract<FromWorker, { type: T }> => message.type === type)
  return {
    of,
    intervene: (intervention: Intervention) => handle({ type: 'intervene', run: 1, intervention }),
    advance: (toUs: number) => handle({ type: 'advance', run: 1, toUs, wantDigests: false }),
    seek: (toUs: number) => handle({ type: 'seek', run: 1, toUs }),
    ask: (question: Question) => handle({ type: 'ask', run: 1, id: 1, question }),
  }
}

const namesIn = (message: { scenario?: Scenario } | undefined) =>
  message?.scenario?.nodes.map(({ name }) => name)

describe('the host', () => {
  it('answers a call, and tells the document that it made', () => {
    const { intervene, of } = started(orders)
    intervene(call('CreateQueue', { QueueName: 'fresh' }))
    expect(namesIn(of('intervened')[0])).toEqual(['orders', 'fresh'])
    expect(of('called')).toEqual([
      {
        type: 'called',
        run: 1,
        call: 0,
        answer: {
          output: { QueueUrl: 'https://sqs.us-east-1.amazonaws.com/000000000000/fresh' },
        },
      },
    ])
  })

  it('tells no document after a call that left it as it was, nor after an edit', () => {
    const { intervene, advance, of } = started(orders)
    intervene(call('SendMessage', { QueueUrl: 'orders', MessageBody: 'hi' }))
    const node = { ...orders.nodes[0], config: { DelaySeconds: 3 } }
    intervene({ atUs: 0, type: 'edit', diff: { nodes: { n1: node }, wires: {} } })
    advance(5)
    expect(of('intervened').map(namesIn)).toEqual([undefined, undefined])
    expect(namesIn(of('frame')[0])).toBeUndefined()
  })

  it("answers with AWS's error", () => {
    const { intervene, of } = started(orders)
    intervene(call('PurgeQueue', { QueueUrl: 'nothing' }))
    expect(of('called')[0].answer).toMatchObject({ error: { code: 'QueueDoesNotExist' } })
    expect(of('intervened')[0].error).toBeUndefined()
  })

  it('answers a long poll when its message comes, and others meanwhile', () => {
    const { intervene, advance, of } = started(orders)
    intervene(call('ReceiveMessage', { QueueUrl: 'orders', WaitTimeSeconds: 20 }))
    advance(2 * US_PER_S)
    intervene(call('ListQueues', {}))
    expect(of('called').map((one) => one.call)).toEqual([1])
    intervene(call('SendMessage', { QueueUrl: 'orders', MessageBody: 'late' }))
    advance(3 * US_PER_S)
    expect(of('called').map((one) => one.call)).toEqual([1, 0, 2])
    expect(of('called')[1].answer).toMatchObject({ output: { Messages: [{ Body: 'late' }] } })
  })

  it('a frame that replays calls carries the document after them', () => {
    const { advance, of } = started(orders, [
      call('CreateQueue', { QueueName: 'fresh' }, 2 * US_PER_S),
      call('DeleteQueue', { QueueUrl: 'orders' }, 4 * US_PER_S),
    ])
    advance(US_PER_S)
    advance(3 * US_PER_S)
    advance(5 * US_PER_S)
    advance(6 * US_PER_S)
    expect(of('frame').map(namesIn)).toEqual([undefined, ['orders', 'fresh'], ['fresh'], undefined])
    expect(of('called')).toEqual([])
  })

  it('hands a snapshot over in a long run, and another host goes on from it as the same run', () => {
    const busy = design({
      seed: 3,
      network: 'realistic',
      nodes: {
        shop: ['producer', { pattern: 'poisson', ratePerSecond: 2_000 }],
        orders: ['sqs', { duplicateChance: 0.01 }],
        workers: ['consumer', { instances: 40, serviceTimeMs: 10, failureChance: 0.01 }],
      },
      wires: [
        ['shop', 'orders'],
        ['orders', 'workers'],
      ],
    })
    const crash: Intervention = {
      atUs: US_PER_S,
      type: 'action',
      node: 'workers',
      action: 'crashOne',
      args: {},
    }
    const first = started(busy, [crash])
    let toS = 0
    while (first.of('kept').length === 0) first.advance(++toS * US_PER_S)
    const [{ saved }] = first.of('kept')
    const untilUs = (toS + 3) * US_PER_S
    first.seek(untilUs)

    const second = started(busy, [crash], structuredClone(saved))
    second.seek(untilUs)
    expect(second.of('frame')).toHaveLength(1)
    const log: Question = { about: 'log', before: 0, limit: 200, filter: {} }
    for (const host of [first, second]) {
      host.ask(log)
      host.ask({ about: 'totals' })
    }
    expect(second.of('answer')).toEqual(first.of('answer'))
    // It did not go through what came before: of that the log knows nothing yet.
    const rowsBefore = (host: typeof first) => {
      host.ask({ about: 'log', before: saved.records.rows, limit: 1, filter: {} })
      const { answer } = host.of('answer').at(-1)!
      return answer.about === 'log' ? answer.rows.length : -1
    }
    expect([rowsBefore(first), rowsBefore(second)]).toEqual([1, 0])
    // But for the marks, which are what is new since the last frame.
    const picture = (host: typeof first) => ({ ...host.of('frame').at(-1)!.frame, marks: [] })
    expect(picture(second)).toEqual(picture(first))

    // What came before is a way back too, from the beginning.
    second.seek(US_PER_S / 2)
    first.seek(US_PER_S / 2)
    expect(picture(second)).toEqual(picture(first))
  })
})
