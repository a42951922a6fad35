/** Each built-in scenario opens, and shows what it says it shows. */
import { beforeAll, describe, expect, test } from 'vitest'
import { US_PER_MINUTE, US_PER_S } from '../base/units.ts'
import { Simulation } from '../engine/simulation.ts'
import { logEntry } from '../engine/views.ts'
import { totalsOf } from '../engine/totals.ts'
import { parse } from '../scenario/parse.ts'
import { connectionOf, schemas } from '../services/schemas.ts'
import { kinds } from '../services/kinds.ts'
import { refusedWire } from '../services/wireAccess.ts'
import { documentChecks } from '../services/validate.ts'
import { gallery } from './gallery.ts'
import { prepare } from '../engine/prepare.ts'

beforeAll(() => prepare(kinds, schemas.keys()) ?? undefined)

const begin = (id: string): Simulation =>
  new Simulation(gallery.find((entry) => entry.id === id)!.scenario, [], kinds)

/** Books by node's name, after so much simulated time. */
function booksAfter(id: string, us: number): Record<string, Record<string, number>> {
  const sim = begin(id)
  sim.advance(us)
  return booksOf(sim)
}

function booksOf(sim: Simulation): Record<string, Record<string, number>> {
  const { nodes, invariants } = totalsOf(sim)
  expect(invariants.broken).toEqual([])
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, node.totals]))
}

/** Messages of a queue that are not deleted or moved. */
const left = (queue: Record<string, number>): number =>
  queue.sent + queue.movedIn - queue.deleted - queue.movedOut

describe.each(gallery.map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
  test('is a document that opens', () => {
    const opened = parse(JSON.parse(JSON.stringify(entry.scenario)), documentChecks)
    expect(opened).toEqual({
      ok: true,
      document: { scenario: entry.scenario, interventions: [] },
    })
  })

  test('what it is compared with opens, and has the same producers', () => {
    const { scenario, reference } = entry
    if (!reference) return
    expect(parse(JSON.parse(JSON.stringify(reference)), documentChecks).ok).toBe(true)
    const producers = (nodes: typeof scenario.nodes) =>
      nodes.filter(({ kind }) => kind === 'producer')
    expect(producers(reference.nodes)).toEqual(producers(scenario.nodes))
    expect(reference.seed).toBe(scenario.seed)
  })

  test('has parts that may be connected like this, on the grid and apart from each other', () => {
    const { nodes, wires } = entry.scenario
    const byId = new Map(nodes.map((node) => [node.id, node]))
    for (const { from, to } of wires) {
      expect(connectionOf(byId.get(from)!, byId.get(to)!).ok, `${from} to ${to}`).toBe(true)
    }
    for (const node of nodes) {
      const { fields, name } = schemas.get(node.kind)!
      expect(node.name).toMatch(name.pattern)
      expect([node.x % 20, node.y % 20]).toEqual([0, 0])
      const known = fields.map((field) => field.id)
      expect(Object.keys(node.config).filter((key) => !known.includes(key))).toEqual([])
      expect(nodes.filter((other) => overlap(node, other))).toEqual([node])
    }
  })
})

function overlap(
  a: (typeof gallery)[0]['scenario']['nodes'][0],
  b: (typeof gallery)[0]['scenario']['nodes'][0],
): boolean {
  const sizeA = schemas.get(a.kind)!.size
  const sizeB = schemas.get(b.kind)!.size
  return (
    a.x < b.x + sizeB.width &&
    b.x < a.x + sizeA.width &&
    a.y < b.y + sizeB.height &&
    b.y < a.y + sizeA.height
  )
}

test('ids and titles are unique', () => {
  expect(new Set(gallery.map(({ id }) => id)).size).toBe(gallery.length)
  expect(new Set(gallery.map(({ title }) => title)).size).toBe(gallery.length)
})

test('encoder: 990 of 1 000 fail when called directly, all are processed from the queue', () => {
  const books = booksAfter('encoder', 120 * US_PER_MINUTE)
  expect(books['uploads-direct']).toMatchObject({ made: 1000, sent: 10, failed: 990, retried: 0 })
  expect(books['encoder-direct']).toMatchObject({ processed: 10, refused: 990 })
  expect(books['uploads-queued']).toMatchObject({ made: 1000, sent: 1000, failed: 0 })
  expect(books['encoder-queued']).toMatchObject({ received: 1000, processed: 1000, failed: 0 })
  expect(books.videos).toMatchObject({ sent: 1000, deleted: 1000 })
})

