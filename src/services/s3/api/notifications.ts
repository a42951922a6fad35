/** Put- and GetBucketNotificationConfiguration: the wires that leave a bucket (FACTS 15.3). */
import type { Operation } from '../../../engine/behaviour.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import type { ScenarioNode, Wire } from '../../../scenario/scenario.ts'
import { plainOperation, type Input } from '../../plainOperation.ts'
import { Refusal } from '../../refusal.ts'
import { connectionOf, schemas } from '../../schemas.ts'
import { configurationId } from '../names.ts'
import { anyOverlap, ruleIn, type Rule } from '../overlap.ts'
import { EVENTS, MOST_ID_CHARS } from '../schema.ts'

/** By what part of a configuration a destination is named, and how its ARN begins. */
const DESTINATIONS = [
  { list: 'TopicConfigurations', arn: 'TopicArn', service: 'arn:aws:sns:' },
  { list: 'QueueConfigurations', arn: 'QueueArn', service: 'arn:aws:sqs:' },
  { list: 'LambdaFunctionConfigurations', arn: 'LambdaFunctionArn', service: 'arn:aws:lambda:' },
] as const

const ARN = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+/

interface Told extends Rule {
  readonly to: ScenarioNode
  readonly configurationId: string
}

const invalid = (message: string): Refusal =>
  new Refusal({ code: 'InvalidArgument', status: 400, message })

/** @throws Refusal */
function rulesIn(sim: Simulation, node: number, input: Input): Told[] {
  const configuration = objectOf(input.NotificationConfiguration)
  const bucket = drawnAs(sim, node)
  const asked = DESTINATIONS.flatMap(({ list, arn }) =>
    listOf(configuration[list]).map((one) => ({ one, arn: String(one[arn]) })),
  )
  // As recorded: what is no ARN is told before what is none of ours.
  if (asked.some(({ arn }) => !ARN.test(arn))) throw invalid('The ARN could not be parsed')
  const rules = asked.flatMap(({ one, arn }) => {
    const to = partWith(sim, arn)
    if (!to || !connectionOf(bucket, to).ok) {
      throw invalid('Unable to validate the following destination configurations')
    }
    return listOf(one.Events).map((event) => ({ to, ...ruleOf(String(event), one) }))
  })
  if (anyOverlap(rules)) {
    throw invalid(
      'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
    )
  }
  return rules
}

/** @throws Refusal */
function ruleOf(event: string, { Id, Filter }: Input): Rule & Pick<Told, 'configurationId'> {
  if (!EVENTS.includes(event)) throw invalid('The event is not supported for notifications')
  const filters = listOf(objectOf(objectOf(Filter).Key).FilterRules)
  const valueOf = (name: string) =>
    String(filters.find(({ Name }) => String(Name).toLowerCase() === name)?.Value ?? '')
  if (filters.some(({ Name }) => !['prefix', 'suffix'].includes(String(Name).toLowerCase()))) {
    throw invalid('filter rule name must be either prefix or suffix')
  }
  return {
    event,
    prefix: valueOf('prefix'),
    suffix: valueOf('suffix'),
    configurationId: typeof Id === 'string' ? Id.slice(0, MOST_ID_CHARS) : '',
  }
}

export const putNotifications: Operation = plainOperation({
  name: 'PutBucketNotificationConfiguration',
  check: rulesIn,
  run(sim, node, input) {
    const rules = rulesIn(sim, node, input)
    const { id } = sim.world.nodes[node]
    const wires: Record<string, Wire | null> = {}
    for (const wire of notifications(sim, node)) wires[wire.id] = null
    rules.forEach(({ to, ...config }, n) => {
      const wire = `${id}-notify-${n + 1}`
      wires[wire] = { id: wire, from: id, to: to.id, config }
    })
    sim.edit({ nodes: {}, wires })
  },
})

/** One or more events of the same keys to the same destination. */
interface Configuration {
  readonly Id: string
  readonly Events: string[]
  readonly [member: string]: unknown
}

export const getNotifications: Operation = plainOperation({
  name: 'GetBucketNotificationConfiguration',
  output(sim, node) {
    const found: Record<string, Configuration[]> = {}
    for (const wire of notifications(sim, node)) {
      const to = sim.world.scenario.nodes.find((one) => one.id === wire.to)
      const arn = to && arnOf(to)
      const destination = DESTINATIONS.find(({ service }) => arn?.startsWith(service))
      if (!destination) continue
      const { event, ...keys } = ruleIn(wire.config)
      const about = {
        Id: configurationId(wire.id, wire.config),
        [destination.arn]: arn,
        ...filterOf(keys),
      }
      const configurations = (found[destination.list] ??= [])
      const same = configurations.find((one) => isSame({ ...one, Events: undefined }, about))
      if (same) same.Events.push(event)
      else configurations.push({ ...about, Events: [event] })
    }
    return found
  },
})

function filterOf({ prefix, suffix }: Pick<Rule, 'prefix' | 'suffix'>): object {
  const FilterRules = [
    ...(prefix ? [{ Name: 'Prefix', Value: prefix }] : []),
    ...(suffix ? [{ Name: 'Suffix', Value: suffix }] : []),
  ]
  return FilterRules.length > 0 ? { Filter: { Key: { FilterRules } } } : {}
}

const isSame = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The wires as drawn. */
function notifications(sim: Simulation, node: number): Wire[] {
  const { nodes, scenario } = sim.world
  return scenario.wires.filter(({ from }) => from === nodes[node].id)
}

const drawnAs = (sim: Simulation, node: number): ScenarioNode =>
  sim.world.scenario.nodes.find(({ id }) => id === sim.world.nodes[node].id)!

const partWith = (sim: Simulation, arn: string): ScenarioNode | undefined =>
  sim.world.scenario.nodes.find((one) => arnOf(one) === arn)

/** Of a part that can be notified: as its policy or a topic's subscription names it. */
function arnOf(part: ScenarioNode): string | undefined {
  const schema = schemas.get(part.kind)
  const subscriber = schema?.subscribeAs?.(part, { isFifo: false })
  return schema?.policy?.arn(part) ?? (subscriber?.ok ? subscriber.endpoint : undefined)
}

const objectOf = (value: unknown): Input =>
  typeof value === 'object' && value !== null ? (value as Input) : {}
const listOf = <T = Input>(value: unknown): readonly T[] =>
  Array.isArray(value) ? (value as T[]) : []
