/**
 * An Auto Scaling group in the engine (FACTS 14): decides how many instances there should be, launches
 * and terminates them, and tells the fleet it is wired to.
 */
import { US_PER_MINUTE, US_PER_S } from '../../base/units.ts'
import type { Behaviour, Operation } from '../../engine/behaviour.ts'
import { CODE } from '../../engine/calls.ts'
import type { Token } from '../../engine/frame.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { closePeriod, createWatch, isSameWatch, takeSample } from '../watch.ts'
import { NEWS, NEWS_WORDS, because } from './because.ts'
import { adjusted, stepFor, trackTarget } from './policy.ts'
import {
  DATAPOINTS_KEPT,
  createState,
  inService,
  settingsOf,
  stateOf,
  warm,
  type State,
} from './state.ts'

/** `b` of a look is the turn. */
const EVENT = { look: 0, inService: 1 } as const

const COUNTERS = ['launched', 'terminated', 'scaleOuts', 'scaleIns', 'cooldownRefusals'] as const
const COUNTER = { launched: 0, terminated: 1, scaleOuts: 2, scaleIns: 3, cooldownRefusals: 4 }

/** An alarm runs the policy; the call's `arg` is how far its metric is over the threshold. */
const executePolicy: Operation = {
  name: 'ExecutePolicy',
  carries: 'nothing',
  run(sim, node, call) {
    runPolicy(sim, node, sim.world.calls.arg[call])
    sim.answer(call, CODE.ok)
  },
  request: (sim, node, { arg }) => ({
    AutoScalingGroupName: sim.world.nodes[node].name,
    BreachThreshold: arg,
  }),
  response: () => ({}),
  gist: (_sim, { arg }) => ({ input: `breach by ${arg}`, output: '' }),
  parse: () => ({
    code: 'InvalidAction',
    status: 400,
    message: 'An Auto Scaling group can only be called along a wire.',
  }),
}

const behaviour: Behaviour = {
  counters: COUNTERS,
  errors: [],
  operations: [executePolicy],
  news: NEWS_WORDS,
  because,
  cloudWatch: { namespace: 'AWS/AutoScaling', dimension: 'AutoScalingGroupName' },
  metrics: [
    { name: 'GroupDesiredCapacity', unit: 'Count', statistic: 'Average' },
    { name: 'GroupInServiceInstances', unit: 'Count', statistic: 'Average' },
    { name: 'GroupPendingInstances', unit: 'Count', statistic: 'Average' },
  ],

  create: createState,
  started(sim, node) {
    const state = stateOf(sim, node)
    const wanted = Number(sim.world.nodes[node].config.DesiredCapacity)
    const { min, max } = state.settings
    const count = Math.min(max, Math.max(min, wanted))
    // What is there when the run begins has been there for long.
    for (let n = 0; n < count; n++) {
      state.instances.push({ inServiceUs: sim.nowUs, warmUs: sim.nowUs })
    }
    rewatch(sim, node)
    tellFleet(sim, node)
  },
  wired(sim, node) {
    rewatch(sim, node)
    stateOf(sim, node).told = -1
    tellFleet(sim, node)
  },
  configured(sim, node) {
    const state = stateOf(sim, node)
    state.settings = settingsOf(sim.world.nodes[node].config)
    setCapacity(sim, node, state.instances.length)
  },

  event(sim, node, type, turn) {
    const state = stateOf(sim, node)
    if (type === EVENT.inService) {
      tellFleet(sim, node)
      return
    }
    if (turn !== state.turn || !state.watch) return
    takeSample(sim, state.watch)
    if (sim.nowUs % US_PER_MINUTE === 0) closeMinute(sim, node, state)
    sim.at(sim.nowUs + US_PER_S, node, EVENT.look, state.turn)
  },

  actions: {
    scaleOut: (sim, node) => void setCapacity(sim, node, stateOf(sim, node).instances.length + 1),
    scaleIn: (sim, node) => void setCapacity(sim, node, stateOf(sim, node).instances.length - 1),
  },
  digest(sim, node) {
    const state = stateOf(sim, node)
    const { counters } = sim.world.nodes[node]
    const latest = state.datapoints.at(-1)
    return {
      rows: [{ name: 'instances', total: state.instances.length, tokens: tokens(sim, state) }],
      figures: {
        desired: state.instances.length,
        inService: inService(state, sim.nowUs),
        ...(typeof latest === 'number' && { metric: latest }),
        launched: counters[COUNTER.launched],
        terminated: counters[COUNTER.terminated],
      },
      spark: state.datapoints.map((value) => value ?? 0),
      advice: advice(sim, node, state),
    }
  },
  gauges(sim, node, into) {
    const state = stateOf(sim, node)
    into[0] = state.instances.length
    into[1] = inService(state, sim.nowUs)
    into[2] = into[0] - into[1]
  },
}

function rewatch(sim: Simulation, node: number): void {
  const state = stateOf(sim, node)
  const found = createWatch(sim, node)
  if (isSameWatch(state.watch, found)) return
  state.watch = found
  state.turn++
  state.datapoints.length = 0
  const nextSecondUs = (Math.floor(sim.nowUs / US_PER_S) + 1) * US_PER_S
  if (found) sim.at(nextSecondUs, node, EVENT.look, state.turn)
}

