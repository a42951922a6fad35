/** What every simulated service agrees on: whose account, which region, and what time 0 is. */
import type { SimUs } from '../base/units.ts'
import { US_PER_MS, US_PER_S } from '../base/units.ts'

export const ACCOUNT = '000000000000'
export const REGION = 'us-east-1'

/** Every run begins at 2026-01-01T00:00:00Z, so that time stamps look like AWS's. */
const EPOCH_S = 1_767_225_600

/** A simulated time as AWS's epoch milliseconds. */
export const epochMs = (us: SimUs): number => EPOCH_S * 1000 + Math.floor(us / US_PER_MS)
/** A simulated time as AWS's epoch seconds. */
export const epochSeconds = (us: SimUs): number => EPOCH_S + Math.floor(us / US_PER_S)

/** AWS's epoch seconds, with fractions, as simulated time; negative before the run. */
export const simUs = (seconds: number): SimUs => Math.round((seconds - EPOCH_S) * US_PER_S)

/** The address of a queue at AWS. */
export const queueUrl = (name: string): string =>
  `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`

/** An ARN in the simulated account and region. */
export const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`
