/** Which topic an outside Publish means, or which phone or app that is drawn. */
import type { ApiError } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { refused } from '../errors.ts'
import { reading } from '../../refusal.ts'
import { deviceAt } from './devices.ts'
import { checkDirect, isDirect } from './publishOperations.ts'
import { topicIn, type Input } from './input.ts'

export function locate(sim: Simulation, _operation: string, input: Input): number | ApiError {
  let node = -1
  const problem = reading(() => {
    const { TopicArn, TargetArn, PhoneNumber } = input
    const given = [TopicArn, TargetArn, PhoneNumber].filter((one) => one !== undefined)
    if (given.length > 1) {
      throw refused('TopicArn Reason: only one of TopicArn, TargetArn and PhoneNumber is allowed')
    }
    if (given.length === 1 && isDirect(input)) {
      checkDirect(input)
      node = deviceAt(sim, input)
      return
    }
    if (TopicArn === undefined && TargetArn === undefined) {
      throw refused('TopicArn or TargetArn Reason: no value for required parameter')
    }
    node = topicIn(sim, input, TopicArn === undefined ? 'TargetArn' : 'TopicArn')
  })
  return problem ?? node
}
