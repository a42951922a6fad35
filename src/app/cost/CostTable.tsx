import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { formatDuration, formatMoney } from '../../base/format.ts'
import { kindTitle } from '../../canvas/partNames.ts'
import { useIsPhone } from '../../canvas/useIsPhone.ts'
import type { Cost, Costs, PartCosts } from '../../worker/protocol.ts'
import { useAnswer } from '../useAnswer.ts'
import { useScenario } from '../useApp.ts'
import { namesByKind, priceNote, pricesNote, priceText, quantityText } from './words.ts'
import './cost.css'

/** Wall time between two looks while the run plays. */
const EVERY_MS = 500

/** What AWS would bill for the run up to the moment shown, part by part. */
export default function CostTable() {
  const answer = useAnswer({ about: 'costs' }, EVERY_MS)
  if (!answer) return null
  const { costs } = answer
  if (costs.elapsedUs === 0 && costs.usd === 0) {
    return <p className="empty">Nothing yet. Press play, and see what AWS would bill for it.</p>
  }
  return (
    <div className="cost" role="region" aria-label="Cost of this run" tabIndex={0}>
      {costs.parts.length > 0 ? (
        <Bill costs={costs} />
      ) : (
        <p className="empty">No part of this design has a price here.</p>
      )}
      <Notes costs={costs} />
    </div>
  )
}

const dearestFirst = (a: Cost, b: Cost): number => b.usd - a.usd

function Bill({ costs }: { readonly costs: Costs }) {
  const phone = useIsPhone()
  const terms = !phone && (
    <>
      <th scope="col" className="cost-number">
        So far
      </th>
      <th scope="col" className="cost-price">
        List price, USD
      </th>
    </>
  )
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Item</th>
          {terms}
          <th scope="col" className="cost-number">
            USD so far
          </th>
          <th scope="col" className="cost-number">
            USD a month
          </th>
        </tr>
        <tr className="cost-total">
          <th scope="row" colSpan={phone ? 1 : 3}>
            Total
          </th>
          <Sums cost={costs} />
        </tr>
      </thead>
      {costs.parts.toSorted(dearestFirst).map((part) => (
        <Part key={part.node} part={part} phone={phone} />
      ))}
    </table>
  )
}

interface PartProps {
  readonly part: PartCosts
  readonly phone: boolean
}

function Part({ part, phone }: PartProps) {
  const { nodes } = useScenario()
  const [open, setOpen] = useState<string | null>(null)
  const drawn = nodes.find(({ id }) => id === part.id)
  const kind = part.removed ? 'removed' : drawn && kindTitle(drawn)
  return (
    <tbody>
      <tr className="cost-part">
        <th scope="rowgroup" colSpan={phone ? 1 : 3}>
          {part.name} <span className="cost-kind">{kind}</span>
        </th>
        <Sums cost={part} />
      </tr>
      {part.charges.toSorted(dearestFirst).map((charge) => (
        <Line
          key={charge.item}
          charge={charge}
          phone={phone}
          open={open === charge.item}
          onToggle={() => setOpen(open === charge.item ? null : charge.item)}
        />
      ))}
    </tbody>
  )
}

interface LineProps {
  readonly charge: PartCosts['charges'][number]
  readonly phone: boolean
  readonly open: boolean
  readonly onToggle: () => void
}

/** A charge; it opens to what makes it. On a phone its terms stand below it. */
function Line({ charge, phone, open, onToggle }: LineProps) {
  const { item, price, because } = charge
  const doubt = price.unverified && <span className="cost-doubt">unverified</span>
  return (
    <>
      <tr>
        <th scope="row">
          <button type="button" className="cost-item" aria-expanded={open} onClick={onToggle}>
            <ChevronRight size={13} aria-hidden="true" />
            {item}
          </button>
          {phone && (
            <span className="cost-terms">
              {quantityText(charge)} at {priceText(price)} {doubt}
            </span>
          )}
        </th>
        {!phone && (
          <>
            <td className="cost-number">{quantityText(charge)}</td>
            <td className="cost-price">
              {priceText(price)} {doubt}
            </td>
          </>
        )}
        <Sums cost={charge} />
      </tr>
      {open && (
        <tr className="cost-why">
          <td colSpan={phone ? 3 : 5}>
            {because} {priceNote(price)}
          </td>
        </tr>
      )}
    </>
  )
}

function Sums({ cost }: { readonly cost: Cost }) {
  return (
    <>
      <Money amount={cost.usd} />
      <Money amount={cost.monthUsd} />
    </>
  )
}

/** Points stand below each other, however small an amount is. */
function Money({ amount }: { readonly amount: number | null }) {
  const [whole, fraction] = formatMoney(amount ?? NaN).split('.')
  return (
    <td className="cost-number mono">
      {whole}
      <span className="cost-fraction">{fraction === undefined ? '' : `.${fraction}`}</span>
    </td>
  )
}

function Notes({ costs }: { readonly costs: Costs }) {
  const { nodes } = useScenario()
  const { elapsedUs, notCounted } = costs
  const kindOf = (name: string): string => {
    const drawn = nodes.find((node) => node.name === name)
    return drawn ? kindTitle(drawn) : ''
  }
  return (
    <div className="cost-notes">
      {costs.parts.length > 0 && (
        <p>
          {elapsedUs > 0 &&
            `A month is 730 hours that go on like these ${formatDuration(elapsedUs)}. `}
          {pricesNote(costs)}
        </p>
      )}
      {notCounted.length > 0 && (
        <p>
          Not counted: {namesByKind(notCounted, kindOf)}. These are people’s own machines, or
          services of AWS without a price here.
        </p>
      )}
    </div>
  )
}
