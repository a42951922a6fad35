/** What is written of a record that could not be transformed (FACTS 8): one line of JSON. */
import { toBase64 } from '../../base/base64.ts'
import type { SimUs } from '../../base/units.ts'
import { arn, epochMs } from '../aws.ts'
import { base64Bytes } from '../transform.ts'

/** Why records could not be transformed. */
export interface ProcessingProblem {
  /** As CloudWatch Logs has it: 'Lambda.FunctionError'. */
  readonly code: string
  readonly message: string
  /** Invocations, the function's name ('' without one), and when the last of them failed. */
  readonly attempts: number
  readonly lambda: string
  readonly endedUs: SimUs
}

export const failedRecord = (data: string, arrivedUs: SimUs, problem: ProcessingProblem): string =>
  lineWith(toBase64(new TextEncoder().encode(data)), arrivedUs, problem)

/** How long that line is, of data of so many bytes. */
export const failedRecordBytes = (bytes: number, problem: ProcessingProblem): number =>
  lineWith('', 0, problem).length + base64Bytes(bytes)

const lineWith = (
  rawData: string,
  arrivedUs: SimUs,
  { code, message, attempts, lambda, endedUs }: ProcessingProblem,
): string =>
  `${JSON.stringify({
    attemptsMade: attempts,
    arrivalTimestamp: epochMs(arrivedUs),
    errorCode: code,
    errorMessage: message,
    attemptEndingTimestamp: epochMs(endedUs),
    rawData,
    ...(lambda !== '' && { lambdaArn: arn('lambda', `function:${lambda}:$LATEST`) }),
  })}\n`
