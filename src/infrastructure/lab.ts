/** For tests: a design's template, and what CloudFormation would refuse of one. */
import type { Scenario } from '../scenario/scenario.ts'
import { cloudFormationOf } from '../services/cloudFormations.ts'
import { noteLines } from './notes.ts'
import { templateOf, type Template } from './template.ts'

export interface Looked {
  readonly template: Template
  /** Of each resource: its type, its properties, and what it waits for. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** "heading: line" */
  readonly notes: readonly string[]
}

export async function written(scenario: Scenario): Promise<Looked> {
  const kinds = await cloudFormationOf(scenario.nodes.map(({ kind }) => kind))
  const template = templateOf(scenario, kinds)
  return {
    template,
    resources: Object.fromEntries(
      template.resources.map(({ id, type, properties, dependsOn = [] }) => [
        id,
        { type, ...properties, ...(dependsOn.length > 0 && { dependsOn }) },
      ]),
    ),
    notes: noteLines(template.notes).flatMap(({ heading, lines }) =>
      lines.map((line) => `${heading}: ${line}`),
    ),
  }
}

/** What GetAtt gives of a type, as far as kinds ask. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  'AWS::CloudWatch::Alarm': ['Arn'],
  'AWS::DynamoDB::Table': ['Arn'],
  'AWS::IAM::Role': ['Arn'],
  'AWS::Kinesis::Stream': ['Arn'],
  'AWS::KinesisFirehose::DeliveryStream': ['Arn'],
  'AWS::KinesisVideo::Stream': ['Arn'],
  'AWS::Lambda::Function': ['Arn'],
  'AWS::S3::Bucket': ['Arn'],
  'AWS::SNS::Topic': ['TopicName'],
  'AWS::SQS::Queue': ['Arn', 'QueueName'],
}

interface Reference {
  readonly id: string
  /** '' for Ref. */
  readonly attribute: string
}

/** Ids that are none or not unique, references to nothing, and what waits for itself. */
export function problemsOf({ parameters, resources, outputs }: Template): readonly string[] {
  const ids = [...parameters, ...resources].map(({ id }) => id)
  const types = new Map(resources.map(({ id, type }) => [id, type]))
  const uses = new Map(
    resources.map(({ id, properties, dependsOn = [] }) => [
      id,
      [...referencesIn(properties), ...dependsOn.map((other) => ({ id: other, attribute: '' }))],
    ]),
  )
  const told = outputs.flatMap(({ value }) => referencesIn(value))
  return [
    ...[...ids, ...outputs.map(({ id }) => id)]
      .filter((id) => !/^[A-Za-z0-9]{1,255}$/.test(id))
      .map((id) => `${id} is no logical id`),
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} is there twice`),
    ...[...[...uses.values()].flat(), ...told].flatMap(({ id, attribute }) => {
      if (id.startsWith('AWS::')) return []
      if (!ids.includes(id)) return [`${id} is not there`]
      if (attribute === '' || ATTRIBUTES[types.get(id) ?? '']?.includes(attribute)) return []
      return [`${id} has no ${attribute}`]
    }),
    ...resources
      .filter(({ id }) => waitsForItself(id, uses))
      .map(({ id }) => `${id} waits for itself`),
  ]
}

function referencesIn(value: unknown): readonly Reference[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  return Object.entries(value).flatMap(([key, each]) => {
    if (key === 'Ref') return [{ id: String(each), attribute: '' }]
    if (key === 'Fn::GetAtt') return [{ id: String(each[0]), attribute: String(each[1]) }]
    if (key !== 'Fn::Sub') return referencesIn(each)
    return [...String(each).matchAll(/\$\{([^!}][^}.]*)(?:\.([^}]*))?\}/g)].map((found) => ({
      id: found[1],
      attribute: found[2] ?? '',
    }))
  })
}

function waitsForItself(start: string, uses: ReadonlyMap<string, readonly Reference[]>): boolean {
  const seen = new Set<string>()
  const open = [start]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { id: next } of uses.get(id) ?? []) {
      if (next === start) return true
      if (!seen.has(next)) open.push(next)
      seen.add(next)
    }
  }
  return false
}
