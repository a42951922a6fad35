/** Fragments of video (FACTS 10): what a camera made, and how parts ask a video stream for them. */
import { US_PER_S, type SimUs } from '../base/units.ts'
import type { Simulation } from '../engine/simulation.ts'

/** What all fragments of a camera have in common; the recipe of their messages. They follow each other. */
export interface Film {
  /** When the filming of the first one began. */
  readonly sinceUs: SimUs
  readonly fragmentUs: SimUs
  /** In each fragment; it begins with one. */
  readonly keyFrames: number
  readonly bytes: number
}

export const filmOf = (sim: Simulation, recipe: number): Film =>
  sim.world.recipes[recipe]!.data as Film

/** Its producer timestamp: when the filming of a fragment began. `ordinal` counts from 1. */
export const producerUs = ({ sinceUs, fragmentUs }: Film, ordinal: number): SimUs =>
  sinceUs + (ordinal - 1) * fragmentUs

/** StartSelectorType of GetMedia, as the call's `arg`. */
export const SELECTORS = [
  'NOW',
  'EARLIEST',
  'PRODUCER_TIMESTAMP',
  'SERVER_TIMESTAMP',
  'CONTINUATION_TOKEN',
] as const
export type Selector = (typeof SELECTORS)[number]

/**
 * Asks for what comes next: `arg2` is a time, or the position that a continuation token stands for. The
 * answer brings a batch.
 */
export function askMedia(
  sim: Simulation,
  node: number,
  wire: number,
  selector: Selector,
  at: number,
  token: number,
): void {
  const { calls, wires } = sim.world
  const { from } = wires[wire]
  const call = sim.call(node, from, sim.operationIndex(from, 'GetMedia'), wire)
  calls.arg[call] = SELECTORS.indexOf(selector)
  calls.arg2[call] = at
  calls.token[call] = token
  sim.send(call)
}

export const seconds = (us: SimUs): number => us / US_PER_S
