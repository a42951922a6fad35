/**
 * What the product records of a run (API log, hops, books, metrics), as one would first write it: an
 * object a record, in arrays that are cut when they grow too long. Only for comparison.
 */

/** As many of each as the product keeps. */
const KEPT = 65_536
const METRICS_KEPT = 3_600

export interface WatchedMessage {
  readonly id: number
  readonly text: string
  readonly sentAt: number
  readonly receives: number
}

interface LoggedCall {
  readonly at: number
  readonly from: string
  readonly to: string
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  readonly code: string
  readonly messages: readonly { id: number; receives: number; receipt: number; sentAt: number }[]
}

interface Hop {
  readonly wire: string
  readonly departAt: number
  readonly arriveAt: number
  readonly message: number
  readonly look: string
  readonly receives: number
}

/** The present numbers that are not sums. */
export interface Gauges {
  readonly visible: number
  readonly inFlight: number
  readonly busy: number
}

export class Watch {
  readonly log: LoggedCall[] = []
  readonly hops: Hop[] = []
  readonly metrics: Record<string, unknown>[] = []
  readonly counters: Record<string, Record<string, number>> = {
    source: { made: 0, sent: 0 },
    orders: {
      sent: 0,
      sentBytes: 0,
      received: 0,
      deleted: 0,
      timedOut: 0,
      movedOut: 0,
      expired: 0,
      emptyReceives: 0,
    },
    dead: { movedIn: 0 },
    workers: { received: 0, processed: 0, failed: 0, serviceTime: 0, latency: 0 },
  }

  count(node: string, counter: string, amount = 1): void {
    this.counters[node][counter] += amount
  }

  call(
    at: number,
    from: string,
    to: string,
    operation: string,
    input: Readonly<Record<string, unknown>>,
    message: WatchedMessage | null,
    receipt: number,
  ): void {
    const messages = message
      ? [{ id: message.id, receives: message.receives, receipt, sentAt: message.sentAt }]
      : []
    push(this.log, { at, from, to, operation, input, code: 'ok', messages }, KEPT)
  }

  hop(at: number, wire: string, look: string, { id, receives }: WatchedMessage): void {
    push(this.hops, { wire, departAt: at, arriveAt: at, message: id, look, receives }, KEPT)
  }

  sample(at: number, gauges: Gauges): void {
    for (const [node, counters] of Object.entries(this.counters)) {
      push(this.metrics, { at, node, ...counters, ...gauges }, 4 * METRICS_KEPT)
    }
  }

  /** Throws when the queue's book does not add up with what is `here`. */
  check(here: number): void {
    const { sent, deleted, movedOut, expired } = this.counters.orders
    if (sent !== deleted + movedOut + expired + here) throw new Error('the book does not add up')
  }
}

/** Cuts half off now and then, as taking out the first each time would move all the others. */
function push<T>(list: T[], item: T, kept: number): void {
  list.push(item)
  if (list.length >= 2 * kept) list.splice(0, kept)
}
