/** Fragments in and out (FACTS 10): one camera puts, up to three viewers get. */
import { US_PER_MINUTE, US_PER_S, type SimUs } from '../../base/units.ts'
import { CODE, FIRST_ERROR, ITEMS_PER_CALL, type ApiError } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { SELECTORS, filmOf, producerUs, type Film } from '../fragments.ts'
import { appendRecord, arrivalAt, copyRecords, positionAt } from '../recordLog.ts'
import { COUNTER, EVENT, look, videoOf, type VideoState, type Viewer } from './stream.ts'

const ack = (code: string, message: string): ApiError => ({ code, status: 400, message })

export const ERRORS: readonly ApiError[] = [
  ack(
    'ConnectionLimitExceededException',
    'Kinesis Video Streams has throttled the request because you have exceeded the limit of allowed client connections.',
  ),
  ack(
    'ClientLimitExceededException',
    'Kinesis Video Streams has throttled the request because you have exceeded the limit of allowed client calls. Try making the call later.',
  ),
  ack('MAX_CONNECTION_DURATION_REACHED', 'A PutMedia connection ends after 45 minutes.'),
  ack('MIN_FRAGMENT_DURATION_REACHED', 'A fragment lasts 1 second at least.'),
  ack('MAX_FRAGMENT_DURATION_REACHED', 'A fragment lasts 20 seconds at most.'),
  ack('MAX_FRAGMENT_SIZE_REACHED', 'A fragment has 50 MB at most.'),
]
const [CONNECTIONS, CLIENT_LIMIT, TOO_LONG_CONNECTED, TOO_SHORT, TOO_LONG, TOO_LARGE] = ERRORS.map(
  (_, n) => FIRST_ERROR + n,
)

const BYTES_IN_PER_S = 12_500_000
const FRAGMENTS_PER_S = 5
const BYTES_OUT_PER_S = 25_000_000
const MOST_VIEWERS = 3
const LONGEST_CONNECTION_US = 45 * US_PER_MINUTE
/** A connection that brings nothing for so long is taken to be closed. */
const SILENCE_US = 30 * US_PER_S
const SHORTEST_US = US_PER_S
const LONGEST_US = 20 * US_PER_S
const LARGEST_BYTES = 50_000_000

export function put(sim: Simulation, node: number, call: number): void {
  const { calls, messages, nodes, nowUs } = sim.world
  const video = videoOf(sim, node)
  const { counters } = nodes[node]
  const slot = calls.slots[call * ITEMS_PER_CALL]
  const refusal =
    connectCamera(video, calls.from[call], nowUs) ??
    problemOf(filmOf(sim, messages.recipe[slot])) ??
    overLimit(video, nowUs, messages.sizeBytes[slot])
  if (refusal !== undefined) {
    counters[COUNTER.refused]++
    if (refusal === CONNECTIONS || refusal === CLIENT_LIMIT) sim.mark(node, 'throttled')
    // An error ends the connection.
    else video.connection = null
    sim.answer(call, refusal)
    return
  }
  messages.sentUs[slot] = nowUs
  const bytes = messages.sizeBytes[slot]
  const position = appendRecord(
    video.log,
    nowUs,
    messages.serial[slot],
    messages.recipe[slot],
    messages.ordinal[slot],
    bytes,
    messages.hue[slot],
    undefined,
  )
  calls.receipts[call * ITEMS_PER_CALL] = position
  counters[COUNTER.put]++
  counters[COUNTER.putBytes] += bytes
  // Answered while the slot still holds the message, so that the log can read it.
  sim.answer(call, CODE.ok)
  sim.release(slot)
  look(sim, node)
  for (const viewer of video.viewers) serve(sim, node, viewer)
}

/** One camera at a time: while its connection is open, the newest one is refused. */
function connectCamera(video: VideoState, camera: number, nowUs: SimUs): number | undefined {
  const { connection } = video
  if (!connection || nowUs - connection.lastUs > SILENCE_US) {
    video.connection = { camera, sinceUs: nowUs, lastUs: nowUs }
    return undefined
  }
  if (connection.camera !== camera) return CONNECTIONS
  if (nowUs - connection.sinceUs >= LONGEST_CONNECTION_US) return TOO_LONG_CONNECTED
  connection.lastUs = nowUs
  return undefined
}

function problemOf({ fragmentUs, bytes }: Film): number | undefined {
  if (fragmentUs < SHORTEST_US) return TOO_SHORT
  if (fragmentUs > LONGEST_US) return TOO_LONG
  return bytes > LARGEST_BYTES ? TOO_LARGE : undefined
}

/** Counts it when it may come in; one fragment may be larger than what a second takes. */
function overLimit(video: VideoState, nowUs: SimUs, bytes: number): number | undefined {
  const second = Math.floor(nowUs / US_PER_S)
  if (second !== video.second) {
    // What was beyond a second's bytes is paid by the next ones.
    video.bytes = Math.max(0, video.bytes - (second - video.second) * BYTES_IN_PER_S)
    video.fragments = 0
    video.second = second
  }
  if (video.fragments >= FRAGMENTS_PER_S || video.bytes >= BYTES_IN_PER_S) return CLIENT_LIMIT
  video.fragments++
  video.bytes += bytes
  return undefined
}