/** A datapoint, and what target tracking makes of it. */
function closeMinute(sim: Simulation, node: number, state: State): void {
  const { settings, datapoints, instances } = state
  const value = closePeriod(sim, state.watch!, 'Average')
  const present = warm(state, sim.nowUs)
  const perInstance = settings.perInstance ? Math.max(1, present) : 1
  datapoints.push(value === null ? null : value / perInstance)
  if (datapoints.length > DATAPOINTS_KEPT) datapoints.shift()
  if (settings.policy !== 'TargetTrackingScaling') return
  // The plain metric does not say how much one instance has to do: it scales what is there already.
  const capacity = settings.perInstance ? present : instances.length
  const wish = trackTarget(datapoints, settings.target, capacity)
  if (wish?.direction === 'out' && wish.capacity > instances.length) {
    setCapacity(sim, node, wish.capacity)
  } else if (wish?.direction === 'in' && !settings.disableScaleIn && !isWarming(sim, state)) {
    if (wish.capacity < instances.length) setCapacity(sim, node, wish.capacity)
  }
}

const isWarming = (sim: Simulation, state: State): boolean =>
  warm(state, sim.nowUs) < state.instances.length

/** Step and simple scaling, when an alarm says so. */
function runPolicy(sim: Simulation, node: number, breach: number): void {
  const state = stateOf(sim, node)
  const { settings, instances } = state
  const { adjustmentType } = settings
  if (settings.policy === 'SimpleScaling') {
    if (sim.nowUs < state.cooldownUntilUs) {
      sim.world.nodes[node].counters[COUNTER.cooldownRefusals]++
      sim.news(node, NEWS.cooldown, -1)
      return
    }
    const wanted = adjusted(instances.length, adjustmentType, settings.adjustment)
    if (setCapacity(sim, node, wanted)) state.cooldownUntilUs = sim.nowUs + settings.cooldownUs
  } else if (settings.policy === 'StepScaling') {
    const change = stepFor(settings.steps, breach)
    // Instances that warm up count as capacity already: the same breach does not launch them twice.
    const wanted = adjusted(warm(state, sim.nowUs), adjustmentType, change)
    if (wanted > instances.length) setCapacity(sim, node, wanted)
    else if (wanted < instances.length && !isWarming(sim, state)) setCapacity(sim, node, wanted)
  }
}

/** Launches or terminates until so many are there, within minimum and maximum. True when it changed. */
function setCapacity(sim: Simulation, node: number, wanted: number): boolean {
  const state = stateOf(sim, node)
  const { settings, instances } = state
  const { counters } = sim.world.nodes[node]
  const before = instances.length
  const capacity = Math.min(settings.max, Math.max(settings.min, wanted))
  while (instances.length < capacity) {
    const inServiceUs = sim.nowUs + settings.launchUs
    const warmUs = inServiceUs + settings.warmupUs
    instances.push({ inServiceUs, warmUs })
    counters[COUNTER.launched]++
    sim.at(inServiceUs, node, EVENT.inService)
  }
  if (instances.length > capacity) {
    counters[COUNTER.terminated] += instances.length - capacity
    instances.length = capacity
  }
  if (capacity === before) return false
  counters[capacity > before ? COUNTER.scaleOuts : COUNTER.scaleIns]++
  sim.news(node, capacity > before ? NEWS.out : NEWS.in, -1)
  sim.mark(node, 'scaled')
  tellFleet(sim, node)
  return true
}

/** The call's `arg` is how many, `arg2` whether those that go finish their work. */
function tellFleet(sim: Simulation, node: number): void {
  const { nodes, wires, calls } = sim.world
  const state = stateOf(sim, node)
  const count = inService(state, sim.nowUs)
  const wire = nodes[node].out.find((candidate) => wires[candidate].role === 'capacity')
  if (wire === undefined || count === state.told) return
  const { to } = wires[wire]
  const call = sim.call(node, to, sim.operationIndex(to, 'SetCapacity'), wire)
  calls.arg[call] = count
  calls.arg2[call] = state.settings.protect ? 1 : 0
  state.told = count
  sim.send(call)
}

/** Pending is dashed; in service has a ring, which fills while it warms up. */
function tokens(sim: Simulation, { instances }: State): Token[] {
  return instances.map(({ inServiceUs, warmUs }): Token => {
    const token = { message: 0, hue: 0 }
    if (inServiceUs > sim.nowUs) return { ...token, look: 'off' }
    return { ...token, look: 'outline', ringFromUs: inServiceUs, ringToUs: warmUs }
  })
}

function advice(sim: Simulation, node: number, state: State): string[] {
  const { nodes, wires } = sim.world
  const { settings, watch } = state
  const roles = nodes[node].in.map((wire) => wires[wire].role)
  const found: string[] = []
  if (!nodes[node].out.some((wire) => wires[wire].role === 'capacity')) {
    found.push('Scales nothing: draw a wire to a consumer fleet.')
  }
  if (settings.policy === 'TargetTrackingScaling') {
    if (!watch)
      found.push('Target tracking needs a metric: draw a wire from a queue to this group.')
    else if (!settings.perInstance && !watch.isCounted) {
      found.push(
        `${watch.name} does not fall when instances are added, so target tracking overshoots: use the metric per instance.`,
      )
    }
  } else if (!roles.includes('scale')) {
    found.push('Step and simple scaling need an alarm: draw a wire from an alarm to this group.')
  }
  if (state.instances.length === settings.max && settings.max > settings.min) {
    found.push('At its maximum: it cannot grow further.')
  }
  return found
}

export default behaviour
