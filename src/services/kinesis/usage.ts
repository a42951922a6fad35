/**
 * How long a stream has had what it is billed for by time (FACTS 16): kept as sums up to the last change of
 * a rate, so that time itself costs nothing and every moment is exact.
 */
import type { SimUs } from '../../base/units.ts'
import type { StreamState } from './stream.ts'

export interface Usage {
  /** When the sums were taken; from here on the present rates hold. */
  readonly atUs: SimUs
  /** Of a provisioned stream: time x open shards, all, with a longer retention, and x registered consumers. */
  readonly shardUs: SimUs
  readonly extendedShardUs: SimUs
  readonly consumerShardUs: SimUs
  /** While it was on-demand. */
  readonly onDemandUs: SimUs
}

export const unused = (atUs: SimUs): Usage => ({
  atUs,
  shardUs: 0,
  extendedShardUs: 0,
  consumerShardUs: 0,
  onDemandUs: 0,
})

/** Retention costs nothing of its own up to here. */
const RETENTION_HOURS_INCLUDED = 24

/** The sums at a moment from the last change on. */
export function usageAt({ usage, settings, open, consumers }: StreamState, atUs: SimUs): Usage {
  const us = atUs - usage.atUs
  if (settings.onDemand) return { ...usage, atUs, onDemandUs: usage.onDemandUs + us }
  const shardUs = us * open.length
  const isExtended = settings.retentionHours > RETENTION_HOURS_INCLUDED
  return {
    atUs,
    shardUs: usage.shardUs + shardUs,
    extendedShardUs: usage.extendedShardUs + (isExtended ? shardUs : 0),
    consumerShardUs: usage.consumerShardUs + shardUs * consumers.length,
    onDemandUs: usage.onDemandUs,
  }
}

/** To be called before anything changes that the sums go by. */
export function settleUsage(state: StreamState, nowUs: SimUs): void {
  state.usage = usageAt(state, nowUs)
}
