/**
 * An AWS Lambda function in the engine: it is executed (`execution.ts`) for whoever invokes it
 * (`invoke.ts`, `asynchronous.ts`), and with batches that its event source mappings read (`queue/`, `stream/`).
 */
import { because } from './because.ts'
import type { Behaviour } from '../../engine/behaviour.ts'
import { CODE } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { getFunction, listFunctions } from './api/functions.ts'
import {
  createMapping,
  deleteMapping,
  getMapping,
  listMappings,
  updateMapping,
} from './api/mappings.ts'
import { attempt, letGo } from './asynchronous.ts'
import { COUNTERS, EVENT, NEWS_WORDS, broken, count } from './books.ts'
import { charges } from './charges.ts'
import { isSameChange, renderChanged } from './change.ts'
import { TO_DESTINATION, destinationAnswered } from './destination.ts'
import { digestOf, gauges } from './digest.ts'
import { ERRORS, GONE } from './errors.ts'
import { worked } from './execution.ts'
import { hungUp, invoke } from './invoke.ts'
import { METRICS } from './metricNames.ts'
import { locate } from './names.ts'
import { outputAnswered } from './outputs.ts'
import { connectQueues, queueAnswered, scaleDue } from './queue/mapping.ts'
import { pollerDue } from './queue/pollers.ts'
import { laneDue } from './stream/lanes.ts'
import { connectStreams, readDue, streamAnswered } from './stream/shards.ts'
import { createState, settingsOf, stateOf } from './state.ts'

/** Other settings: records that are transformed from now on are changed by these. */
function reconfigure(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  const before = state.settings
  state.settings = settingsOf(sim.world.nodes[node].config)
  if (!isSameChange(before.change, state.settings.change)) state.changedRecipes = {}
}

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: ERRORS,
  gone: GONE,
  operations: [invoke, getFunction],
  accountOperations: [
    listFunctions,
    createMapping,
    listMappings,
    getMapping,
    updateMapping,
    deleteMapping,
  ],
  news: NEWS_WORDS,
  because,
  cloudWatch: { namespace: 'AWS/Lambda', dimension: 'FunctionName' },
  metrics: METRICS,

  create: createState,
  started: connect,
  wired: connect,
  configured(sim, node) {
    reconfigure(sim, node)
    connect(sim, node)
  },
  removed: letGoOfAll,

  event(sim, node, type, a, b) {
    if (type === EVENT.done) worked(sim, node, a)
    else if (type === EVENT.asynchronous) attempt(sim, node, a, b)
    else if (type === EVENT.poller) pollerDue(sim, node, a, b)
    else if (type === EVENT.scale) scaleDue(sim, node, a)
    else if (type === EVENT.lane) laneDue(sim, node, a, b)
    else readDue(sim, node, type, a, b)
  },
  answered(sim, node, call) {
    const { calls, wires } = sim.world
    const wire = wires[calls.wire[call]]
    if (wire.to === node && wire.role === 'read') streamAnswered(sim, node, call)
    else if (wire.to === node) queueAnswered(sim, node, call)
    else if (calls.token[call] === TO_DESTINATION) destinationAnswered(sim, node, call)
    else outputAnswered(sim, node, call)
  },

  render: renderChanged,
  hungUp,
  locate,
  subject: ({ FunctionName }) => String(FunctionName ?? ''),
  actions: {},
  digest: digestOf,
  gauges,
  page(sim, node, _list, offset, limit) {
    const slots = [...stateOf(sim, node).asyncEvents.keys()]
    return { total: slots.length, slots: slots.slice(offset, offset + limit) }
  },
  charges,
  broken,
}

function connect(sim: Simulation, node: number): void {
  connectQueues(sim, node)
  connectStreams(sim, node)
}

/** The function was deleted: callers are told, its events are gone. */
function letGoOfAll(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  for (const { owner } of state.runs) {
    if (owner.type === 'call' || owner.type === 'transform') sim.answer(owner.call, CODE.gone)
    if (owner.type === 'nobody') sim.release(owner.slot)
  }
  state.runs = []
  for (const slot of state.asyncEvents.keys()) {
    count(sim, node, 'discarded')
    letGo(sim, node, slot)
  }
}

export default behaviour
