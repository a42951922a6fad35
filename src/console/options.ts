/** How operations and their members are written on a command line, as the AWS CLI does. */
import type { Api } from '../services/apis.ts'
import type { ApiOperation, Member, Shape } from '../services/api.ts'

/** What an operation takes, by AWS's name: QueueUrl. */
export interface Parameter {
  readonly name: string
  readonly shape: Member
}

export const parametersOf = ({ input }: ApiOperation): readonly Parameter[] =>
  Object.entries(input.members).map(([name, shape]) => ({ name, shape }))

/** QueueOwnerAWSAccountId -> queue-owner-aws-account-id, as the AWS CLI does. */
export const kebab = (name: string): string =>
  name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()

/** --queue-url */
export const optionOf = ({ name, shape }: Parameter): string => `--${shape.option ?? kebab(name)}`

/** --no-enforce-consumer-deletion, of one that is yes or no; '' of others. */
export const negativeOf = ({ name, shape }: Parameter): string =>
  shape.type === 'boolean' ? `--no-${shape.option ?? kebab(name)}` : ''

export const operationNamed = ({ operations }: Api, command: string): ApiOperation | undefined =>
  operations.find(({ name }) => kebab(name) === command)

/** "list of structures", as help says it. */
export function typeText(shape: Shape): string {
  if (shape.type === 'list') return `list of ${typeText(shape.of)}s`
  if (shape.type === 'map') return `map to ${typeText(shape.of)}s`
  return shape.type
}
