/** Texts of `help`, `aws sqs help` and `aws sqs <operation> help`. */
import { kebab, optionOf, typeText, type OperationSpec, type ServiceSpec } from './shapes.ts'

/** @param queue one of the design, for the examples */
export const overview = (queue: string): string =>
  `AWS CLI commands act on this run, at its simulated time:

  aws sqs list-queues
  aws sqs send-message --queue-url ${queue} --message-body 'hello'
  aws sqs receive-message --queue-url ${queue} --wait-time-seconds 5
  aws sqs get-queue-attributes --queue-url ${queue} --attribute-names All
  aws sqs create-queue --queue-name returns

A queue's name does for its URL or ARN. "aws" may be left out.
--output json, table or text. Not here: --query, pipes, files.

  aws sqs help               the operations
  aws sqs send-message help  what one takes
  history                    earlier lines
  clear                      an empty console

Tab completes. Arrow up and down bring back earlier lines.`

export function helpOnService({ name, title, operations }: ServiceSpec): string {
  const commands = operations.map((each): Line => [kebab(each.name), each.help])
  return `${title}: aws ${name} <operation> [parameters]\n\n${columns(commands)}`
}

export function helpOn({ name }: ServiceSpec, operation: OperationSpec, queue: string): string {
  const parameters = operation.parameters.map((parameter): Line => {
    const need = parameter.required ? ', required' : ''
    return [optionOf(parameter), `${parameter.help} (${typeText(parameter.shape)}${need})`]
  })
  return [
    `aws ${name} ${kebab(operation.name)}: ${operation.help}`,
    columns(parameters),
    `For example:\n  ${operation.example(queue)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

type Line = readonly [left: string, right: string]

function columns(lines: readonly Line[]): string {
  const width = Math.max(0, ...lines.map(([left]) => left.length))
  return lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}
