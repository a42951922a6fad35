/**
 * The shape of a document of the present format, for zod. Every message completes the sentence
 * "<place>: ...", in plain English. Missing parts that have a default are filled in; unknown keys
 * beside the known ones are dropped; settings (`config`) are kept whatever they are.
 */
import * as z from 'zod/mini'
import {
  MAX_CONFIG_CHARS,
  MAX_COORDINATE,
  MAX_DESCRIPTION_CHARS,
  MAX_ID_CHARS,
  MAX_INTERVENTIONS,
  MAX_NAME_CHARS,
  MAX_NODES,
  MAX_SEED,
  MAX_TITLE_CHARS,
  MAX_WIRES,
} from './caps.ts'
import { DEFAULT_SETTINGS, SCENARIO_FORMAT, emptyScenario } from './scenario.ts'

const blank = emptyScenario()

const text = (max: number) =>
  z.string('should be text').check(z.maxLength(max, `is longer than ${max} characters`))

/** Ids and kinds become keys of objects, so they may not be names that every object has. */
const key = z.string('should be text').check(
  z.regex(/^[A-Za-z0-9_.-]+$/, 'may contain only letters, digits, dots, dashes and underscores'),
  z.maxLength(MAX_ID_CHARS, `is longer than ${MAX_ID_CHARS} characters`),
  z.refine((value) => !(value in Object.prototype), 'is a word that cannot be used here'),
)

const whole = (max: number) =>
  z
    .number('should be a number')
    .check(
      z.refine(
        (value) => Number.isInteger(value) && value >= 0 && value <= max,
        `should be a whole number from 0 to ${max}`,
      ),
    )

const timeUs = whole(Number.MAX_SAFE_INTEGER)

/** Whole canvas units. */
const coordinate = z.pipe(
  z
    .number('should be a number')
    .check(
      z.refine(
        (value) => Math.abs(value) <= MAX_COORDINATE,
        `lies further out than ${MAX_COORDINATE}`,
      ),
    ),
  z.transform((value: number) => Math.round(value) + 0),
)

const object = z.record(z.string(), z.unknown(), 'should be an object')

const config = z._default(
  object.check(
    z.refine(
      (value) => JSON.stringify(value).length <= MAX_CONFIG_CHARS,
      `the settings are longer than ${MAX_CONFIG_CHARS} characters`,
    ),
  ),
  {},
)

const node = z.object(
  {
    id: key,
    kind: key,
    name: text(MAX_NAME_CHARS).check(z.minLength(1, 'should not be empty')),
    x: coordinate,
    y: coordinate,
    config,
  },
  'should be an object',
)

const wire = z.object({ id: key, from: key, to: key, config }, 'should be an object')

const settings = z.object(
  {
    network: z._default(
      z.enum(['stretched', 'realistic', 'instant'], 'is a choice this version does not know'),
      DEFAULT_SETTINGS.network,
    ),
    limits: z._default(
      z.enum(['today', 'exam'], 'is a choice this version does not know'),
      DEFAULT_SETTINGS.limits,
    ),
  },
  'should be an object',
)

const title = text(MAX_TITLE_CHARS)
const description = text(MAX_DESCRIPTION_CHARS)

const scenario = z.object(
  {
    format: z.literal(SCENARIO_FORMAT),
    title: z._default(title, blank.title),
    description: z._default(description, blank.description),
    seed: z._default(whole(MAX_SEED), blank.seed),
    settings: z._default(settings, DEFAULT_SETTINGS),
    nodes: z
      .array(node, 'should be a list')
      .check(z.maxLength(MAX_NODES, `there are more than ${MAX_NODES}`)),
    wires: z
      .array(wire, 'should be a list')
      .check(z.maxLength(MAX_WIRES, `there are more than ${MAX_WIRES}`)),
  },
  'should be an object',
)

const diff = z.object(
  {
    nodes: z.record(key, z.nullable(node), 'should be an object'),
    wires: z.record(key, z.nullable(wire), 'should be an object'),
    settings: z.optional(settings),
    title: z.optional(title),
    description: z.optional(description),
  },
  'should be an object',
)

export const interventionShape = z.discriminatedUnion(
  'type',
  [
    z.object({ atUs: timeUs, type: z.literal('edit'), diff }),
    z.object({
      atUs: timeUs,
      type: z.literal('action'),
      node: key,
      action: text(MAX_ID_CHARS),
      args: object,
    }),
    z.object({
      atUs: timeUs,
      type: z.literal('call'),
      service: text(MAX_ID_CHARS),
      operation: text(MAX_ID_CHARS),
      input: object,
    }),
  ],
  'is of a type this version does not know',
)

const view = z.object(
  {
    x: coordinate,
    y: coordinate,
    width: whole(MAX_COORDINATE),
    height: whole(MAX_COORDINATE),
    nodes: z._default(z.array(key, 'should be a list').check(z.maxLength(MAX_NODES)), []),
    wires: z._default(z.array(key, 'should be a list').check(z.maxLength(MAX_WIRES)), []),
  },
  'should be an object',
)

const recording = {
  scenario,
  interventions: z._default(
    z
      .array(interventionShape, 'should be a list')
      .check(
        z.maxLength(MAX_INTERVENTIONS, `there are more than ${MAX_INTERVENTIONS}`),
        z.refine(inOrder, 'should be in order of time'),
      ),
    [],
  ),
}

export const documentShape = z.object(
  {
    ...recording,
    momentUs: z.optional(timeUs),
    view: z.optional(view),
    reference: z.optional(z.object(recording, 'should be an object')),
  },
  'should be an object',
)

function inOrder(interventions: readonly { atUs: number }[]): boolean {
  return interventions.every((next, i) => i === 0 || interventions[i - 1].atUs <= next.atUs)
}
