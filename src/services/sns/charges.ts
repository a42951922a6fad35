/** What AWS bills for a topic: publishes, and deliveries by protocol (FACTS 16). */
import type { Charge, Price } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { meteredBy } from '../metered.ts'
import { BYTES_PER_GB, PRICES, charge } from '../prices.ts'
import { COUNTER } from './books.ts'
import { isFifo } from './schema.ts'

/** What FIFO topics are sent has a price by the GB instead. */
export const metered = meteredBy(
  COUNTER.billedPublishes,
  (sim, node) => !isFifo(sim.world.nodes[node]),
)

/** Protocols whose deliveries are not free. SMS have a price by country, of which there is none here. */
const PRICED: Readonly<Record<string, number | undefined>> = {
  http: COUNTER.deliveredToWeb,
  https: COUNTER.deliveredToWeb,
  application: COUNTER.deliveredToApps,
  email: COUNTER.deliveredByMail,
  'email-json': COUNTER.deliveredByMail,
  firehose: COUNTER.deliveredToFirehose,
}

/** A delivery that succeeded. */
export function countPriced(sim: Simulation, node: number, protocol: string): void {
  const counter = PRICED[protocol]
  if (counter !== undefined) sim.world.nodes[node].counters[counter]++
}

export const charges = (sim: Simulation, node: number): readonly Charge[] =>
  isFifo(sim.world.nodes[node]) ? ofFifo(sim, node) : ofStandard(sim, node)

const FREE =
  'Deliveries to queues and functions cost nothing here, but what they set off there does. SMS have a price by country, which is not counted.'

function ofStandard(sim: Simulation, node: number): readonly Charge[] {
  const { counters } = sim.world.nodes[node]
  const deliveries = (item: string, counter: number, price: Price): Charge =>
    charge(
      item,
      counters[counter],
      price,
      'Each delivery that succeeds. Filtered messages are none.',
    )
  return [
    charge(
      'Publishes, standard topic, 64 KB each',
      counters[COUNTER.billedPublishes],
      PRICES.snsStandard,
      `Each call counts once for every 64 KB that it sends, and at least once: a batch of ten small messages is one, however many subscriptions there are. Calls that are refused count as well. ${FREE}`,
    ),
    ...[
      deliveries('Deliveries to web servers', COUNTER.deliveredToWeb, PRICES.snsWeb),
      deliveries('Deliveries to mobile apps', COUNTER.deliveredToApps, PRICES.snsApps),
      deliveries('Deliveries by e-mail', COUNTER.deliveredByMail, PRICES.snsMail),
      deliveries('Deliveries to Firehose', COUNTER.deliveredToFirehose, PRICES.snsFirehose),
    ].filter(({ quantity }) => quantity > 0),
  ]
}

function ofFifo(sim: Simulation, node: number): readonly Charge[] {
  const { counters } = sim.world.nodes[node]
  return [
    charge(
      'Publishes, FIFO topic',
      counters[COUNTER.billedPublishes],
      PRICES.snsFifo,
      'Each call counts once, a batch too, and so does one that is refused.',
    ),
    charge(
      'Data published, FIFO topic',
      counters[COUNTER.publishedBytes] / BYTES_PER_GB,
      PRICES.snsFifoData,
      'Bodies and attributes of the messages that the topic took; duplicates are left out.',
    ),
    charge(
      'Messages to subscriptions, FIFO topic',
      counters[COUNTER.copied],
      PRICES.snsFifoCopies,
      'Each copy for a subscription. Filtered messages are none.',
    ),
    charge(
      'Data to subscriptions, FIFO topic',
      counters[COUNTER.copiedBytes] / BYTES_PER_GB,
      PRICES.snsFifoCopiesData,
      'What these copies weigh, with the envelope of those that are not raw.',
    ),
  ]
}
