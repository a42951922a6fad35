/**
 * The model of ENGINE.md part 2 (SQS-1) as one would first write it: an object a message, a closure
 * an event, every timer in one heap. Only for comparison; same parameters as `product.ts`. Bare, or
 * watched: with the API log, hops, books and metrics that the product keeps.
 */
import { Watch, type WatchedMessage } from './naiveWatch.ts'

interface Entry {
  at: number
  order: number
  run: () => void
}

class Heap {
  private readonly entries: Entry[] = []

  get size(): number {
    return this.entries.length
  }

  push(entry: Entry): void {
    const { entries } = this
    entries.push(entry)
    let place = entries.length - 1
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (this.compare(entries[parent], entry) <= 0) break
      entries[place] = entries[parent]
      place = parent
    }
    entries[place] = entry
  }

  pop(): Entry {
    const { entries } = this
    const first = entries[0]
    const last = entries.pop()!
    if (entries.length === 0) return first
    let place = 0
    for (;;) {
      let child = place * 2 + 1
      if (child >= entries.length) break
      if (child + 1 < entries.length && this.compare(entries[child + 1], entries[child]) < 0)
        child++
      if (this.compare(last, entries[child]) <= 0) break
      entries[place] = entries[child]
      place = child
    }
    entries[place] = last
    return first
  }

  private compare(a: Entry, b: Entry): number {
    return a.at - b.at || a.order - b.order
  }
}

interface Message extends WatchedMessage {
  body: { order: number; poison: boolean }
  receives: number
  receipt: number
  deleted: boolean
}

/** Small seeded generator, so that runs repeat. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 4294967296
  }
}

export interface NaiveResult {
  readonly processed: number
  readonly deadLettered: number
}

const CUSTOMERS = 100

/** Runs until `count` messages were sent and served. */
export function runNaive(count: number, seed: number, watched = false): NaiveResult {
  const watch = watched ? new Watch() : null
  const heap = new Heap()
  const chance = random(seed)
  const exponential = (mean: number): number => -Math.log(chance()) * mean
  let now = 0
  let order = 0
  const after = (delay: number, run: () => void): void =>
    heap.push({ at: now + delay, order: order++, run })

  const ready: Message[] = []
  let readyHead = 0
  const dead: Message[] = []
  const waiters: ((message: Message, receipt: number) => void)[] = []
  let receipts = 0
  let processed = 0
  let busy = 0
  /** Messages in the queue, whatever their state. */
  let here = 0

  const makeVisible = (message: Message): void => {
    ready.push(message)
    serve()
  }
  const serve = (): void => {
    while (waiters.length > 0 && readyHead < ready.length) {
      const message = ready[readyHead++]
      if (readyHead > 10_000) {
        ready.splice(0, readyHead)
        readyHead = 0
      }
      if (message.deleted) continue
      if (message.receives >= 3) {
        dead.push(message)
        message.deleted = true
        here--
        watch?.count('orders', 'movedOut')
        watch?.count('dead', 'movedIn')
        watch?.hop(now, 'w3', 'deadLettered', message)
        continue
      }
      message.receives++
      const receipt = ++receipts
      message.receipt = receipt
      after(2, () => {
        if (message.deleted || message.receipt !== receipt) return
        if (watch) {
          watch.count('orders', 'timedOut')
          watch.call(now, 'orders', 'orders', '(visibility timeout expired)', {}, message, receipt)
        }
        makeVisible(message)
      })
      if (watch) {
        watch.count('orders', 'received')
        watch.count('workers', 'received')
        const input = { MaxNumberOfMessages: 1, WaitTimeSeconds: 20 }
        watch.call(now, 'workers', 'orders', 'ReceiveMessage', input, message, receipt)
        watch.hop(now, 'w2', message.receives > 1 ? 'again' : 'message', message)
      }
      waiters.shift()!(message, receipt)
    }
  }
  const receive = (answer: (message: Message | null, receipt: number) => void): void => {
    let done = false
    const waiter = (message: Message, receipt: number): void => {
      done = true
      answer(message, receipt)
    }
    waiters.push(waiter)
    after(20, () => {
      if (done) return
      waiters.splice(waiters.indexOf(waiter), 1)
      watch?.count('orders', 'emptyReceives')
      watch?.call(now, 'workers', 'orders', 'ReceiveMessage', {}, null, 0)
      answer(null, 0)
    })
    serve()
  }
  const consume = (): void =>
    receive((message, receipt) => {
      if (!message) return consume()
      busy++
      const serviceTime = exponential(0.008)
      after(serviceTime, () => {
        busy--
        if (!message.body.poison && message.receipt === receipt) {
          message.deleted = true
          processed++
          here--
          if (watch) {
            watch.count('workers', 'processed')
            watch.count('workers', 'serviceTime', serviceTime)
            watch.count('workers', 'latency', now - message.sentAt)
            watch.count('orders', 'deleted')
            const input = { ReceiptHandle: receipt }
            watch.call(now, 'workers', 'orders', 'DeleteMessage', input, message, receipt)
            watch.hop(now, 'w2', 'ack', message)
          }
        } else {
          watch?.count('workers', 'failed')
        }
        consume()
      })
    })
  let sent = 0
  const produce = (): void => {
    const message: Message = {
      id: sent,
      text: watch ? textOf(sent, chance) : '',
      body: { order: sent, poison: chance() < 0.01 },
      sentAt: now,
      receives: 0,
      receipt: 0,
      deleted: false,
    }
    sent++
    here++
    if (watch) {
      watch.count('source', 'made')
      watch.count('source', 'sent')
      watch.count('orders', 'sent')
      watch.count('orders', 'sentBytes', message.text.length)
      const input = { MessageBody: message.text }
      watch.call(now, 'source', 'orders', 'SendMessage', input, message, 0)
      watch.hop(now, 'w1', 'message', message)
    }
    after(60, () => {
      if (message.deleted) return
      message.deleted = true
      here--
      watch?.count('orders', 'expired')
    })
    makeVisible(message)
    if (sent < count) after(exponential(0.001), produce)
  }

  const sample = (): void => {
    const visible = ready.length - readyHead
    watch!.sample(now, { visible, inFlight: here - visible, busy })
    after(1, sample)
  }

  if (watch) after(1, sample)
  for (let n = 0; n < 10; n++) consume()
  after(exponential(0.001), produce)
  const end = count / 1000 + 10
  while (heap.size > 0) {
    const entry = heap.pop()
    if (entry.at > end) break
    now = entry.at
    entry.run()
  }
  watch?.check(here)
  return { processed, deadLettered: dead.length }
}

/** The words that the product's producer makes by default. */
const textOf = (order: number, chance: () => number): string =>
  JSON.stringify({
    order,
    amount: 1 + Math.floor(chance() * 500),
    customer: `key-${1 + Math.floor(chance() * CUSTOMERS)}`,
  })
