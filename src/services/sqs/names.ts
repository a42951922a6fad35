/** How a queue is written in AWS's JSON: its URL and its ARN. */
import type { Simulation } from '../../engine/simulation.ts'
import { ACCOUNT, arn } from '../aws.ts'

export { queueUrl } from '../aws.ts'

export const queueArn = (name: string): string => arn('sqs', name)

const SLASH = 47

/**
 * The queue in a URL of any host, `.../<account>/<name>`; a text with no account in it means the own one,
 * and without a slash it is the name itself.
 */
export function queueInUrl(text: string): { readonly account: string; readonly name: string } {
  let start = text.length
  while (start > 0 && text.charCodeAt(start - 1) !== SLASH) start--
  return { account: accountBefore(text, start), name: text.slice(start) }
}

function accountBefore(text: string, end: number): string {
  const isOwn = text.slice(end - 1 - ACCOUNT.length, end - 1) === ACCOUNT
  return isOwn ? ACCOUNT : (/\/(\d{12})\/[^/]*$/.exec(text)?.[1] ?? ACCOUNT)
}

/** The queue's name in an ARN. */
export const nameInArn = (text: string): string => text.slice(text.lastIndexOf(':') + 1)

/** Index of the living queue with this name, or -1. */
export const queueNamed = (sim: Simulation, name: string): number =>
  sim.world.nodes.findIndex((node) => node.alive && node.kind === 'sqs' && node.name === name)
