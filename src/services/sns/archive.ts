/** A FIFO topic's archive, and its replay to one subscription (FACTS 4.5). */
import { isoTime, parseIsoTime } from '../../base/calendar.ts'
import { US_PER_MINUTE, type SimUs } from '../../base/units.ts'
import type { Content } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { epochMs } from '../aws.ts'
import { refused } from './errors.ts'
import { jsonObject } from '../../base/json.ts'

export interface Archived {
  readonly atUs: SimUs
  /** Of the message as it was published. */
  readonly serial: number
  readonly sequence: number
  readonly hue: number
  readonly content: Content
}

export interface Archive {
  readonly sinceUs: SimUs
  retentionDays: number
  /** In the order in which they were published. */
  messages: Archived[]
}

const US_PER_DAY = 24 * 60 * US_PER_MINUTE
const MOST_DAYS = 365

/**
 * Days of retention in an ArchivePolicy; 0 for one that ends the archive.
 * @throws Refusal
 */
export function readArchivePolicy(text: string): number {
  if (text === '' || text === '{}') return 0
  const days = Number(jsonObject(text)?.MessageRetentionPeriod)
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
    throw refused('Attributes Reason: ArchivePolicy: MessageRetentionPeriod value is invalid')
  }
  return days
}

/** What is kept still. */
export function kept(archive: Archive, nowUs: SimUs): readonly Archived[] {
  const fromUs = nowUs - archive.retentionDays * US_PER_DAY
  if (archive.messages.length > 0 && archive.messages[0].atUs < fromUs) {
    archive.messages = archive.messages.filter(({ atUs }) => atUs >= fromUs)
  }
  return archive.messages
}

/** As GetTopicAttributes tells it. */
export const beginningOf = (sim: Simulation, archive: Archive): string =>
  isoTime(epochMs(Math.max(archive.sinceUs, sim.nowUs - archive.retentionDays * US_PER_DAY)))

export interface Replay {
  readonly fromMs: number
  /** Infinity for one that goes on with live messages afterwards. */
  readonly toMs: number
}

/**
 * Null for one that ends a replay.
 * @param prefix what AWS puts before a complaint: 'Attributes Reason: ' in Subscribe, '' later
 * @throws Refusal
 */
export function readReplayPolicy(text: string, prefix: string): Replay | null {
  if (text === '' || text === '{}') return null
  const { PointType, StartingPoint, EndingPoint } = jsonObject(text) ?? {}
  const fromMs = parseIsoTime(String(StartingPoint))
  const toMs = EndingPoint === undefined ? Infinity : parseIsoTime(String(EndingPoint))
  if (PointType !== 'Timestamp' || fromMs === null || toMs === null || toMs < fromMs) {
    throw refused(
      `${prefix}ReplayPolicy: PointType must be Timestamp, with a StartingPoint and an optional later EndingPoint in ISO 8601`,
    )
  }
  return { fromMs, toMs }
}