test('encoder: the peak takes 100 minutes to work off', () => {
  const sim = begin('encoder')
  sim.advance(100 * US_PER_MINUTE)
  expect(booksOf(sim)['encoder-queued'].processed).toBeLessThan(1000)
  sim.advance(103 * US_PER_MINUTE)
  expect(booksOf(sim)['encoder-queued'].processed).toBe(1000)
})

test('competing consumers: each order goes to exactly one, the fast worker does most', () => {
  const books = booksAfter('competing-consumers', 20 * US_PER_MINUTE)
  const workers = ['fast-worker', 'steady-worker', 'slow-worker'].map((name) => books[name])
  const received = workers.reduce((sum, worker) => sum + worker.received, 0)
  expect(books.orders.sent).toBeGreaterThan(1000)
  expect(books.orders.received - received).toBeLessThanOrEqual(3)
  expect(left(books.orders)).toBeLessThan(30)
  const [fast, steady, slow] = workers.map((worker) => worker.processed)
  expect(fast).toBeGreaterThan(steady)
  expect(steady).toBeGreaterThan(slow)
  expect(slow).toBeGreaterThan(0)
})

test('visibility timeout: too short does the work again, long enough does it once', () => {
  const books = booksAfter('visibility-timeout-too-short', 10 * US_PER_MINUTE)
  expect(books['invoices-short'].sent).toBe(20)
  expect(books['printers-short'].processed).toBeGreaterThan(5 * 20)
  expect(left(books['timeout-4s']), 'some are never deleted: FACTS 2.2').toBeGreaterThan(0)
  expect(books['timeout-30s']).toMatchObject({ sent: 20, received: 20, deleted: 20 })
  expect(books['printers-long'].processed).toBe(20)
})

test('poison message: after three receives it is in the dead-letter queue, all others are done', () => {
  const sim = begin('poison-message-and-dlq')
  sim.advance(5 * US_PER_MINUTE)
  const books = booksOf(sim)
  const { messages } = sim.world
  const bodies = Array.from(messages.serial.subarray(0, messages.top).entries())
    .filter(([, serial]) => serial > 0)
    .map(([slot]) => JSON.parse(sim.contentOf(slot).body) as { amount: number })
  const poison = books['orders-dlq'].movedIn
  expect(poison).toBeGreaterThan(1)
  expect(bodies).toHaveLength(poison)
  expect(bodies.every(({ amount }) => amount < 0)).toBe(true)
  expect(books.orders).toMatchObject({ sent: 60, movedOut: poison, deleted: 60 - poison })
  expect(books['order-workers']).toMatchObject({ processed: 60 - poison, failed: 3 * poison })
})

test('polling: long polling brings as much with a small part of the empty receives', () => {
  const books = booksAfter('long-versus-short-polling', 20 * US_PER_MINUTE)
  expect(books['short-polled'].emptyReceives).toBeGreaterThan(2000)
  expect(books['long-polled'].emptyReceives).toBeLessThan(60)
  for (const [queue, reader] of [
    ['short-polled', 'reader-short'],
    ['long-polled', 'reader-long'],
  ]) {
    expect(books[queue].sent).toBeGreaterThan(200)
    expect(books[queue].sent - books[reader].processed).toBeLessThan(5)
  }
})

test('priority: gold is taken before silver', () => {
  const sim = begin('priority-by-two-queues')
  let books = booksOf(sim)
  for (let s = 1; books.gold === undefined || books.gold.received < 8; s++) {
    sim.advance(s * US_PER_S)
    books = booksOf(sim)
    expect(s).toBeLessThan(30)
  }
  // The two workers were waiting at the silver queue when both bursts came.
  expect(books.silver.received).toBe(2)
  sim.advance(10 * US_PER_MINUTE)
  books = booksOf(sim)
  expect(books.gold.sent - books.gold.deleted).toBeLessThanOrEqual(8)
  expect(books.silver.sent - books.silver.deleted).toBeLessThanOrEqual(16)
})

