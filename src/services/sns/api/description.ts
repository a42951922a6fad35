/** Amazon SNS's API (FACTS 3.2). */
import {
  blob,
  boolean,
  list,
  map,
  needs,
  oneOf,
  refersTo,
  string,
  structure,
  takes,
  type ApiOperation,
  type Member,
  type ServiceApi,
} from '../../api.ts'
import { arn } from '../../aws.ts'
import { operation } from './operation.ts'
import { smsOperations } from './smsDescription.ts'
import { batchWithTrace, unsigned, withTrace } from './headers.ts'

const TopicArn = needs(refersTo('sns', 'arn'), 'The topic, by its ARN or its name.')
const SubscriptionArn = needs(string, 'From subscribe or list-subscriptions.', {
  from: ['SubscriptionArn'],
})
const ResourceArn = needs(refersTo('sns', 'arn'), 'The topic.')
const PlatformApplicationArn = needs(string, 'From create-platform-application.', {
  from: ['PlatformApplicationArn'],
})
const EndpointArn = needs(string, 'From create-platform-endpoint.', { from: ['EndpointArn'] })
const NextToken = takes(string, 'From the answer before.', { from: ['NextToken'] })
const tag = structure({ Key: needs(string), Value: needs(string) })
const attributes = map(string)
const TOPIC_ATTRIBUTES = [
  'DisplayName',
  'Policy',
  'DeliveryPolicy',
  'FifoTopic',
  'ContentBasedDeduplication',
  'FifoThroughputScope',
  'SignatureVersion',
  'KmsMasterKeyId',
]
const SUBSCRIPTION_ATTRIBUTES = [
  'RawMessageDelivery',
  'FilterPolicy',
  'FilterPolicyScope',
  'DeliveryPolicy',
  'RedrivePolicy',
  'SubscriptionRoleArn',
]
const messageAttributes = map(
  structure({ DataType: needs(string), StringValue: string, BinaryValue: blob }),
  { entry: ['Name', 'Value'] },
)
const message = {
  MessageAttributes: takes(messageAttributes, 'What filter policies look at.'),
  MessageStructure: takes(oneOf('json'), 'json: the message says what each protocol gets.'),
  MessageDeduplicationId: takes(string, 'FIFO: the same within 5 minutes counts once.'),
  MessageGroupId: takes(string, 'FIFO: keeps its order.'),
}
const Subject = takes(string, 'For e-mail; up to 100 characters.')
const line = structure({
  SubscriptionArn: string,
  Owner: string,
  Protocol: string,
  Endpoint: string,
  TopicArn: string,
})
const subscriptionPage = structure({ Subscriptions: list(line), NextToken: string })

const named: Record<string, Member> = {
  AttributeName: needs(string, 'Which.'),
  AttributeValue: takes(string, 'The new value.'),
}

