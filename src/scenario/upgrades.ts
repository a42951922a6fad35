/**
 * Brings documents of older formats to the present one, one number at a time. FORMAT.md tells the
 * history and when a number is needed. `tests/formats` keeps a document of every format.
 */
import type { PlainObject } from './plain.ts'
import { SCENARIO_FORMAT } from './scenario.ts'

/**
 * Makes a shared document ({scenario, interventions, momentUs}) of format n - 1 into one of format n.
 * What it is given is plain JSON that nobody has checked: it must leave alone what it does not know.
 */
export type Upgrade = (older: PlainObject) => PlainObject

/** By the format they lead to. Format 1 was the first, so nothing leads to it. */
export const UPGRADES: Readonly<Record<number, Upgrade>> = {}

/**
 * Applies every upgrade after `from`, up to `to`.
 * @throws RangeError when a step between the two is missing, which is a mistake in this file
 */
export function upgrade(
  document: PlainObject,
  from: number,
  to: number = SCENARIO_FORMAT,
  upgrades: Readonly<Record<number, Upgrade>> = UPGRADES,
): PlainObject {
  let upgraded = document
  for (let format = from + 1; format <= to; format++) {
    if (!upgrades[format]) throw new RangeError(`no upgrade leads to format ${format}`)
    upgraded = upgrades[format](upgraded)
  }
  return upgraded
}
