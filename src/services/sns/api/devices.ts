/** Phones and apps that are drawn: SNS knows them without a call, and publishes to them (FACTS 3.2). */
import type { Simulation } from '../../../engine/simulation.ts'
import type { ScenarioNode } from '../../../scenario/scenario.ts'
import { arn } from '../../aws.ts'
import { schemas } from '../../schemas.ts'
import { uuidOf } from '../names.ts'
import type { Input } from './input.ts'

interface Device {
  readonly part: ScenarioNode
  /** Phone number or ARN. */
  readonly address: string
}

const devicesOf = (sim: Simulation, protocol: 'sms' | 'application'): Device[] =>
  sim.world.scenario.nodes.flatMap((part) => {
    const subscriber = schemas.get(part.kind)?.subscribeAs?.(part, { isFifo: false })
    if (!subscriber?.ok || subscriber.protocol !== protocol) return []
    return [{ part, address: subscriber.endpoint }]
  })

const indexOf = (sim: Simulation, part: ScenarioNode): number =>
  sim.world.nodes.findIndex(({ alive, id }) => alive && id === part.id)

/** The node that a Publish without a topic is for; -1 when no such phone or app is drawn. */
export function deviceAt(sim: Simulation, { PhoneNumber, TargetArn }: Input): number {
  const found =
    PhoneNumber === undefined
      ? devicesOf(sim, 'application').find(({ address }) => address === TargetArn)
      : devicesOf(sim, 'sms').find(({ address }) => address === PhoneNumber)
  return found ? indexOf(sim, found.part) : -1
}

export interface DrawnEndpoint {
  readonly part: ScenarioNode
  /** ARN of the platform application. */
  readonly application: string
  readonly attributes: Readonly<Record<string, string>>
}

/** The platform endpoints that drawn apps are, by ARN. */
export const drawnEndpoints = (sim: Simulation): ReadonlyMap<string, DrawnEndpoint> =>
  new Map(
    devicesOf(sim, 'application').map(({ part, address }) => {
      const resource = address.slice(address.indexOf(':endpoint/') + 10, address.lastIndexOf('/'))
      const Token = uuidOf(sim, `token/${address}`).replaceAll('-', '')
      const Enabled = String(part.config.Enabled ?? true)
      const application = arn('sns', `app/${resource}`)
      return [address, { part, application, attributes: { Enabled, Token } }]
    }),
  )

/** Switches a drawn app on or off, as SetEndpointAttributes does. */
export function enableDrawn(sim: Simulation, { part }: DrawnEndpoint, enabled: boolean): void {
  const config = { ...part.config, Enabled: enabled }
  sim.edit({ nodes: { [part.id]: { ...part, config } }, wires: {} })
}

export const removeDrawn = (sim: Simulation, { part }: DrawnEndpoint): void =>
  sim.removeNode(indexOf(sim, part))