const operations: readonly ApiOperation[] = [
  operation(
    'AddPermission',
    'Adds a statement to the policy of a topic.',
    {
      TopicArn,
      Label: needs(string, 'Names the statement, for remove-permission.'),
      AWSAccountId: needs(list(), 'Who may.'),
      ActionName: needs(list(), 'What they may do.'),
    },
    null,
    'add-permission --topic-arn {sns} --label partner --aws-account-id 111122223333 --action-name Publish',
  ),
  operation(
    'ConfirmSubscription',
    'Confirms a subscription by the token that its endpoint was sent.',
    {
      TopicArn,
      Token: needs(string, 'From the confirmation message.'),
      AuthenticateOnUnsubscribe: takes(string, 'true: only its owner can unsubscribe it.'),
    },
    { SubscriptionArn: string },
    'confirm-subscription --topic-arn {sns} --token TOKEN',
  ),
  operation(
    'CreatePlatformApplication',
    'Makes an application for mobile push.',
    {
      Name: needs(string, 'Its name.'),
      Platform: needs(oneOf('ADM', 'APNS', 'APNS_SANDBOX', 'GCM'), 'Whose devices.'),
      Attributes: needs(attributes, 'PlatformCredential and others.'),
    },
    { PlatformApplicationArn: string },
    'create-platform-application --name shop --platform GCM --attributes PlatformCredential=KEY',
  ),
  operation(
    'CreatePlatformEndpoint',
    'Registers a device for mobile push.',
    {
      PlatformApplicationArn,
      Token: needs(string, 'From the device.'),
      CustomUserData: takes(string, 'Up to 2 KB of your own.'),
      Attributes: takes(attributes, 'Enabled and others.'),
    },
    { EndpointArn: string },
    'create-platform-endpoint --platform-application-arn ARN --token TOKEN',
  ),
  operation(
    'CreateTopic',
    'Makes a topic; it appears on the canvas.',
    {
      Name: needs(string, 'Its name; a FIFO topic ends in .fifo.'),
      Attributes: takes(map(string, { names: TOPIC_ATTRIBUTES }), 'Its settings.'),
      Tags: takes(list(tag), 'Labels of your own.'),
      DataProtectionPolicy: takes(string, 'Closed to new customers.'),
    },
    { TopicArn: string },
    'create-topic --name returns',
  ),
  operation(
    'DeleteEndpoint',
    'Forgets a device.',
    { EndpointArn },
    null,
    'delete-endpoint --endpoint-arn ARN',
  ),
  operation(
    'DeletePlatformApplication',
    'Deletes an application and its devices.',
    { PlatformApplicationArn },
    null,
    'delete-platform-application --platform-application-arn ARN',
  ),
  operation(
    'DeleteTopic',
    'Deletes a topic and its subscriptions.',
    { TopicArn },
    null,
    'delete-topic --topic-arn {sns}',
  ),
  operation(
    'GetDataProtectionPolicy',
    'The data protection policy of a topic.',
    { ResourceArn },
    { DataProtectionPolicy: string },
    'get-data-protection-policy --resource-arn {sns}',
  ),
  operation(
    'GetEndpointAttributes',
    'Settings of a device.',
    { EndpointArn },
    { Attributes: attributes },
    'get-endpoint-attributes --endpoint-arn ARN',
  ),
  operation(
    'GetPlatformApplicationAttributes',
    'Settings of an application.',
    { PlatformApplicationArn },
    { Attributes: attributes },
    'get-platform-application-attributes --platform-application-arn ARN',
  ),
  operation(
    'GetSubscriptionAttributes',
    'Settings of a subscription.',
    { SubscriptionArn },
    { Attributes: attributes },
    'get-subscription-attributes --subscription-arn ARN',
  ),
  operation(
    'GetTopicAttributes',
    'Settings of a topic and counts of its subscriptions.',
    { TopicArn },
    { Attributes: attributes },
    'get-topic-attributes --topic-arn {sns}',
  ),
  operation(
    'ListEndpointsByPlatformApplication',
    'The devices of an application.',
    { PlatformApplicationArn, NextToken },
    {
      Endpoints: list(structure({ EndpointArn: string, Attributes: attributes })),
      NextToken: string,
    },
    'list-endpoints-by-platform-application --platform-application-arn ARN',
  ),
  operation(
    'ListPlatformApplications',
    'All applications for mobile push.',
    { NextToken },
    {
      PlatformApplications: list(
        structure({ PlatformApplicationArn: string, Attributes: attributes }),
      ),
      NextToken: string,
    },
    'list-platform-applications',
  ),
  {
    ...operation(
      'ListSubscriptions',
      'All subscriptions.',
      { NextToken },
      null,
      'list-subscriptions',
    ),
    output: subscriptionPage,
  },
  {
    ...operation(
      'ListSubscriptionsByTopic',
      'The subscriptions of a topic.',
      { TopicArn, NextToken },
      null,
      'list-subscriptions-by-topic --topic-arn {sns}',
    ),
    output: subscriptionPage,
  },
  operation(
    'ListTagsForResource',
    'The tags of a topic.',
    { ResourceArn },
    { Tags: list(tag) },
    'list-tags-for-resource --resource-arn {sns}',
  ),
  operation(
    'ListTopics',
    'All topics.',
    { NextToken },
    { Topics: list(structure({ TopicArn: string })), NextToken: string },
    'list-topics',
  ),
  {
    ...operation(
      'Publish',
      'Publishes a message to a topic, a device or a phone.',
      {
        TopicArn: takes(refersTo('sns', 'arn'), 'The topic, by its ARN or its name.'),
        TargetArn: takes(string, 'A device, or a topic.'),
        PhoneNumber: takes(string, 'In E.164: +12065550100.'),
        Message: needs(string, 'The text, at most 256 KiB.'),
        Subject,
        ...message,
      },
      { MessageId: string, SequenceNumber: string },
      "publish --topic-arn {sns} --message 'hello'",
    ),
    trace: withTrace,
  },
  {
    ...operation(
      'PublishBatch',
      'Publishes up to ten messages.',
      {
        TopicArn,
        PublishBatchRequestEntries: needs(
          list(structure({ Id: needs(string), Message: needs(string), Subject, ...message })),
          'At most ten, each with an Id of its own.',
        ),
      },
      {
        Successful: list(structure({ Id: string, MessageId: string, SequenceNumber: string })),
        Failed: list(
          structure({ Id: string, Code: string, Message: string, SenderFault: boolean }),
        ),
      },
      'publish-batch --topic-arn {sns} --publish-batch-request-entries Id=1,Message=a Id=2,Message=b',
    ),
    trace: batchWithTrace,
  },
  operation(
    'PutDataProtectionPolicy',
    'Sets the data protection policy of a topic.',
    { ResourceArn, DataProtectionPolicy: needs(string, 'JSON.') },
    null,
    'put-data-protection-policy --resource-arn {sns} --data-protection-policy POLICY',
  ),
  operation(
    'RemovePermission',
    'Removes a statement from the policy of a topic.',
    { TopicArn, Label: needs(string, 'As given to add-permission.') },
    null,
    'remove-permission --topic-arn {sns} --label partner',
  ),
  operation(
    'SetEndpointAttributes',
    'Changes settings of a device.',
    { EndpointArn, Attributes: needs(attributes, 'The new values.') },
    null,
    'set-endpoint-attributes --endpoint-arn ARN --attributes Enabled=true',
  ),
  operation(
    'SetPlatformApplicationAttributes',
    'Changes settings of an application.',
    { PlatformApplicationArn, Attributes: needs(attributes, 'The new values.') },
    null,
    'set-platform-application-attributes --platform-application-arn ARN --attributes Enabled=true',
  ),
  operation(
    'SetSubscriptionAttributes',
    'Changes a setting of a subscription, in the design too.',
    {
      SubscriptionArn,
      AttributeName: needs(oneOf(...SUBSCRIPTION_ATTRIBUTES), 'Which.'),
      AttributeValue: takes(string, 'The new value.'),
    },
    null,
    'set-subscription-attributes --subscription-arn ARN --attribute-name RawMessageDelivery --attribute-value true',
  ),
  operation(
    'SetTopicAttributes',
    'Changes a setting of a topic, in the design too.',
    { TopicArn, ...named },
    null,
    'set-topic-attributes --topic-arn {sns} --attribute-name DisplayName --attribute-value Shop',
  ),
  operation(
    'Subscribe',
    'Subscribes an endpoint to a topic; to a queue it is a wire on the canvas.',
    {
      TopicArn,
      Protocol: needs(
        oneOf(
          'sqs',
          'lambda',
          'http',
          'https',
          'email',
          'email-json',
          'sms',
          'application',
          'firehose',
        ),
        'How it is reached.',
      ),
      Endpoint: takes(string, 'An ARN, an address or a number.', {
        option: 'notification-endpoint',
      }),
      Attributes: takes(map(string, { names: SUBSCRIPTION_ATTRIBUTES }), 'Its settings.'),
      ReturnSubscriptionArn: takes(boolean, 'Also while it is pending.'),
    },
    { SubscriptionArn: string },
    'subscribe --topic-arn {sns} --protocol sqs --notification-endpoint arn:aws:sqs:us-east-1:000000000000:orders',
  ),
  operation(
    'TagResource',
    'Adds tags to a topic.',
    { ResourceArn, Tags: needs(list(tag), 'Labels of your own.') },
    {},
    'tag-resource --resource-arn {sns} --tags Key=team,Value=shop',
  ),
  {
    ...operation(
      'Unsubscribe',
      'Ends a subscription.',
      { SubscriptionArn },
      null,
      'unsubscribe --subscription-arn ARN',
    ),
    unsigned,
  },
  operation(
    'UntagResource',
    'Takes tags off a topic.',
    { ResourceArn, TagKeys: needs(list(), 'Which.') },
    {},
    'untag-resource --resource-arn {sns} --tag-keys team',
  ),
]

const description: ServiceApi = {
  service: 'sns',
  title: 'Amazon SNS',
  resource: { arn: arn('sns', '{name}') },
  sampleName: 'orders-topic',
  query: { version: '2010-03-31', namespace: 'http://sns.amazonaws.com/doc/2010-03-31/' },
  highlights: ['ListTopics', 'Publish', 'Subscribe', 'ListSubscriptions', 'CreateTopic'],
  operations: [...operations, ...smsOperations].sort((a, b) => (a.name < b.name ? -1 : 1)),
}

export default description
