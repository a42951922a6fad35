import { useContext, useLayoutEffect, useRef } from 'react'
import type { ReactNode, RefObject } from 'react'
import { useNodeId } from '@xyflow/react'
import { formatCount } from '../../base/format.ts'
import { useDigest } from '../digests.ts'
import { RowBookContext } from './rowBook.ts'
import type { RowBook, RowPlace } from './rowBook.ts'
import './tokens.css'

export interface TokenRowProps {
  /** Which of the digest's rows: 'visible', 'inFlight', 'workers', ... */
  readonly name: string
  /** Shown left of the tray and said by screen readers; '' shows none and says the name. */
  readonly label: string
  /** Round slots that hold one token each (workers), instead of a tray. */
  readonly slots?: boolean
  /** A lane with pins below it (`TokenRow.lane` of the digest). */
  readonly lane?: boolean
  /** In the label's place, where a word is not enough. */
  readonly children?: ReactNode
}

/**
 * A row of tokens in a card: label and tray. The tokens themselves are painted over it by the token
 * layer; screen readers hear how many there are.
 */
export function TokenRow({ name, label, slots = false, lane = false, children }: TokenRowProps) {
  const tray = useRef<HTMLDivElement>(null)
  const node = useNodeId() ?? ''
  const total = useDigest(node)?.rows.find((row) => row.name === name)?.total ?? 0
  useRowPlace(tray, node, name, slots)
  return (
    <div className="token-row">
      {children}
      {label !== '' && !children && (
        <span className="token-row-label" aria-hidden="true">
          {label}
        </span>
      )}
      <div ref={tray} className={slots ? 'token-slots' : lane ? 'token-lane' : 'token-tray'} />
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

  // After every render: a neighbour that came or went moves this row without resizing it.
  useLayoutEffect(() => writePlace(book, tray.current, { node, name, slots }))
  useLayoutEffect(() => {
    const element = tray.current
    const card = element?.closest(CARD)
    if (!element || !card) return
    const sizes = new ResizeObserver(() => writePlace(book, element, { node, name, slots }))
    sizes.observe(element)
    sizes.observe(card)
    return () => sizes.disconnect()
  }, [tray, book, node, name, slots])
  useLayoutEffect(() => () => book?.remove(node, name), [book, node, name])
}

function writePlace(
  book: RowBook | null,
  element: HTMLElement | null,
  row: Pick<RowPlace, 'node' | 'name' | 'slots'>,
) {
  const box = element && boxInCard(element)
  if (box) book?.set({ ...row, ...box })
}

const CARD = '.react-flow__node'

/** The element's box from its card's corner, by layout: neither zoom nor entrance animations count. */
function boxInCard(element: HTMLElement) {
  const { offsetWidth: width, offsetHeight: height } = element
  let left = element.offsetLeft
  let top = element.offsetTop
  let parent = element.offsetParent
  while (parent instanceof HTMLElement && !parent.matches(CARD)) {
    left += parent.offsetLeft + parent.clientLeft
    top += parent.offsetTop + parent.clientTop
    parent = parent.offsetParent
  }
  return parent && { left, top, width, height }
}
