/** What a video stream keeps: its fragments, who is connected, and how long (FACTS 10). */
import { md5Hex } from '../../base/hash.ts'
import { US_PER_MINUTE, US_PER_S, type SimUs } from '../../base/units.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { arrivalAt, createLog, trim, type RecordLog } from '../recordLog.ts'

export const COUNTERS = [
  'put',
  'putBytes',
  'expired',
  'expiredBytes',
  'refused',
  'got',
  'gotBytes',
] as const
export const COUNTER = Object.fromEntries(COUNTERS.map((name, n) => [name, n])) as Readonly<
  Record<(typeof COUNTERS)[number], number>
>
export const EVENT = { expire: 0, serve: 1 } as const
export const NEWS = { expired: 0 } as const
export const NEWS_WORDS = ['(fragments expired)'] as const

export interface Viewer {
  readonly node: number
  /** Of the next fragment that it gets. */
  position: number
  /** Its GetMedia that waits for something, or -1; `asked` tells it from an earlier one. */
  call: number
  asked: number
  /** What it got in the second that is counted. */
  second: number
  bytes: number
  /** Age of the last fragment that it got. */
  behindUs: SimUs
}

export interface VideoState {
  readonly createdUs: SimUs
  /** Of its settings, for its version. */
  changes: number
  readonly log: RecordLog
  /** Whose PutMedia is open. */
  connection: { readonly camera: number; readonly sinceUs: SimUs; lastUs: SimUs } | null
  /** What came in within the second that is counted. */
  second: number
  bytes: number
  fragments: number
  viewers: Viewer[]
  /** Tells the armed expiry from one that a setting made stale. */
  armed: number
  isArmed: boolean
}

export const videoOf = (sim: Simulation, node: number): VideoState =>
  sim.world.nodes[node].state as VideoState

export const createVideo = (sim: Simulation): VideoState => ({
  createdUs: sim.nowUs,
  changes: 0,
  log: createLog(),
  connection: null,
  second: 0,
  bytes: 0,
  fragments: 0,
  viewers: [],
  armed: 0,
  isArmed: false,
})

/** Without retention the service’s own buffer still has the last five minutes, or 200 MB. */
const BUFFER_US = 5 * US_PER_MINUTE
const BUFFER_BYTES = 200_000_000

export const isStored = (sim: Simulation, node: number): boolean =>
  Number(sim.world.nodes[node].config.DataRetentionInHours) > 0

export const retentionUs = (sim: Simulation, node: number): SimUs =>
  isStored(sim, node)
    ? Number(sim.world.nodes[node].config.DataRetentionInHours) * 3600 * US_PER_S
    : BUFFER_US

export const kept = ({ log }: VideoState): number => log.end - log.trimmed

/** Of a stream's settings as they are now: a change may name it, so that none is made over another. */
export function versionOf(sim: Simulation, node: number): string {
  const { id } = sim.world.nodes[node]
  return md5Hex(`${id} ${videoOf(sim, node).changes}`).slice(0, 20)
}

/** Something came in: the buffer may be full now, and an expiry must be planned. */
export function look(sim: Simulation, node: number): void {
  const { isArmed } = videoOf(sim, node)
  if (!isArmed || isOverfull(sim, node)) expire(sim, node)
}

const isOverfull = (sim: Simulation, node: number): boolean =>
  !isStored(sim, node) && videoOf(sim, node).log.bytes > BUFFER_BYTES

/** Lets go of what is too old, and of what the buffer has no room for; plans the next look. */
export function expire(sim: Simulation, node: number): void {
  const video = videoOf(sim, node)
  const { log } = video
  const before = kept(video)
  letGo(sim, node, sim.nowUs - retentionUs(sim, node))
  while (isOverfull(sim, node)) letGo(sim, node, arrivalAt(log, log.trimmed))
  const gone = before - kept(video)
  if (gone > 0) {
    sim.mark(node, 'expired', 0, gone)
    sim.news(node, NEWS.expired, -1)
  }
  arm(sim, node)
}

function letGo(sim: Simulation, node: number, horizonUs: SimUs): void {
  const { count, bytes } = trim(videoOf(sim, node).log, horizonUs)
  const { counters } = sim.world.nodes[node]
  counters[COUNTER.expired] += count
  counters[COUNTER.expiredBytes] += bytes
}

/** Plans when the oldest fragment goes; at most once a second. */
function arm(sim: Simulation, node: number): void {
  const video = videoOf(sim, node)
  video.isArmed = kept(video) > 0
  if (!video.isArmed) return
  const dueUs = arrivalAt(video.log, video.log.trimmed) + retentionUs(sim, node)
  video.armed++
  sim.at(Math.max(dueUs, sim.nowUs + US_PER_S), node, EVENT.expire, video.armed)
}
