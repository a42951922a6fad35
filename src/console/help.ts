/** Texts of `help`, `aws sqs help` and `aws sqs <operation> help`. */
import type { ApiOperation } from '../services/api.ts'
import { apis, type Api } from '../services/apis.ts'
import { kebab, optionOf, parametersOf, typeText } from './options.ts'
import type { Surroundings } from './parse.ts'

type Names = Surroundings['names']

/** @param names of the design's parts, for the examples */
export const overview = (names: Names): string =>
  `AWS CLI commands act on this run, at its simulated time:

${apis.map((api) => highlightsOf(api, names)).join('\n\n')}

A part's name does for its URL or ARN. "aws" may be left out.
--output json, table or text. Not here: --query, pipes, files.

${columns([
  ...apis.map(({ service, title }): Line => [`aws ${service} help`, `the operations of ${title}`]),
  ['aws sqs send-message help', 'what one takes'],
  ['history', 'earlier lines'],
  ['clear', 'an empty console'],
])}

Tab completes. Arrow up and down bring back earlier lines.`

const highlightsOf = ({ highlights, operations }: Api, names: Names): string =>
  operations
    .filter(({ name }) => highlights.includes(name))
    .map((operation) => `  ${exampleOf(operation, names)}`)
    .join('\n')

export function helpOnService({ service, title, operations }: Api): string {
  const commands = operations.map((each): Line => [kebab(each.name), each.help])
  return `${title}: aws ${service} <operation> [parameters]\n\n${columns(commands)}`
}

export function helpOn({ service }: Api, operation: ApiOperation, names: Names): string {
  const parameters = parametersOf(operation).map((parameter): Line => {
    const { shape } = parameter
    const need = shape.required ? ', required' : ''
    return [optionOf(parameter), `${shape.help ?? ''} (${typeText(shape)}${need})`]
  })
  return [
    `aws ${service} ${kebab(operation.name)}: ${operation.help}`,
    columns(parameters),
    `For example:\n  ${exampleOf(operation, names)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The example with names of the design's own parts. */
export const exampleOf = ({ example }: ApiOperation, names: Names): string =>
  example.replace(
    /\{([a-z]+)\}/g,
    (_, kind: string) =>
      names[kind]?.[0] ?? apis.find((api) => api.kind === kind)?.sampleName ?? kind,
  )

type Line = readonly [left: string, right: string]

function columns(lines: readonly Line[]): string {
  const width = Math.max(0, ...lines.map(([left]) => left.length))
  return lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}
