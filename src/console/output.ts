/** Answers as the AWS CLI prints them. */
import type { OutputFormat } from './parse.ts'
import { tableOf } from './table.ts'
import { textOf } from './text.ts'

/** What AWS says no with; its legacy code is what the CLI shows where there is one (FACTS 1.2). */
export interface ServiceError {
  readonly code: string
  readonly legacyCode?: string
  readonly message: string
}

/** '' for an answer that says nothing, as the CLI prints nothing then. */
export function printAnswer(operation: string, output: unknown, format: OutputFormat): string {
  const isEmpty = typeof output === 'object' && output !== null && Object.keys(output).length === 0
  if (isEmpty || output === undefined || output === null) return ''
  if (format === 'table') return tableOf(operation, output)
  if (format === 'text') return textOf(output)
  return JSON.stringify(output, null, 4)
}

export const printError = (operation: string, { code, legacyCode, message }: ServiceError) =>
  `An error occurred (${legacyCode ?? code}) when calling the ${operation} operation: ${message}`

/** All texts under that key, wherever they are in an answer: receipt handles, task handles. */
export function valuesUnder(key: string, answer: unknown): string[] {
  if (typeof answer !== 'object' || answer === null) return []
  return Object.entries(answer).flatMap(([name, value]) =>
    name === key && typeof value === 'string' ? [value] : valuesUnder(key, value),
  )
}