test('FIFO groups: every account in order, several at the same time; one group is one worker', () => {
  const sim = begin('fifo-groups')
  let several = 0
  for (let s = 1; s <= 600; s++) {
    sim.advance(s * US_PER_S)
    const busy = (name: string) => {
      const { index } = sim.world.nodes.find((node) => node.name === name)!
      return sim.behaviours[index]!.digest(sim, index).figures.busy
    }
    if (busy('account-workers') > 1) several++
    expect(busy('waiting-workers')).toBeLessThanOrEqual(1)
  }
  expect(several).toBeGreaterThan(300)
  const books = booksOf(sim)
  expect(left(books['accounts.fifo'])).toBeLessThan(60)
  expect(left(books['one-group.fifo'])).toBeGreaterThan(300)
  expect(books['account-workers'].processed).toBeGreaterThan(800)
  for (const orders of ordersOfReceives(sim, 'accounts.fifo').values()) {
    expect(orders.length).toBeGreaterThan(100)
    expect(orders).toEqual([...orders].sort((a, b) => a - b))
  }
})

/** Ordinals of the messages in the order they were received, by their key. */
function ordersOfReceives(
  sim: Simulation,
  queue: string,
  key = 'account',
  order = 'change',
): Map<string, number[]> {
  const orders = new Map<string, number[]>()
  const { rows } = sim.records.log
  for (let row = 0; row < rows; row++) {
    const entry = logEntry(sim, row)
    if (entry?.row.operation !== 'ReceiveMessage' || entry.row.to !== queue) continue
    const { Messages = [] } = entry.response as { Messages?: { Body: string }[] }
    for (const { Body } of Messages) {
      const words = JSON.parse(Body) as Record<string, string | number>
      const account = String(words[key])
      orders.set(account, [...(orders.get(account) ?? []), Number(words[order])])
    }
  }
  return orders
}

test('duplicate sends: paid twice from a standard queue, once from a FIFO queue', () => {
  const books = booksAfter('duplicate-sends', 4 * US_PER_MINUTE)
  const twice = books['shop-standard'].made - 60
  expect(twice).toBeGreaterThan(5)
  expect(books['cashier-standard'].processed).toBe(60 + twice)
  const again = books['shop-fifo'].made - 60
  expect(again).toBeGreaterThan(5)
  expect(books['shop-fifo']).toMatchObject({ sent: 60 + again, failed: 0 })
  expect(books['payments.fifo']).toMatchObject({ sent: 60, deduplicated: again, deleted: 60 })
  expect(books['cashier-fifo'].processed).toBe(60)
})

test('auto scaling: the fleet grows with the backlog and shrinks when it is gone', () => {
  const sim = begin('auto-scaling-on-backlog')
  const groupSize = () => {
    const { index } = sim.world.nodes.find((node) => node.name === 'workers-asg')!
    return sim.behaviours[index]!.digest(sim, index).figures.desired
  }
  const sizes: number[] = []
  for (let minute = 1; minute <= 60; minute++) {
    sim.advance(minute * US_PER_MINUTE)
    sizes.push(groupSize())
  }
  expect(sizes.slice(0, 2)).toEqual([1, 1])
  expect(Math.max(...sizes.slice(0, 15))).toBe(10)
  expect(Math.min(...sizes.slice(20, 50))).toBeLessThan(5)
  expect(booksOf(sim)['backlog-alarm'].toAlarm).toBeGreaterThan(0)
})

test('fan-out: every order reaches each of the three teams once, and a slow one holds up nobody', () => {
  const books = booksAfter('fan-out', 3 * US_PER_MINUTE)
  const { published } = books['order-placed']
  expect(published).toBeGreaterThan(120)
  expect(books['order-placed'].copied).toBe(3 * published)
  expect(left(books.shipping)).toBeLessThan(10)
  expect(left(books.billing)).toBeLessThan(10)
  expect(left(books.analytics)).toBeGreaterThan(50)
})

test('filters: refunds, large orders and everything go their ways', () => {
  const books = booksAfter('filter-policies', 3 * US_PER_MINUTE)
  const { published, filteredOutMessageBody } = books.events
  const [refunds, large] = [books.refunds.sent, books['large-orders'].sent]
  expect(books.archive.sent).toBeGreaterThan(published - 5)
  expect(refunds).toBeGreaterThan(published / 6)
  expect(large).toBeGreaterThan(published / 15)
  expect(filteredOutMessageBody).toBeGreaterThan(2 * published - refunds - large - 5)
})

