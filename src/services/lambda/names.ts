/** How functions are named in AWS's JSON. */
import type { ApiError } from '../../engine/calls.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { arn } from '../aws.ts'
import { notFound } from './errors.ts'

export const functionArn = (name: string): string => arn('lambda', `function:${name}`)

/** A name, a partial ARN (account:function:name) or an ARN, each perhaps with a version. */
const nameIn = (text: string): string => {
  const marker = text.lastIndexOf('function:')
  return (marker < 0 ? text : text.slice(marker + 'function:'.length)).split(':')[0]
}

/** The living function that FunctionName means. */
export function locate(
  sim: Simulation,
  _operation: string,
  input: Readonly<Record<string, unknown>>,
): number | ApiError {
  const name = nameIn(String(input.FunctionName ?? ''))
  const node = sim.world.nodes.find(
    (each) => each.alive && each.kind === 'lambda' && each.name === name,
  )
  return node ? node.index : notFound(functionArn(name))
}