/** GetMedia: `services/fragments.ts` has its numbers; answered, `arg3` = how many fragments. */
export function get(sim: Simulation, node: number, call: number): void {
  const { calls } = sim.world
  const video = videoOf(sim, node)
  const from = calls.from[call]
  let viewer = video.viewers.find((one) => one.node === from)
  if (!viewer) {
    if (video.viewers.length >= MOST_VIEWERS) {
      sim.mark(node, 'throttled')
      sim.answer(call, CONNECTIONS)
      return
    }
    viewer = { node: from, position: 0, call: -1, asked: 0, second: 0, bytes: 0, behindUs: 0 }
    video.viewers.push(viewer)
  }
  if (viewer.call >= 0) endCall(sim, viewer, CODE.ok)
  viewer.position = startOf(sim, video, calls.arg[call], calls.arg2[call])
  viewer.call = call
  serve(sim, node, viewer)
}

/** Where a selector begins: the fragment that holds the time, or the first one after it. */
function startOf(sim: Simulation, { log }: VideoState, selector: number, at: number): number {
  switch (SELECTORS[selector]) {
    case 'NOW':
      return Math.max(log.trimmed, log.end - 1)
    case 'EARLIEST':
      return log.trimmed
    case 'PRODUCER_TIMESTAMP':
      return filmedAt(sim, log, at)
    case 'SERVER_TIMESTAMP':
      return positionAt(log, at)
    default:
      return at
  }
}

/** Fragments of one camera come in the order in which they were filmed. */
function filmedAt(sim: Simulation, log: VideoState['log'], atUs: SimUs): number {
  let low = log.trimmed
  let high = log.end
  while (low < high) {
    const middle = (low + high) >> 1
    const { recipes, ordinals } = copyRecords(log, middle, 1, Infinity)
    const film = filmOf(sim, recipes[0])
    if (producerUs(film, ordinals[0]) + film.fragmentUs <= atUs) low = middle + 1
    else high = middle
  }
  return low
}

/** Answers a GetMedia that waits, once there is something and the connection may carry it. */
function serve(sim: Simulation, node: number, viewer: Viewer): void {
  const { calls, nodes, nowUs } = sim.world
  const { log } = videoOf(sim, node)
  const from = Math.max(viewer.position, log.trimmed)
  if (viewer.call < 0 || from >= log.end) return
  const second = Math.floor(nowUs / US_PER_S)
  if (second !== viewer.second) {
    viewer.bytes = Math.max(0, viewer.bytes - (second - viewer.second) * BYTES_OUT_PER_S)
    viewer.second = second
  }
  if (viewer.bytes >= BYTES_OUT_PER_S) {
    viewer.asked++
    sim.at((second + 1) * US_PER_S, node, EVENT.serve, viewer.node, viewer.asked)
    return
  }
  const records = copyRecords(log, from, Infinity, BYTES_OUT_PER_S - viewer.bytes)
  const { count, arrivedUs, sizesBytes } = records
  let bytes = 0
  for (const size of sizesBytes) bytes += size
  viewer.bytes += bytes
  viewer.position = from + count
  viewer.behindUs = nowUs - arrivedUs[count - 1]
  const { counters } = nodes[node]
  counters[COUNTER.got] += count
  counters[COUNTER.gotBytes] += bytes
  const behindUs = viewer.position < log.end ? nowUs - arrivalAt(log, viewer.position) : 0
  calls.arg3[viewer.call] = count
  calls.batches.set(
    viewer.call,
    Object.freeze({
      ...records,
      shard: 0,
      shardCreatedUs: 0,
      first: from,
      next: viewer.position,
      behindUs,
      childShards: [],
    }),
  )
  endCall(sim, viewer, CODE.ok)
}

/** The second in which a connection could carry no more is over. */
export function serveAgain(sim: Simulation, node: number, from: number, asked: number): void {
  const viewer = videoOf(sim, node).viewers.find((one) => one.node === from)
  if (viewer?.asked === asked) serve(sim, node, viewer)
}

function endCall(sim: Simulation, viewer: Viewer, code: number): void {
  const { call } = viewer
  viewer.call = -1
  sim.answer(call, code)
}

/** Connections of parts that are no longer wired to it end. */
export function disconnect(sim: Simulation, node: number, wired: ReadonlySet<number>): void {
  const video = videoOf(sim, node)
  const gone = video.viewers.filter((viewer) => !wired.has(viewer.node))
  video.viewers = video.viewers.filter((viewer) => wired.has(viewer.node))
  for (const viewer of gone) if (viewer.call >= 0) endCall(sim, viewer, CODE.gone)
}
