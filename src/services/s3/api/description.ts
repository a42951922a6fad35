/** Amazon S3's API as `aws s3api` has it, as far as buckets here go (FACTS 15.3). */
import {
  boolean,
  integer,
  list,
  needs,
  oneOf,
  refersTo,
  string,
  structure,
  takes,
  type ServiceApi,
} from '../../api.ts'
import { bucketArn } from '../names.ts'
import { EVENTS } from '../schema.ts'

const Bucket = needs(refersTo('s3', 'name'), 'The bucket.')
const Key = needs(string, 'The object’s key, up to 1,024 bytes.')

const rule = (arn: string) =>
  list(
    structure({
      Id: string,
      [arn]: string,
      Events: list(oneOf(...EVENTS)),
      Filter: structure({
        Key: structure({
          FilterRules: list(structure({ Name: oneOf('Prefix', 'Suffix'), Value: string })),
        }),
      }),
    }),
  )
const notifications = {
  TopicConfigurations: rule('TopicArn'),
  QueueConfigurations: rule('QueueArn'),
  LambdaFunctionConfigurations: rule('LambdaFunctionArn'),
}
const object = structure({
  Key: string,
  LastModified: string,
  ETag: string,
  Size: integer,
  StorageClass: string,
})

const api: ServiceApi = {
  service: 's3api',
  title: 'Amazon S3',
  resource: { arn: bucketArn('{name}') },
  sampleName: 'uploads',
  highlights: ['PutObject', 'ListObjectsV2', 'PutBucketNotificationConfiguration'],
  operations: [
    {
      name: 'CreateBucket',
      help: 'Makes a bucket.',
      onAccount: true,
      input: structure({ Bucket: needs(string, 'Small letters, digits, dots, hyphens; 3 to 63.') }),
      output: structure({ Location: string }),
      example: 'aws s3api create-bucket --bucket new-bucket',
    },
    {
      name: 'DeleteObject',
      help: 'Deletes an object; one that is not there is no error.',
      input: structure({ Bucket, Key }),
      example: 'aws s3api delete-object --bucket {s3} --key images/cat.jpg',
    },
    {
      name: 'GetBucketNotificationConfiguration',
      help: 'Tells whom the bucket notifies, and of what.',
      input: structure({ Bucket }),
      output: structure(notifications),
      example: 'aws s3api get-bucket-notification-configuration --bucket {s3}',
    },
    {
      name: 'GetObject',
      help: 'Gets an object.',
      input: structure({ Bucket, Key }),
      output: structure({ Body: string, ContentLength: integer, ETag: string }),
      example: 'aws s3api get-object --bucket {s3} --key images/cat.jpg',
    },
    {
      name: 'ListBuckets',
      help: 'Lists the buckets.',
      onAccount: true,
      input: structure({}),
      output: structure({ Buckets: list(structure({ Name: string, CreationDate: string })) }),
      example: 'aws s3api list-buckets',
    },
    {
      name: 'ListObjectsV2',
      help: 'Lists objects by key, up to 1,000 at once.',
      input: structure({
        Bucket,
        Prefix: takes(string, 'Only keys that begin like this.'),
        MaxKeys: takes(integer, 'So many at most.'),
        StartAfter: takes(string, 'Keys after this one.'),
        ContinuationToken: takes(string, 'Of the page before.', {
          from: ['NextContinuationToken'],
        }),
      }),
      output: structure({
        IsTruncated: boolean,
        Contents: list(object),
        Name: string,
        Prefix: string,
        MaxKeys: integer,
        KeyCount: integer,
        NextContinuationToken: string,
      }),
      example: 'aws s3api list-objects-v2 --bucket {s3}',
    },
    {
      name: 'PutBucketNotificationConfiguration',
      help: 'Says whom the bucket notifies, in the place of what was said before.',
      input: structure({
        Bucket,
        NotificationConfiguration: needs(structure(notifications), 'Destinations and events.'),
      }),
      example: `aws s3api put-bucket-notification-configuration --bucket {s3} --notification-configuration '{"QueueConfigurations":[{"QueueArn":"arn:aws:sqs:us-east-1:000000000000:{sqs}","Events":["s3:ObjectCreated:*"]}]}'`,
    },
    {
      name: 'PutObject',
      help: 'Puts an object; one with the same key is replaced.',
      input: structure({ Bucket, Key, Body: takes(string, 'The content, as it is.') }),
      output: structure({ ETag: string }),
      example: 'aws s3api put-object --bucket {s3} --key images/cat.jpg --body hello',
    },
  ],
}

export default api
