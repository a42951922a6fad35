/** Reads AWS's inputs; everything here throws a Refusal with AWS's error. */
import type { AccountOperation } from '../../../engine/behaviour.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { checkAllowed } from '../access.ts'
import { TOPIC_NOT_FOUND, missing, refused } from '../errors.ts'
import { REGION } from '../../aws.ts'
import { Refusal } from '../../refusal.ts'
import { checkArn, nameInArn, regionInArn, topicArn, topicNamed } from '../names.ts'

export type Input = Readonly<Record<string, unknown>>

/** An operation whose refusals are thrown. */
export const account = (
  name: string,
  run: (sim: Simulation, input: Input) => unknown,
): AccountOperation => ({
  name,
  run(sim, input) {
    try {
      return { output: run(sim, input) ?? {} }
    } catch (problem) {
      if (problem instanceof Refusal) return { error: problem.error }
      throw problem
    }
  },
})

/** An operation on the topic that its TopicArn names, whose policy is asked. */
export const onTopic = (
  name: string,
  run: (sim: Simulation, node: number, input: Input) => unknown,
): AccountOperation =>
  account(name, (sim, input) => {
    const node = topicIn(sim, input)
    checkAllowed(sim, node, name)
    return run(sim, node, input)
  })

export function requiredText(input: Input, name: string): string {
  const value = input[name]
  if (typeof value === 'string' && value !== '') return value
  const member = name[0].toLowerCase() + name.slice(1)
  throw missing(member)
}

export const textOf = (input: Input, name: string): string =>
  typeof input[name] === 'string' ? input[name] : ''

/** Name to text; other values become texts, as the Query protocol knows no others. */
export const textsOf = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(value ?? {}).map(([key, one]) => [key, String(one)]))

export const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : []

/** The topic that the input names. @throws Refusal */
export function topicIn(sim: Simulation, input: Input, parameter = 'TopicArn'): number {
  const node = findTopic(sim, input, parameter)
  if (node < 0) throw new Refusal(TOPIC_NOT_FOUND)
  return node
}

/** The same, or -1 when there is none of that ARN; its bare name counts too. @throws Refusal */
export function findTopic(sim: Simulation, input: Input, parameter = 'TopicArn'): number {
  const text = input[parameter] === '' ? '' : requiredText(input, parameter)
  const node = topicNamed(sim, nameInArn(text))
  if (text.includes(':') || node < 0) {
    checkArn(parameter, text)
    if (regionInArn(text) !== REGION) throw refused(parameter)
  }
  const isOurs = !text.includes(':') || text === topicArn(nameInArn(text))
  return isOurs ? node : -1
}

const PAGE = 100

/** A page of a list; the token is Base64, as AWS's are, of the place where the next one begins. */
export function pageOf<T>(
  all: readonly T[],
  list: string,
  input: Input,
  pageSize = PAGE,
): Record<string, unknown> {
  const from = placeIn(textOf(input, 'NextToken'))
  const page = all.slice(from, from + pageSize)
  const next = from + page.length
  return { [list]: page, ...(next < all.length && { NextToken: btoa(`from ${next}`) }) }
}

/** @throws Refusal */
function placeIn(token: string): number {
  if (token === '') return 0
  const place = /^[A-Za-z0-9+/]+=*$/.test(token) && token.length % 4 === 0 ? atob(token) : ''
  const from = /^from (\d{1,9})$/.exec(place)?.[1]
  if (from === undefined) throw refused('NextToken')
  return Number(from)
}

export const readTags = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    (Array.isArray(value) ? value : []).map((tag: Input) => [
      String(tag.Key ?? ''),
      String(tag.Value ?? ''),
    ]),
  )
