/**
 * One execution: the handler works on the items of its event one after the other, passes on what it has
 * made of them, and returns, throws or times out. How it will end is decided when it begins.
 */
import type { Simulation } from '../../engine/simulation.ts'
import { addLatency } from '../latency.ts'
import { addRecent } from '../recent.ts'
import { drawServiceUs, happens, isPoisonByField, isPoisonByShare } from '../work.ts'
import { EVENT, NEWS, count } from './books.ts'
import { takeEnvironment, throttledBy } from './environments.ts'
import { partsOf } from './items.ts'
import { finished } from './owners.ts'
import { sendOn } from './outputs.ts'
import { RECENT, REPORTS, stateOf, type Item, type Owner, type Run } from './state.ts'

/**
 * Begins to execute the function, or refuses: too many run already.
 * @returns 0, or one of RESULT
 */
export function execute(
  sim: Simulation,
  node: number,
  owner: Owner,
  items: readonly Item[],
  reports: number,
): number {
  const refusal = throttledBy(sim, node)
  if (refusal !== 0) {
    count(sim, node, 'Throttles')
    sim.mark(node, 'throttled', items[0]?.serial ?? 0)
    return refusal
  }
  const state = stateOf(sim, node)
  const { place, isCold } = takeEnvironment(sim, node)
  const id = state.nextRun++
  state.environments[place].run = id
  count(sim, node, 'Invocations')
  if (isCold) count(sim, node, 'coldStarts')
  const startedUs = sim.nowUs + (isCold ? state.settings.coldStartUs : 0)
  const { workUs, reached, outcome, failed } = foresee(sim, node, items, reports)
  const endsUs = startedUs + workUs
  state.runs.push({
    id,
    environment: place,
    owner,
    items,
    reports,
    startedUs,
    endsUs,
    reached,
    outcome,
    failed,
    sending: 0,
  })
  sim.at(endsUs, node, EVENT.done, id)
  return 0
}

/** Goes through the items as the handler will. */
function foresee(sim: Simulation, node: number, items: readonly Item[], reports: number) {
  const { settings, chance } = stateOf(sim, node)
  const { random } = sim.world
  const failed: number[] = []
  let workUs = 0
  for (let place = 0; place < items.length; place++) {
    const parts = partsOf(items[place])
    for (let n = 0; n < parts.length; n++) workUs += drawServiceUs(settings, random, chance.service)
    if (workUs > settings.timeoutUs) {
      return { workUs: settings.timeoutUs, reached: place, outcome: 'timeout' as const, failed }
    }
    const fails = parts.some(
      (part) =>
        happens(random, chance.failure, settings.failureChance) || isPoison(sim, node, part),
    )
    if (!fails) continue
    failed.push(place)
    if (reports === REPORTS.none) {
      return { workUs, reached: place + 1, outcome: 'error' as const, failed }
    }
    if (reports === REPORTS.inOrder) {
      return { workUs, reached: place + 1, outcome: 'ok' as const, failed }
    }
  }
  return { workUs: Math.max(1, workUs), reached: items.length, outcome: 'ok' as const, failed }
}

function isPoison(sim: Simulation, node: number, item: Item): boolean {
  const { settings } = stateOf(sim, node)
  if (settings.poison === 'none') return false
  if (settings.poison === 'field') return isPoisonByField(contentOf(sim, item).body, settings)
  return isPoisonByShare(sim.world.scenario.seed, item.origin, settings.poisonShare)
}

export const contentOf = (sim: Simulation, item: Item) =>
  item.literal ?? sim.render(item.recipe, item.ordinal)

export const runById = (sim: Simulation, node: number, id: number): Run | undefined =>
  stateOf(sim, node).runs.find((run) => run.id === id)

/** The handler has worked so far; what it made of the items goes on before it returns. */
export function worked(sim: Simulation, node: number, id: number): void {
  const run = runById(sim, node, id)
  if (!run) return
  sendOn(sim, node, run)
  if (run.sending === 0) finish(sim, node, run)
}

/** A result was taken or refused; a refusal is an error of the handler at this item. */
export function resultAnswered(
  sim: Simulation,
  node: number,
  run: Run,
  place: number,
  isOk: boolean,
) {
  if (!isOk && !run.failed.includes(place)) run.failed.push(place)
  if (!isOk && run.reports === REPORTS.none && run.outcome === 'ok') run.outcome = 'error'
  if (--run.sending === 0) finish(sim, node, run)
}

function finish(sim: Simulation, node: number, run: Run): void {
  const state = stateOf(sim, node)
  const { nowUs } = sim
  state.runs.splice(state.runs.indexOf(run), 1)
  const environment = state.environments[run.environment]
  environment.run = -1
  environment.idleUs = nowUs
  const durationUs = nowUs - run.startedUs
  count(sim, node, 'durationUs', durationUs)
  addRecent(state.recent, nowUs, RECENT.invocations, 1)
  addRecent(state.recent, nowUs, RECENT.durationUs, durationUs)
  const isOk = run.outcome === 'ok'
  if (!isOk || run.failed.length > 0) environment.failedUs = nowUs
  if (!isOk) {
    count(sim, node, 'Errors')
    if (run.outcome === 'timeout') count(sim, node, 'timeouts')
    sim.news(node, run.outcome === 'timeout' ? NEWS.timeout : NEWS.error, -1)
  }
  run.failed.sort((a, b) => a - b)
  if (isOk) {
    run.items.forEach(({ beganUs }, place) => {
      const isDone = place < run.reached && !run.failed.includes(place)
      if (isDone) addLatency(state.latencies, nowUs, nowUs - beganUs)
    })
  }
  finished(sim, node, run, { isOk, failed: run.failed })
}
