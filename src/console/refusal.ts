/** Thrown while a line is read; what it says is printed in place of an answer. */
export class Refusal extends Error {}

/** The AWS CLI's "aws: error: ...", and where to read on. */
export const usageError = (message: string, readOn: string): Refusal =>
  new Refusal(`aws: error: ${message}\n\nTo see what it takes: ${readOn}`)

/** About one parameter's value. */
export const valueError = (option: string, message: string): Refusal =>
  new Refusal(`Error parsing parameter '${option}': ${message}`)
