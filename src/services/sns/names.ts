/** How topics and subscriptions are named in AWS's JSON. */
import { hash32 } from '../../base/random.ts'
import { uuidFrom } from '../../base/hash.ts'
import type { Simulation } from '../../engine/simulation.ts'
import { arn } from '../aws.ts'
import { refused } from './errors.ts'

export const topicArn = (name: string): string => arn('sns', name)

export const nameInArn = (text: string): string => text.slice(text.lastIndexOf(':') + 1)

export const regionInArn = (text: string): string | undefined => text.split(':')[3]

/** Index of the living topic with this name, or -1. */
export const topicNamed = (sim: Simulation, name: string): number =>
  sim.world.nodes.findIndex((node) => node.alive && node.kind === 'sns' && node.name === name)

/** @throws Refusal when the text is no ARN */
export function checkArn(parameter: string, text: string): void {
  const parts = text.split(':')
  if (parts.length < 6) {
    throw refused(`${parameter} Reason: An ARN must have at least 6 elements, not ${parts.length}`)
  }
}

/** A UUID that follows from the run's seed and a word that stands for one thing only. */
export function uuidOf(sim: Simulation, word: string): string {
  const { seed } = sim.world.scenario
  let a = seed
  let b = ~seed
  for (let i = 0; i < word.length; i++) {
    a = hash32(a, word.charCodeAt(i))
    b = hash32(word.charCodeAt(i), b)
  }
  return uuidFrom(a, b, hash32(a, b), hash32(b, a))
}

export const isFifoName = (name: string): boolean => name.endsWith('.fifo')

/** A sequence as SNS and SQS write it: 20 digits. */
export const sequenceText = (sequence: number): string => `1${String(sequence).padStart(18, '0')}0`
