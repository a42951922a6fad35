/** What a video stream's card shows: a filmstrip of all that is kept, and where its viewers are. */
import type { NodeDigest, Token, TokenRow } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { recordsPerCell, unreadCells } from '../cells.ts'
import { filmOf, producerUs } from '../fragments.ts'
import { copyRecords } from '../recordLog.ts'
import { COUNTER, kept, retentionUs, videoOf, type VideoState } from './stream.ts'

const CELLS = 14
/** Share of the retention after which a fragment is drawn faded. */
const FADED_AT = 0.8

export function digestOf(sim: Simulation, node: number): Omit<NodeDigest, 'id'> {
  const video = videoOf(sim, node)
  const { counters, in: arriving } = sim.world.nodes[node]
  const perCell = recordsPerCell(kept(video), CELLS - 1)
  return {
    rows: [filmstrip(sim, node, video, perCell)],
    figures: {
      kept: kept(video),
      keptUs: spanUs(sim, video),
      perCell,
      put: counters[COUNTER.put],
      refused: counters[COUNTER.refused],
      viewers: video.viewers.length,
      behindUs: Math.max(0, ...video.viewers.map(({ behindUs }) => behindUs)),
    },
    spark: [],
    advice: arriving.length === 0 ? ['Not connected: no camera films for it.'] : [],
  }
}

/** From the beginning of the oldest fragment to the end of the newest, by the cameras’ clocks. */
function spanUs(sim: Simulation, { log }: VideoState): number {
  if (log.end === log.trimmed) return 0
  const [first, last] = [log.trimmed, log.end - 1].map((position) => {
    const { recipes, ordinals } = copyRecords(log, position, 1, Infinity)
    const film = filmOf(sim, recipes[0])
    const fromUs = producerUs(film, ordinals[0])
    return { fromUs, toUs: fromUs + film.fragmentUs }
  })
  return last.toUs - first.fromUs
}

/** A cell stands for the fragment that begins it, so that it does not change while more come. */
function filmstrip(sim: Simulation, node: number, video: VideoState, perCell: number): TokenRow {
  const { log, viewers } = video
  const fadedUs = sim.nowUs - retentionUs(sim, node) * FADED_AT
  const tokens: Token[] = []
  for (let cell = Math.floor((log.end - 1) / perCell); cell >= 0; cell--) {
    const position = Math.max(cell * perCell, log.trimmed)
    if (position >= Math.min(log.end, (cell + 1) * perCell)) break
    const { serials, hues, arrivedUs } = copyRecords(log, position, 1, Infinity)
    const look = arrivedUs[0] < fadedUs ? 'faded' : 'solid'
    tokens.push({ message: serials[0], hue: hues[0], look })
  }
  const pins = viewers.map(({ node: reader, position }) => ({
    reader: sim.world.nodes[reader].name,
    cells: unreadCells(log.end, Math.max(position, log.trimmed), perCell),
    hue: reader,
  }))
  const lane = { from: 0, to: 1, heat: 0, refuses: false, closed: false, origin: '', pins }
  return { name: 'film', total: kept(video), tokens, lane }
}
