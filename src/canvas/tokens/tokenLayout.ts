/** Where each token of a row stands: one answer for the painter and for the hit test. */
import type { TokenRow } from '../../worker/protocol.ts'
import type { Point } from '../hops/route.ts'
import type { RowPlace } from './rowBook.ts'

/** Sides and distances in flow units. */
export const TOKEN_SIZE = 12
const PITCH = 15
/** Tokens with a ring around them stand further apart. */
const RING_PITCH = 19
const TRAY_PADDING = 4
const OVERFLOW_ROOM = 40
const SLOT_SIZE = 22
const SLOT_GAP = 5

export interface RowLayout {
  /** Centres, in the row's own coordinates; the first token's first. */
  readonly centres: readonly Point[]
  /** Side of a token, or diameter of a slot. */
  readonly size: number
  /** How many there are that find no place: "+1 286". */
  readonly overflow: number
}

/** @param place only its size and shape matter */
export function layoutRow(
  place: Pick<RowPlace, 'width' | 'height' | 'slots'>,
  row: TokenRow,
): RowLayout {
  if (row.lane) return layoutLane(place, row)
  return place.slots ? layoutSlots(place, row) : layoutTray(place, row)
}

/** A lane's cells, and the strip that they stand in; pins are below it. */
export const LANE_CELL = 11
export const LANE_PITCH = 12.5
const LANE_STRIP = 18

/** The newest cell is at the right; the rest is not counted, since cells may stand for many records. */
function layoutLane({ width }: Pick<RowPlace, 'width'>, row: TokenRow): RowLayout {
  const fits = Math.max(0, Math.floor((width - TRAY_PADDING * 2) / LANE_PITCH))
  const shown = Math.min(row.tokens.length, fits)
  const centres = Array.from({ length: shown }, (_, i) => ({
    x: width - TRAY_PADDING - LANE_PITCH * (i + 0.5),
    y: LANE_STRIP / 2,
  }))
  return { centres, size: LANE_CELL, overflow: Math.max(0, row.total - shown) }
}

export interface PinPlace extends Point {
  readonly hue: number
  /** It stands further left than the lane goes. */
  readonly beyond: boolean
}

/** The tips of a lane's pins: at the left edge of what was not read yet. Equal ones stand side by side. */
export function pinPlaces(
  { width }: Pick<RowPlace, 'width'>,
  row: Pick<TokenRow, 'lane'>,
): readonly PinPlace[] {
  const least = TRAY_PADDING
  const taken: number[] = []
  return (row.lane?.pins ?? []).map(({ cells, hue }) => {
    const wanted = width - TRAY_PADDING - cells * LANE_PITCH
    let x = Math.max(least, wanted)
    while (taken.some((other) => Math.abs(other - x) < 5)) x -= 6
    taken.push(x)
    return { x, y: LANE_STRIP + 1, hue, beyond: wanted < least }
  })
}

/** The head is at the right, where the consumers are; tokens that find no place are counted. */
function layoutTray({ width, height }: Pick<RowPlace, 'width' | 'height'>, row: TokenRow) {
  const pitch = row.tokens.some((token) => token.ringToUs !== undefined) ? RING_PITCH : PITCH
  const fitting = (room: number) => Math.max(0, Math.floor(room / pitch))
  const all = fitting(width - TRAY_PADDING * 2)
  const fits = row.total <= Math.min(row.tokens.length, all)
  const most = fits ? all : fitting(width - TRAY_PADDING * 2 - OVERFLOW_ROOM)
  const shown = Math.min(row.tokens.length, most)
  const centres = Array.from({ length: shown }, (_, i) => ({
    x: width - TRAY_PADDING - pitch * (i + 0.5),
    y: height / 2,
  }))
  return { centres, size: TOKEN_SIZE, overflow: Math.max(0, row.total - shown) }
}

/** From the left; slots shrink rather than leave the card. */
function layoutSlots({ width, height }: Pick<RowPlace, 'width' | 'height'>, row: TokenRow) {
  const shown = row.tokens.length
  const overflow = Math.max(0, row.total - shown)
  const room = width - (overflow > 0 ? OVERFLOW_ROOM : 0)
  const pitch = Math.min(SLOT_SIZE + SLOT_GAP, room / Math.max(1, shown))
  const size = Math.min(SLOT_SIZE, pitch * 0.86)
  const centres = Array.from({ length: shown }, (_, i) => ({
    x: size / 2 + 1 + pitch * i,
    y: height / 2,
  }))
  return { centres, size, overflow }
}

/** A row with its digest, placed on the canvas. */
export interface PlacedRow {
  readonly place: RowPlace
  readonly row: TokenRow
  /** The row's upper left corner, flow coordinates. */
  readonly x: number
  readonly y: number
}

/**
 * The message of the waiting token nearest to a point, for clicking it.
 * @param point flow coordinates
 * @param radius flow units, from a token's centre
 * @returns a serial number, or null where there is none (an idle worker holds none)
 */
export function hitTestToken(
  rows: readonly PlacedRow[],
  point: Readonly<Point>,
  radius = 9,
): number | null {
  let nearest: number | null = null
  let nearestDistance = radius
  for (const { place, row, x, y } of rows) {
    layoutRow(place, row).centres.forEach((centre, i) => {
      const distance = Math.hypot(x + centre.x - point.x, y + centre.y - point.y)
      if (distance > nearestDistance || row.tokens[i].message === 0) return
      nearest = row.tokens[i].message
      nearestDistance = distance
    })
  }
  return nearest
}
