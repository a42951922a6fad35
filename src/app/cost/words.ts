/** Costs in words: prices, quantities, and what they do not hold. */
import { formatBytes, formatCount, formatMoney, formatQuantity } from '../../base/format.ts'
import type { Charge, Costs, Price } from '../../worker/protocol.ts'

const BYTES_PER_GB = 1024 * 1024 * 1024

/** "1 286 requests", "1 request", "0.0417 shard-hours", "1.2 MiB". */
export function quantityText({ quantity, price }: Charge): string {
  // Of data there is little in a run of minutes.
  if (price.unit === 'GB') return formatBytes(Math.round(quantity * BYTES_PER_GB))
  return `${formatQuantity(quantity)} ${quantity === 1 ? one(price.unit) : price.unit}`
}

/** "0.40 / million requests", "0.015 / shard-hour". */
export const priceText = ({ usd, per, unit }: Price): string =>
  `${usd < 0.1 ? formatMoney(usd) : usd.toFixed(2)} / ${per === 1 ? one(unit) : `${perText(per)} ${unit}`}`

const one = (unit: string): string => unit.replace(/s$/, '')

const perText = (per: number): string => (per === 1e6 ? 'million' : formatCount(per))

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "June 2026", of "2026-06". */
const monthText = (yearAndMonth: string): string => {
  const [year, month] = yearAndMonth.split('-')
  return `${MONTHS[Number(month) - 1]} ${year}`
}

/** How far one can trust a price. */
export function priceNote({ asOf, unverified }: Price): string {
  if (asOf) return `The price is of ${monthText(asOf)}.`
  return unverified ? 'The price is not verified.' : ''
}

/** What the sums are made of, and what they leave out. */
export function pricesNote({ parts }: Costs): string {
  const prices = parts.flatMap(({ charges }) => charges.map(({ price }) => price))
  const months = prices.flatMap(({ asOf }) => asOf ?? []).sort()
  const [first, last] = [months.at(0), months.at(-1)]
  const span =
    !first || !last
      ? ''
      : first === last
        ? `, ${monthText(first)}`
        : `, ${monthText(first)} to ${monthText(last)}`
  const doubt = prices.some(({ unverified }) => unverified)
    ? ' Those marked “unverified” come from sources that we could not check.'
    : ''
  return `List prices in us-east-1${span}: the first volume tier, without free tier, taxes and data transfer. They may have changed.${doubt}`
}

/** Names by what they are: "a, b (producer); c (consumer fleet)". @param kindOf a part's kind, in words */
export function namesByKind(names: readonly string[], kindOf: (name: string) => string): string {
  const byKind = new Map<string, string[]>()
  for (const name of names) byKind.set(kindOf(name), [...(byKind.get(kindOf(name)) ?? []), name])
  return [...byKind].map(([kind, those]) => `${those.join(', ')} (${kind})`).join('; ')
}
