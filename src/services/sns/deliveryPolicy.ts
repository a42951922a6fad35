/** Delivery policies for web servers, as they are given, told and effective (FACTS 3.2, 4.2). Pure. */
import { jsonObject } from '../../base/json.ts'
import { objectOf } from './json.ts'
import { HTTP_DEFAULT } from './retry.ts'

type Part = Readonly<Record<string, unknown>>

/** In AWS's order. */
const HEALTHY: Part = {
  minDelayTarget: HTTP_DEFAULT.minDelayTarget,
  maxDelayTarget: HTTP_DEFAULT.maxDelayTarget,
  numRetries: HTTP_DEFAULT.numRetries,
  numMaxDelayRetries: HTTP_DEFAULT.numMaxDelayRetries,
  numNoDelayRetries: HTTP_DEFAULT.numNoDelayRetries,
  numMinDelayRetries: HTTP_DEFAULT.numMinDelayRetries,
  backoffFunction: HTTP_DEFAULT.backoffFunction,
}
const REQUEST: Part = { headerContentType: 'text/plain; charset=UTF-8' }

/** The object under a name, or undefined. */
const part = (of: Part, name: string): Part | undefined =>
  of[name] === undefined || of[name] === null ? undefined : objectOf(of[name])

/** A topic's policy stands under `http`. */
function httpOf(text: string): Part {
  const json = jsonObject(text) ?? {}
  return part(json, 'http') ?? json
}

/** A subscription's own, unless its topic disables it. */
const ownOf = (topic: Part, text: string): Part =>
  topic.disableSubscriptionOverrides === true ? {} : (jsonObject(text) ?? {})

const withoutNulls = (given: Part): Part =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null))

/** A topic's policy in AWS's order: how to try again, whether subscriptions may differ, the rest. */
function inOrder({ defaultHealthyRetryPolicy, ...others }: Part): string {
  const http = { defaultHealthyRetryPolicy, disableSubscriptionOverrides: false, ...others }
  return JSON.stringify({ http })
}

/** DeliveryPolicy of a topic. */
export const topicPolicy = (text: string): string => inOrder(withoutNulls(httpOf(text)))

/** EffectiveDeliveryPolicy of a topic. @param text '' for none */
export function effectiveTopicPolicy(text: string): string {
  const own = withoutNulls(httpOf(text))
  return inOrder({
    ...own,
    defaultHealthyRetryPolicy: { ...HEALTHY, ...part(own, 'defaultHealthyRetryPolicy') },
    defaultRequestPolicy: { ...REQUEST, ...part(own, 'defaultRequestPolicy') },
  })
}

/** DeliveryPolicy of a subscription. */
export function subscriptionPolicy(text: string): string {
  const own = jsonObject(text) ?? {}
  const healthy = part(own, 'healthyRetryPolicy')
  return told(
    healthy && { ...HEALTHY, ...healthy },
    part(own, 'throttlePolicy'),
    part(own, 'requestPolicy'),
  )
}

/** EffectiveDeliveryPolicy of a subscription; '' for want of a policy of its own or of its topic. */
export function effectivePolicy(topic: string, text: string): string {
  const above = httpOf(topic)
  const own = ownOf(above, text)
  return told(
    {
      ...HEALTHY,
      ...part(above, 'defaultHealthyRetryPolicy'),
      ...part(own, 'healthyRetryPolicy'),
    },
    part(own, 'throttlePolicy') ?? part(above, 'defaultThrottlePolicy'),
    requestPolicy(topic, text),
  )
}

const told = (healthy: Part | undefined, throttle: Part | undefined, request: Part | undefined) =>
  JSON.stringify({
    healthyRetryPolicy: healthy ?? null,
    sicklyRetryPolicy: null,
    throttlePolicy: throttle ?? null,
    requestPolicy: request ?? null,
    guaranteed: false,
  })

function requestPolicy(topic: string, text: string): Part {
  const above = httpOf(topic)
  return {
    ...REQUEST,
    ...part(above, 'defaultRequestPolicy'),
    ...part(ownOf(above, text), 'requestPolicy'),
  }
}

/** The Content-Type of notifications. */
export const contentTypeFor = (topic: string, text: string): string =>
  String(requestPolicy(topic, text).headerContentType)
