/** For tests: a few queues, and AWS's API to talk to them. */
import { Simulation } from '../../engine/simulation.ts'
import { fromSeconds } from '../../base/units.ts'
import type { ApiError } from '../../engine/calls.ts'
import type { Config, Scenario, ScenarioSettings } from '../../scenario/scenario.ts'
import { DEFAULT_SETTINGS, emptyScenario } from '../../scenario/scenario.ts'
import { kinds } from '../kinds.ts'
import { totalsOf } from '../../engine/totals.ts'

export interface Received {
  readonly MessageId: string
  readonly ReceiptHandle: string
  readonly Body: string
  readonly MD5OfBody: string
  readonly Attributes?: Readonly<Record<string, string>>
  readonly MD5OfMessageAttributes?: string
  readonly MessageAttributes?: Readonly<Record<string, unknown>>
}

/** A queue without chance: exact tests need one. */
const CERTAIN: Config = { duplicateChance: 0, reorderChance: 0, servers: 1 }

interface Drawn {
  readonly queues: Readonly<Record<string, Config>>
  /** Source queue to [dead-letter queue, maxReceiveCount]. */
  readonly redrive?: Readonly<Record<string, readonly [string, number]>>
  readonly settings?: Partial<ScenarioSettings>
  readonly seed?: number
}

/** Queues by name, on an instant network unless `settings` say otherwise. */
export function draw({ queues, redrive = {}, settings, seed = 1 }: Drawn): Scenario {
  return {
    ...emptyScenario('test'),
    seed,
    settings: { ...DEFAULT_SETTINGS, network: 'instant', ...settings },
    nodes: Object.entries(queues).map(([name, config], index) => ({
      id: `id-${name}`,
      kind: 'sqs',
      name,
      x: index * 300,
      y: 0,
      config: { ...CERTAIN, ...config },
    })),
    wires: Object.entries(redrive).map(([from, [to, maxReceiveCount]]) => ({
      id: `redrive-${from}`,
      from: `id-${from}`,
      to: `id-${to}`,
      config: { maxReceiveCount },
    })),
  }
}

export class Testbed {
  readonly sim: Simulation

  constructor(drawn: Drawn) {
    this.sim = new Simulation(draw(drawn), [], kinds)
  }

  /** An API call; the answer, or AWS's error. Undefined while a long poll waits. */
  ask(operation: string, input: Readonly<Record<string, unknown>>): unknown {
    const ticket = this.sim.callFromOutside('sqs', operation, input)
    return ticket.error ?? ticket.output
  }

  /** The same, for calls that must succeed. */
  call<T = Record<string, unknown>>(
    operation: string,
    input: Readonly<Record<string, unknown>>,
  ): T {
    const ticket = this.sim.callFromOutside('sqs', operation, input)
    if (ticket.error) throw new Error(`${ticket.error.code}: ${ticket.error.message}`)
    return ticket.output as T
  }

  /** The same, for calls that must be refused. */
  refusal(operation: string, input: Readonly<Record<string, unknown>>): ApiError {
    const ticket = this.sim.callFromOutside('sqs', operation, input)
    if (!ticket.error) throw new Error(`${operation} was not refused`)
    return ticket.error
  }

  send(queue: string, body: string, more: Readonly<Record<string, unknown>> = {}): string {
    const sent = this.call<{ MessageId: string }>('SendMessage', {
      QueueUrl: queue,
      MessageBody: body,
      ...more,
    })
    return sent.MessageId
  }

  /** A short poll for at most ten messages, all attributes asked for. */
  receive(queue: string, more: Readonly<Record<string, unknown>> = {}): readonly Received[] {
    const answer = this.call<{ Messages?: readonly Received[] }>('ReceiveMessage', {
      QueueUrl: queue,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
      ...more,
    })
    return answer.Messages ?? []
  }

  /** Bodies of what a short poll brings. */
  bodies(queue: string, more: Readonly<Record<string, unknown>> = {}): readonly string[] {
    return this.receive(queue, more).map((message) => message.Body)
  }

  delete(queue: string, ReceiptHandle: string): void {
    this.call('DeleteMessage', { QueueUrl: queue, ReceiptHandle })
  }

  /** Lets simulated time pass. */
  wait(seconds: number): void {
    this.sim.advance(this.sim.nowUs + fromSeconds(seconds))
  }

  index(queue: string): number {
    return this.sim.world.nodes.findIndex((node) => node.alive && node.name === queue)
  }

  /** Visible, in flight and delayed messages. */
  counts(queue: string): readonly number[] {
    const { figures } = this.digest(queue)
    return [figures.visible, figures.inFlight, figures.delayed]
  }

  digest(queue: string) {
    const index = this.index(queue)
    return this.sim.behaviours[index]!.digest(this.sim, index)
  }

  /** Books of a queue. Throws when any book of the world does not add up. */
  books(queue: string): Readonly<Record<string, number>> {
    const totals = totalsOf(this.sim)
    if (!totals.invariants.ok) throw new Error(totals.invariants.broken.join('; '))
    return totals.nodes[queue].totals
  }
}
