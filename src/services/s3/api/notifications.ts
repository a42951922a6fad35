/** Put- and GetBucketNotificationConfiguration: the wires that leave a bucket (FACTS 15.3). */
import type { Operation } from '../../../engine/behaviour.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import type { ScenarioNode, Wire } from '../../../scenario/scenario.ts'
import { plainOperation, type Input } from '../../plainOperation.ts'
import { Refusal } from '../../refusal.ts'
import { connectionOf, schemas } from '../../schemas.ts'
import { anyOverlap, ruleIn, type Rule } from '../overlap.ts'
import { EVENTS } from '../schema.ts'

/** By what part of a configuration a destination is named, and how its ARN begins. */
const DESTINATIONS = [
  { list: 'TopicConfigurations', arn: 'TopicArn', service: 'arn:aws:sns:' },
  { list: 'QueueConfigurations', arn: 'QueueArn', service: 'arn:aws:sqs:' },
  { list: 'LambdaFunctionConfigurations', arn: 'LambdaFunctionArn', service: 'arn:aws:lambda:' },
] as const

interface Told extends Rule {
  readonly to: ScenarioNode
}

const invalid = (message: string): Refusal =>
  new Refusal({ code: 'InvalidArgument', status: 400, message })

/** @throws Refusal */
function rulesIn(sim: Simulation, node: number, input: Input): Told[] {
  const configuration = objectOf(input.NotificationConfiguration)
  const bucket = drawnAs(sim, node)
  const rules = DESTINATIONS.flatMap(({ list, arn }) =>
    listOf(configuration[list]).flatMap((one) => {
      const to = partWith(sim, String(one[arn]))
      if (!to || !connectionOf(bucket, to).ok) {
        throw invalid('Unable to validate the following destination configurations')
      }
      return listOf(one.Events).map((event) => ({ to, ...ruleOf(String(event), one) }))
    }),
  )
  if (anyOverlap(rules)) {
    throw invalid(
      'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
    )
  }
  return rules
}

/** @throws Refusal */
function ruleOf(event: string, { Filter }: Input): Rule {
  if (!EVENTS.includes(event)) throw invalid('The event is not supported for notifications')
  const filters = listOf(objectOf(objectOf(Filter).Key).FilterRules)
  const valueOf = (name: string) =>
    String(filters.find(({ Name }) => String(Name).toLowerCase() === name)?.Value ?? '')
  return { event, prefix: valueOf('prefix'), suffix: valueOf('suffix') }
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

export const getNotifications: Operation = plainOperation({
  name: 'GetBucketNotificationConfiguration',
  output(sim, node) {
    const found: Record<string, object[]> = {}
    for (const wire of notifications(sim, node)) {
      const to = sim.world.scenario.nodes.find((one) => one.id === wire.to)
      const arn = to && arnOf(to)
      const destination = DESTINATIONS.find(({ service }) => arn?.startsWith(service))
      if (!destination) continue
      const { event, prefix, suffix } = ruleIn(wire.config)
      const FilterRules = [
        ...(prefix ? [{ Name: 'Prefix', Value: prefix }] : []),
        ...(suffix ? [{ Name: 'Suffix', Value: suffix }] : []),
      ]
      ;(found[destination.list] ??= []).push({
        Id: wire.id,
        [destination.arn]: arn,
        Events: [event],
        ...(FilterRules.length > 0 && { Filter: { Key: { FilterRules } } }),
      })
    }
    return found
  },
})

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