test('FIFO fan-out: order holds in the FIFO queue and not in the standard one', () => {
  const sim = begin('fifo-fan-out')
  sim.advance(3 * US_PER_MINUTE)
  expect(booksOf(sim)['changes.fifo'].failed).toBe(0)
  const isInOrder = (queue: string): boolean =>
    [...ordersOfReceives(sim, queue, 'customer', 'order').values()].every((orders) =>
      orders.every((order, n) => n === 0 || orders[n - 1] <= order),
    )
  expect(isInOrder('ledger.fifo')).toBe(true)
  expect(isInOrder('reports')).toBe(false)
})

test('cross account: the partner is refused until the statement that its wire shows is put in', () => {
  const sim = begin('refused-cross-account')
  sim.advance(30 * US_PER_S)
  const before = booksOf(sim)
  expect(before.partner).toMatchObject({ sent: 0 })
  expect(before.partner.failed).toBeGreaterThan(10)
  expect(before.orders.accessDenied).toBeGreaterThan(10)
  expect(before.shop.failed).toBe(0)
  const { nodes } = sim.world.scenario
  const [partner, orders] = ['partner', 'orders'].map((id) => nodes.find((n) => n.id === id)!)
  const { remedy } = refusedWire(partner, orders)!
  const config = { ...orders.config, Policy: remedy! }
  sim.edit({ nodes: { orders: { ...orders, config } }, wires: {} })
  sim.advance(60 * US_PER_S)
  const after = booksOf(sim)
  expect(after.partner.sent).toBeGreaterThan(10)
  expect(after.partner.failed - before.partner.failed).toBeLessThanOrEqual(1)
})

test('noisy tenant: with group ids only the noisy one waits', () => {
  const sim = begin('noisy-tenant-fair-queue')
  sim.advance(5 * US_PER_MINUTE)
  booksOf(sim)
  const waiting = (queue: string) => {
    const index = sim.world.nodes.findIndex(({ name }) => name === queue)
    const { slots, total } = sim.behaviours[index]!.page!(sim, index, 'visible', 0, 100_000)
    const quiet = slots.filter((slot) => !sim.contentOf(slot).body.includes('"tenant":"key-1"'))
    return { total, quiet: quiet.length }
  }
  const [plain, fair] = [waiting('plain-queue'), waiting('fair-queue')]
  expect(plain.total).toBeGreaterThan(200)
  expect(fair.total).toBeGreaterThan(200)
  expect(plain.quiet).toBeGreaterThan(plain.total / 10)
  expect(fair.quiet).toBeLessThan(plain.quiet / 4)
})

test('redrive after a fix: everything comes back and is processed', () => {
  const sim = begin('redrive-after-fix')
  sim.advance(60 * US_PER_S)
  expect(booksOf(sim)['order-workers'].processed).toBe(0)
  expect(left(booksOf(sim)['orders-dlq'])).toBe(30)
  const workers = sim.world.scenario.nodes.find(({ id }) => id === 'order-workers')!
  const fixed = { ...workers, config: { ...workers.config, failureChance: 0 } }
  sim.intervene({ type: 'edit', atUs: 0, diff: { nodes: { [workers.id]: fixed }, wires: {} } })
  sim.intervene({ type: 'action', atUs: 0, node: 'orders-dlq', action: 'redrive', args: {} })
  sim.advance(120 * US_PER_S)
  const books = booksOf(sim)
  expect(books['order-workers'].processed).toBe(30)
  expect([left(books.orders), left(books['orders-dlq'])]).toEqual([0, 0])
})

test('webhook retries: what runs out of retries is dead-lettered, the mailbox misses nothing', () => {
  const books = booksAfter('webhook-retries', 5 * US_PER_MINUTE)
  const { published, redriven, failed } = books['order-events']
  expect(redriven).toBeGreaterThan(2)
  expect(failed).toBe(0)
  expect(books['partner-dlq'].sent).toBe(redriven)
  // One more at each: the request to confirm.
  expect(books.partner.accepted - 1 + redriven).toBeGreaterThanOrEqual(published - 1)
  expect(books.support.accepted - 1).toBeGreaterThanOrEqual(published - 1)
})

test('mobile push: every goal reaches both fans, every code one app', () => {
  const books = booksAfter('mobile-push', 2 * US_PER_MINUTE)
  expect(books['fan-app'].accepted).toBeGreaterThan(55)
  expect(books.match).toMatchObject({ failed: 0, filteredOut: 0 })
  expect(books['bank-app'].accepted).toBeGreaterThan(30)
})

