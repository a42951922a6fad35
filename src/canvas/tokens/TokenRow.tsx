import { useCallback, useContext, useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { useNodeId } from '@xyflow/react'
import { formatCount } from '../../base/format.ts'
import { useDigest } from '../digests.ts'
import { RowBookContext } from './rowBook.ts'
import './tokens.css'

export interface TokenRowProps {
  /** Which of the digest's rows: 'visible', 'inFlight', 'workers', ... */
  readonly name: string
  /** Shown left of the tray and said by screen readers; '' shows none and says the name. */
  readonly label: string
  /** Round slots that hold one token each (workers), instead of a tray. */
  readonly slots?: boolean
}

/**
 * A row of tokens in a card: label and tray. The tokens themselves are painted over it by the token
 * layer; screen readers hear how many there are.
 */
export function TokenRow({ name, label, slots = false }: TokenRowProps) {
  const tray = useRef<HTMLDivElement>(null)
  const node = useNodeId() ?? ''
  const total = useDigest(node)?.rows.find((row) => row.name === name)?.total ?? 0
  useRowPlace(tray, node, name, slots)
  return (
    <div className="token-row">
      {label !== '' && (
        <span className="token-row-label" aria-hidden="true">
          {label}
        </span>
      )}
      <div ref={tray} className={slots ? 'token-slots' : 'token-tray'} />
      <span className="visually-hidden">{`${label || name} ${formatCount(total)}`}</span>
    </div>
  )
}

/** Keeps the row book informed of where the tray stands in its card. */
function useRowPlace(
  tray: RefObject<HTMLDivElement | null>,
  node: string,
  name: string,
  slots: boolean,
) {
  const book = useContext(RowBookContext)
  const write = useCallback(() => {
    const place = tray.current && placeInCard(tray.current)
    if (place) book?.set({ node, name, slots, ...place })
  }, [tray, book, node, name, slots])

  // After every render: a neighbour that came or went moves this row without resizing it.
  useLayoutEffect(write)
  useLayoutEffect(() => {
    const card = tray.current?.closest(CARD)
    const sizes = new ResizeObserver(write)
    if (tray.current) sizes.observe(tray.current)
    if (card) sizes.observe(card)
    return () => sizes.disconnect()
  }, [tray, write])
  useLayoutEffect(() => () => book?.remove(node, name), [book, node, name])
}

const CARD = '.react-flow__node'

/** The element's box from its card's corner, by layout: neither zoom nor entrance animations count. */
function placeInCard(element: HTMLElement) {
  const { offsetWidth: width, offsetHeight: height } = element
  let [left, top] = [0, 0]
  let at: Element | null = element
  while (at instanceof HTMLElement && !at.matches(CARD)) {
    left += at.offsetLeft + at.clientLeft
    top += at.offsetTop + at.clientTop
    at = at.offsetParent
  }
  // The element's own border is inside its box.
  return at && { left: left - element.clientLeft, top: top - element.clientTop, width, height }
}
