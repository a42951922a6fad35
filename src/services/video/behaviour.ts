/** A Kinesis video stream in the engine (FACTS 10). */
import { counted } from '../../base/format.ts'
import type { Behaviour, Operation } from '../../engine/behaviour.ts'
import type { ApiError } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { SELECTORS, seconds } from '../fragments.ts'
import { findInLogs, pageOfLogs, type StoredLog } from '../storedRecords.ts'
import { because } from './because.ts'
import { listFragments } from './api/fragments.ts'
import {
  createStream,
  deleteStream,
  describeStream,
  getDataEndpoint,
  listStreams,
  updateDataRetention,
} from './api/streams.ts'
import { digestOf } from './digest.ts'
import { ERRORS, disconnect, get, put, serveAgain } from './media.ts'
import { locate, nameIn } from './names.ts'
import {
  COUNTER,
  COUNTERS,
  EVENT,
  NEWS_WORDS,
  createVideo,
  expire,
  kept,
  retentionUs,
  videoOf,
} from './stream.ts'

/** Programs outside would send and get Matroska (MKV), which is not modelled. */
const NOT_MKV: ApiError = {
  code: 'UnknownOperationException',
  status: 400,
  message: 'Video is put and read by the design’s cameras and viewers only.',
}
const parse = (): ApiError => NOT_MKV

const putMedia: Operation = {
  name: 'PutMedia',
  carries: 'request',
  run: put,
  parse,
  request: (sim, node, { items }) => ({
    StreamName: sim.world.nodes[node].name,
    FragmentTimecodeType: 'ABSOLUTE',
    Payload: items.map(({ content }) => JSON.parse(content.body) as unknown),
  }),
  response: (sim, node, { items }) => ({
    EventType: isStored(sim.world.nodes[node].config) ? 'PERSISTED' : 'RECEIVED',
    FragmentNumber: String(items[0].receipt),
  }),
  gist: (_sim, { items }) => ({
    input: items[0].content.body,
    output: `fragment ${items[0].receipt}`,
  }),
}

const isStored = ({ DataRetentionInHours }: Readonly<Record<string, unknown>>): boolean =>
  Number(DataRetentionInHours) > 0

const getMedia: Operation = {
  name: 'GetMedia',
  carries: 'records',
  run: get,
  parse,
  request: (sim, node, { arg, arg2 }) => ({
    StreamName: sim.world.nodes[node].name,
    StartSelector: {
      StartSelectorType: SELECTORS[arg],
      ...(SELECTORS[arg].endsWith('TIMESTAMP') && { StartTimestamp: seconds(arg2) }),
      ...(SELECTORS[arg] === 'CONTINUATION_TOKEN' && { ContinuationToken: String(arg2) }),
    },
  }),
  response: (_sim, _node, { arg3 }) => ({ fragments: arg3 }),
  gist: (_sim, { arg, arg2, arg3 }) => ({
    input: SELECTORS[arg].endsWith('TIMESTAMP')
      ? `${SELECTORS[arg]} ${seconds(arg2)} s`
      : SELECTORS[arg],
    output: counted(arg3, 'fragment'),
  }),
}

const storedOf = (sim: Simulation, node: number): StoredLog => ({
  log: videoOf(sim, node).log,
  list: 'film',
  keptUs: retentionUs(sim, node),
  idOf: (position) => `fragment ${position}`,
})

const behaviour: Behaviour = {
  service: 'kinesisvideo',
  counters: COUNTERS,
  errors: ERRORS,
  alsoServes: ['kinesis-video-archived-media', 'kinesis-video-media'],
  operations: [
    putMedia,
    getMedia,
    describeStream,
    updateDataRetention,
    deleteStream,
    getDataEndpoint,
    listFragments,
  ],
  accountOperations: [createStream, listStreams],
  news: NEWS_WORDS,
  because,
  cloudWatch: { namespace: 'AWS/KinesisVideo', dimension: 'StreamName' },
  metrics: [
    { name: 'GetMedia.MillisBehindNow', unit: 'Milliseconds', statistic: 'Maximum' },
    { name: 'GetMedia.ActiveConnections', unit: 'Count', statistic: 'Maximum' },
    { name: 'PutMedia.IncomingFragments', unit: 'Count', statistic: 'Sum', counter: 'put' },
    { name: 'PutMedia.IncomingBytes', unit: 'Bytes', statistic: 'Sum', counter: 'putBytes' },
    { name: 'GetMedia.OutgoingFragments', unit: 'Count', statistic: 'Sum', counter: 'got' },
    { name: 'GetMedia.OutgoingBytes', unit: 'Bytes', statistic: 'Sum', counter: 'gotBytes' },
  ],
  actions: {},

  create: createVideo,
  configured(sim, node) {
    videoOf(sim, node).changes++
    expire(sim, node)
  },
  wired(sim, node) {
    const { nodes, wires } = sim.world
    disconnect(sim, node, new Set(nodes[node].out.map((wire) => wires[wire].to)))
  },
  removed: (sim, node) => disconnect(sim, node, new Set()),
  event(sim, node, type, a, b) {
    if (type === EVENT.serve) serveAgain(sim, node, a, b)
    else if (a === videoOf(sim, node).armed) expire(sim, node)
  },

  locate,
  subject: nameIn,
  digest: digestOf,
  stored: {
    page: (sim, node, _list, offset, limit) =>
      pageOfLogs(sim, node, [storedOf(sim, node)], offset, limit),
    find: (sim, node, message) => findInLogs(sim, node, [storedOf(sim, node)], message),
  },
  gauges(sim, node, into) {
    const { viewers } = videoOf(sim, node)
    into[0] = Math.floor(Math.max(0, ...viewers.map(({ behindUs }) => behindUs)) / 1000)
    into[1] = viewers.length
  },
  broken(sim, node) {
    const { counters } = sim.world.nodes[node]
    const known = kept(videoOf(sim, node)) + counters[COUNTER.expired]
    const made = counters[COUNTER.put]
    return made === known ? null : `put ${made}, but kept + expired is ${known}`
  },
}

export default behaviour
