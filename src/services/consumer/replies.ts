/** The fleet as a responder: what a reply says, and where it goes (FACTS 2.9). */
import type { Content } from '../../engine/messages.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { queueUrl } from '../aws.ts'
import { addressIn, answering, bytesOfTexts } from '../replies.ts'
import { utf8Length } from '../../base/utf8.ts'
import type { Output, State } from './state.ts'

interface Reply {
  readonly queueUrl: string
  readonly content: Content
  readonly sizeBytes: number
}

/** The reply to a message in hand: its body again, for whoever waits. Null when it asks for none. */
export function replyTo(sim: Simulation, { hands, literals }: State, hand: number): Reply | null {
  const { body, attributes } =
    literals.get(hand) ?? sim.render(hands.recipe[hand], hands.ordinal[hand])
  const address = addressIn(attributes)
  if (!address) return null
  const content = Object.freeze({ body, attributes: answering(address) })
  const sizeBytes = utf8Length(body) + bytesOfTexts(content.attributes)
  return { queueUrl: address.queueUrl, content, sizeBytes }
}

/** The wire to a queue, by the address that messages name it by. */
export const outputTo = (sim: Simulation, { outputs }: State, url: string): Output | undefined =>
  outputs.find(({ to }) => queueUrl(sim.world.nodes[to].name) === url)
