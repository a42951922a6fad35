/** All operations; a call carries the index, so new ones go to the end. */
import type { AccountOperation, Operation } from '../../../engine/behaviour.ts'
import { guarded } from '../access.ts'
import { metered } from '../charges.ts'
import * as platform from './platform.ts'
import * as sandbox from './smsSandbox.ts'
import { publish, publishBatch, publishDirect } from './publishOperations.ts'
import * as subscriptions from './subscriptions.ts'
import * as topics from './topics.ts'

export const OPERATIONS: readonly Operation[] = [publish, publishBatch].map(guarded).map(metered)

/** Those on no topic in particular, or that no part of a design makes. */
export const ACCOUNT_OPERATIONS: readonly AccountOperation[] = [
  publishDirect,
  topics.createTopic,
  topics.deleteTopic,
  topics.listTopics,
  topics.getTopicAttributes,
  topics.setTopicAttributes,
  topics.tagResource,
  topics.untagResource,
  topics.listTagsForResource,
  topics.addPermission,
  topics.removePermission,
  topics.getDataProtectionPolicy,
  topics.putDataProtectionPolicy,
  subscriptions.subscribe,
  subscriptions.confirmSubscription,
  subscriptions.unsubscribe,
  subscriptions.getSubscriptionAttributes,
  subscriptions.setSubscriptionAttributes,
  subscriptions.listSubscriptions,
  subscriptions.listSubscriptionsByTopic,
  platform.createPlatformApplication,
  platform.getPlatformApplicationAttributes,
  platform.setPlatformApplicationAttributes,
  platform.listPlatformApplications,
  platform.deletePlatformApplication,
  platform.createPlatformEndpoint,
  platform.getEndpointAttributes,
  platform.setEndpointAttributes,
  platform.deleteEndpoint,
  platform.listEndpointsByPlatformApplication,
  platform.setSmsAttributes,
  platform.getSmsAttributes,
  platform.checkIfPhoneNumberIsOptedOut,
  platform.listPhoneNumbersOptedOut,
  platform.optInPhoneNumber,
  sandbox.getSmsSandboxAccountStatus,
  sandbox.createSmsSandboxPhoneNumber,
  sandbox.verifySmsSandboxPhoneNumber,
  sandbox.listSmsSandboxPhoneNumbers,
  sandbox.deleteSmsSandboxPhoneNumber,
  sandbox.listOriginationNumbers,
]
