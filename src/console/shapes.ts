/** What a service's operations take, as data: enough to read, check, complete and explain them. */

export type Shape =
  | { readonly type: 'string' | 'integer' }
  /** `names`: what its elements can be, for completion. */
  | { readonly type: 'list'; readonly of: Shape; readonly names?: readonly string[] }
  /** `names`: its usual keys, for completion. */
  | { readonly type: 'map'; readonly of: Shape; readonly names?: readonly string[] }
  | Structure

export interface Structure {
  readonly type: 'structure'
  /** By AWS's names. */
  readonly members: Readonly<Record<string, Shape>>
  readonly required: readonly string[]
}

export interface Parameter {
  /** AWS's name: QueueUrl. */
  readonly name: string
  readonly shape: Shape
  readonly required?: boolean
  /** Takes the name of a queue for its URL or ARN. */
  readonly queue?: 'url' | 'arn'
  /** One line. */
  readonly help: string
}

export interface OperationSpec {
  /** AWS's name: SendMessage. */
  readonly name: string
  /** One line. */
  readonly help: string
  readonly parameters: readonly Parameter[]
  /** A line that works with a queue of this name. */
  readonly example: (queue: string) => string
}

export interface ServiceSpec {
  /** As on the command line: sqs. */
  readonly name: string
  readonly title: string
  readonly operations: readonly OperationSpec[]
}

export const string: Shape = { type: 'string' }
export const integer: Shape = { type: 'integer' }
export const list = (of: Shape, names?: readonly string[]): Shape => ({ type: 'list', of, names })
export const map = (of: Shape, names?: readonly string[]): Shape => ({ type: 'map', of, names })
export const structure = (
  members: Readonly<Record<string, Shape>>,
  required: readonly string[],
): Structure => ({ type: 'structure', members, required })

/** QueueOwnerAWSAccountId -> queue-owner-aws-account-id, as the AWS CLI does. */
export const kebab = (name: string): string =>
  name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()

/** --queue-url */
export const optionOf = ({ name }: Parameter): string => `--${kebab(name)}`

export const operationNamed = (
  { operations }: ServiceSpec,
  command: string,
): OperationSpec | undefined => operations.find(({ name }) => kebab(name) === command)

/** "list of structures", as help says it. */
export function typeText(shape: Shape): string {
  if (shape.type === 'list') return `list of ${typeText(shape.of)}s`
  if (shape.type === 'map') return `map to ${typeText(shape.of)}s`
  return shape.type
}
