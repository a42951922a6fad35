/** How a queue is written in AWS's JSON: its URL and its ARN. */
import type { Simulation } from '../../engine/simulation.ts'
import { ACCOUNT, arn } from '../aws.ts'

export { queueUrl } from '../aws.ts'

export const queueArn = (name: string): string => arn('sqs', name)

/** The queue's name in a URL of any host, `.../<account>/<name>`, or the text itself. */
export const nameInUrl = (text: string): string => text.slice(text.lastIndexOf('/') + 1)

const OWN_FOLDER = `/${ACCOUNT}/`

/** The account in a URL; the own one where the text names none. */
export function accountInUrl(text: string): string {
  const end = text.lastIndexOf('/')
  const start = end > 0 ? text.lastIndexOf('/', end - 1) : -1
  if (start < 0 || text.startsWith(OWN_FOLDER, start)) return ACCOUNT
  const account = text.slice(start + 1, end)
  return /^\d{12}$/.test(account) ? account : ACCOUNT
}

/** The queue's name in an ARN. */
export const nameInArn = (text: string): string => text.slice(text.lastIndexOf(':') + 1)

/** Index of the living queue with this name, or -1. */
export const queueNamed = (sim: Simulation, name: string): number =>
  sim.world.nodes.findIndex((node) => node.alive && node.kind === 'sqs' && node.name === name)