test('S3 fan-out: every image is told to three queues, nothing else is', () => {
  const books = booksAfter('s3-event-fan-out', 2 * US_PER_MINUTE)
  const { published, failed } = books['new-image']
  expect(published).toBeGreaterThan(40)
  expect(books.uploads.put).toBeGreaterThan(published + 10)
  expect(failed + books.uploads.eventsLost).toBe(0)
  for (const queue of ['thumbnails', 'moderation', 'index']) {
    expect(published - books[queue].sent).toBeLessThanOrEqual(1)
  }
})

/** Books of A and of B. */
function variantsAfter(id: string, us: number) {
  const { scenario, reference } = gallery.find((entry) => entry.id === id)!
  return [reference!, scenario].map((variant) => {
    const sim = new Simulation(variant, [], kinds)
    sim.advance(us)
    return booksOf(sim)
  })
}

test('timeouts compared: the short one prints twice, the long one lets crashed work wait', () => {
  const [a, b] = variantsAfter('compare-visibility-timeouts', 5 * US_PER_MINUTE)
  expect(a.invoices.sent).toBe(40)
  expect(b.invoices.sent).toBe(40)
  expect(a.printers.processed).toBeGreaterThan(50)
  expect(b.printers.processed).toBeLessThan(44)
})

test('standard and FIFO compared: order and once cost workers', () => {
  const [a, b] = variantsAfter('compare-standard-and-fifo', US_PER_MINUTE)
  expect(a.sales.duplicates).toBeGreaterThan(0)
  expect(b['sales.fifo'].duplicates).toBe(0)
  expect(a.ledger.processed).toBeGreaterThanOrEqual(120)
  expect(b.ledger.processed).toBeLessThan(110)
})

test('SES or SNS: customers get their own mail, subscribers all that they confirmed, and bounces are told', () => {
  const books = booksAfter('ses-or-sns', 5 * US_PER_MINUTE)
  const ses = books['shop.example.com']
  expect(ses.bounced).toBeGreaterThan(0)
  expect(books.bounced.sent).toBe(ses.bounced)
  expect(books.ann.accepted + books.bob.accepted).toBe(ses.delivered)
  expect(books['new-orders'].published).toBeGreaterThan(20)
  expect(books.warehouse.accepted).toBeGreaterThan(20)
  expect(books['new-colleague'].accepted).toBe(1)
  expect(books['open-ticket'].Invocations).toBe(books.mails.put)
})

test('An alarm that reaches people: one topic lets CloudWatch in, the other does not', () => {
  const books = booksAfter('alarm-by-mail', 2 * US_PER_MINUTE)
  expect(books.backlog).toMatchObject({ toAlarm: 1, actions: 2, actionsFailed: 1 })
  expect([books['on-call'].accepted, books.phone.accepted]).toEqual([2, 1])
  expect(books.manager.accepted).toBe(1)
})

test('claim check: bodies are fetched and deleted; who does not know of them leaves them behind', () => {
  const sim = begin('claim-check')
  sim.advance(5 * US_PER_MINUTE)
  const books = booksOf(sim)
  const orphaned = (name: string) => {
    const { index } = sim.world.nodes.find((node) => node.name === name)!
    return sim.behaviours[index]!.digest(sim, index).figures.orphaned
  }
  expect(books.cameras).toMatchObject({ failed: 0 })
  expect(books.cameras.stored).toBeGreaterThan(150)
  expect(books['clip-bodies'].put - books['clip-bodies'].deleted).toBeLessThan(30)
  expect(orphaned('clip-bodies')).toBe(0)
  expect(books['unaware-encoders'].processed).toBeGreaterThan(150)
  expect(orphaned('clip-bodies-2')).toBeGreaterThan(150)
  expect(books['clip-bodies-2'].deleted).toBe(0)
})

test('request and response: each shop gets its own replies, some too late', () => {
  const sim = begin('request-response')
  sim.advance(10 * US_PER_MINUTE)
  const books = booksOf(sim)
  for (const shop of ['web-shop', 'partner-shop']) {
    const { requests, replied, timedOut, orphanedReplies, failed } = books[shop]
    expect(replied).toBeGreaterThan(0.85 * requests)
    expect(timedOut).toBeGreaterThan(0)
    expect(orphanedReplies).toBeGreaterThan(0)
    expect(orphanedReplies).toBeLessThanOrEqual(timedOut)
    expect(failed).toBe(0)
  }
  expect(books['price-service'].failed).toBe(0)
})
