/** When SNS tries again to deliver: the phases of FACTS 4.2, as delays before each retry. Pure. */
import { US_PER_S, type SimUs } from '../../base/units.ts'
import { jsonObject } from '../../base/json.ts'
import { objectOf } from './json.ts'

export interface RetryPolicy {
  readonly numRetries: number
  readonly numNoDelayRetries: number
  readonly minDelayTarget: number
  readonly maxDelayTarget: number
  readonly numMinDelayRetries: number
  readonly numMaxDelayRetries: number
  readonly backoffFunction: 'linear' | 'arithmetic' | 'geometric' | 'exponential'
}

/** Queues, functions and Firehose: 100,015 tries over 23 days. */
const MANAGED: RetryPolicy = {
  numRetries: 100_015,
  numNoDelayRetries: 3,
  numMinDelayRetries: 2,
  minDelayTarget: 1,
  maxDelayTarget: 20,
  numMaxDelayRetries: 100_000,
  backoffFunction: 'exponential',
}
/** E-mail, SMS, mobile push: 50 tries over 6 hours. */
const CUSTOMER: RetryPolicy = {
  numRetries: 50,
  numNoDelayRetries: 0,
  numMinDelayRetries: 2,
  minDelayTarget: 10,
  maxDelayTarget: 600,
  numMaxDelayRetries: 38,
  backoffFunction: 'exponential',
}
/** Web servers, unless a delivery policy says otherwise. */
export const HTTP_DEFAULT: RetryPolicy = {
  numRetries: 3,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numMaxDelayRetries: 0,
  backoffFunction: 'linear',
}

export interface DeliveryPolicy {
  readonly retry: RetryPolicy
  /** `maxReceivesPerSecond`; undefined for no limit. */
  readonly receivesPerSecond: number | undefined
}

/**
 * What the delivery policies of a topic and of a subscription come to. They only count for web servers.
 * @param ofTopic JSON as AWS has it, or ''
 * @param own the subscription's, which wins unless the topic's `disableSubscriptionOverrides` is set
 */
export function deliveryPolicyFor(protocol: string, ofTopic: string, own: string): DeliveryPolicy {
  const topic = jsonObject(ofTopic) ?? {}
  const common = objectOf(topic.http ?? topic)
  const particular = common.disableSubscriptionOverrides === true ? {} : (jsonObject(own) ?? {})
  const retry = {
    ...objectOf(common.defaultHealthyRetryPolicy),
    ...objectOf(particular.healthyRetryPolicy),
  }
  const { maxReceivesPerSecond: limit } = {
    ...objectOf(common.defaultThrottlePolicy),
    ...objectOf(particular.throttlePolicy),
  }
  const isLimited = protocol.startsWith('http') && typeof limit === 'number' && limit >= 1
  return {
    retry: retryPolicyFor(protocol, retry),
    receivesPerSecond: isLimited ? limit : undefined,
  }
}

/** Whether it delivers to web servers, the only ones that delivery policies are for. */
export const isWeb = (protocol: string): boolean => protocol === 'http' || protocol === 'https'

/** @param own the subscription's or topic's delivery policy, which only counts for web servers */
export function retryPolicyFor(protocol: string, own: Partial<RetryPolicy>): RetryPolicy {
  if (isWeb(protocol)) return { ...HTTP_DEFAULT, ...own }
  return ['sqs', 'lambda', 'firehose'].includes(protocol) ? MANAGED : CUSTOMER
}

/** AWS's four phases. */
export type RetryPhase = 'immediate' | 'preBackoff' | 'backoff' | 'postBackoff'

/** Which phase retry `retry` (1 is the first) belongs to. */
export function phaseOf(policy: RetryPolicy, retry: number): RetryPhase {
  const { numRetries, numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries } = policy
  if (retry <= numNoDelayRetries) return 'immediate'
  if (retry <= numNoDelayRetries + numMinDelayRetries) return 'preBackoff'
  return retry > numRetries - numMaxDelayRetries ? 'postBackoff' : 'backoff'
}

/** How long to wait before retry `retry` (1 is the first); null when there are no more. */
export function retryDelayUs(policy: RetryPolicy, retry: number): SimUs | null {
  if (retry > policy.numRetries) return null
  const afterImmediate = retry - policy.numNoDelayRetries
  if (afterImmediate <= 0) return 0
  const afterMin = afterImmediate - policy.numMinDelayRetries
  if (afterMin <= 0) return seconds(policy.minDelayTarget)
  const backoffs = Math.max(
    0,
    policy.numRetries -
      policy.numNoDelayRetries -
      policy.numMinDelayRetries -
      policy.numMaxDelayRetries,
  )
  if (afterMin > backoffs) return seconds(policy.maxDelayTarget)
  return seconds(backoff(policy, afterMin, backoffs))
}

const seconds = (value: number): SimUs => Math.round(value * US_PER_S)

/** From the shortest to the longest delay in `count` steps; step 1 is the first. */
function backoff(policy: RetryPolicy, step: number, count: number): number {
  const { minDelayTarget: min, maxDelayTarget: max, backoffFunction } = policy
  if (count <= 1 || min === max) return max
  const share = (step - 1) / (count - 1)
  switch (backoffFunction) {
    case 'linear':
      return min + (max - min) * share
    case 'arithmetic':
      return min + (max - min) * ((step * (step + 1) - 2) / (count * (count + 1) - 2))
    case 'geometric':
      return min + (max - min) * share * share
    case 'exponential': {
      let delay = min
      for (let n = 1; n < step && delay < max; n++) delay *= 2
      return Math.min(delay, max)
    }
  }
}
