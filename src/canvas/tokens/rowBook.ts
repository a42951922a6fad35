/** Where the rows of tokens stand in their cards: rows write it, the token layer reads it. */
import { createContext } from 'react'
import type { NodeId } from '../../scenario/scenario.ts'

/** A row's place inside its card, in flow units from the card's upper left corner. */
export interface RowPlace {
  readonly node: NodeId
  /** `TokenRow.name` of the digest. */
  readonly name: string
  /** Round slots that hold one token each, from the left; else a tray with its head at the right. */
  readonly slots: boolean
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface RowBook {
  /** Grows with every change. */
  readonly version: number
  set(place: RowPlace): void
  remove(node: NodeId, name: string): void
  list(): readonly RowPlace[]
}

export function createRowBook(): RowBook {
  let version = 0
  const places = new Map<string, RowPlace>()
  return {
    get version() {
      return version
    },
    set(place) {
      const key = keyOf(place.node, place.name)
      const old = places.get(key)
      if (old && samePlace(old, place)) return
      places.set(key, place)
      version++
    },
    remove(node, name) {
      if (places.delete(keyOf(node, name))) version++
    },
    list: () => [...places.values()],
  }
}

const keyOf = (node: NodeId, name: string): string => `${name} ${node}`

const samePlace = (a: RowPlace, b: RowPlace): boolean =>
  a.slots === b.slots &&
  a.left === b.left &&
  a.top === b.top &&
  a.width === b.width &&
  a.height === b.height

export const RowBookContext = createContext<RowBook | null>(null)
