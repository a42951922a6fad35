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

/** @param xml how XML calls a rule, and the destination in it */
const rule = (arn: string, xml: readonly [rule: string, arn: string]) =>
  list(
    structure({
      Id: string,
      [arn]: { ...string, xmlName: xml[1] },
      Events: list(oneOf(...EVENTS), { flat: 'Event' }),
      Filter: structure({
        Key: {
          ...structure({
            FilterRules: list(structure({ Name: oneOf('Prefix', 'Suffix'), Value: string }), {
              flat: 'FilterRule',
            }),
          }),
          xmlName: 'S3Key',
        },
      }),
    }),
    { flat: xml[0] },
  )
const notifications = {
  TopicConfigurations: rule('TopicArn', ['TopicConfiguration', 'Topic']),
  QueueConfigurations: rule('QueueArn', ['QueueConfiguration', 'Queue']),
  LambdaFunctionConfigurations: rule('LambdaFunctionArn', [
    'CloudFunctionConfiguration',
    'CloudFunction',
  ]),
}
const about = { ContentLength: integer, ETag: string, LastModified: string }
const OF_BUCKET = '/{Bucket}'
const OF_OBJECT = '/{Bucket}/{Key+}'
const ABOUT = { etag: 'ETag', 'last-modified': 'LastModified', 'content-length': 'ContentLength' }
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
  restXml: { signedFor: 's3', namespace: 'http://s3.amazonaws.com/doc/2006-03-01/' },
  sampleName: 'uploads',
  highlights: ['PutObject', 'ListObjectsV2', 'PutBucketNotificationConfiguration'],
  operations: [
    {
      name: 'CreateBucket',
      help: 'Makes a bucket.',
      onAccount: true,
      input: structure({ Bucket: needs(string, 'Small letters, digits, dots, hyphens; 3 to 63.') }),
      output: structure({ Location: string }),
      rest: { method: 'PUT', path: OF_BUCKET, headers: { location: 'Location' } },
      example: 'aws s3api create-bucket --bucket new-bucket',
    },
    {
      name: 'DeleteBucket',
      help: 'Deletes a bucket; it must be empty.',
      input: structure({ Bucket }),
      rest: { method: 'DELETE', path: OF_BUCKET, status: 204 },
      example: 'aws s3api delete-bucket --bucket {s3}',
    },
    {
      name: 'DeleteObject',
      help: 'Deletes an object; one that is not there is no error.',
      input: structure({ Bucket, Key }),
      rest: { method: 'DELETE', path: OF_OBJECT, status: 204 },
      example: 'aws s3api delete-object --bucket {s3} --key images/cat.jpg',
    },
    {
      name: 'GetBucketNotificationConfiguration',
      help: 'Tells whom the bucket notifies, and of what.',
      input: structure({ Bucket }),
      output: structure(notifications),
      rest: {
        method: 'GET',
        path: OF_BUCKET,
        queryKey: 'notification',
        root: 'NotificationConfiguration',
      },
      example: 'aws s3api get-bucket-notification-configuration --bucket {s3}',
    },
    {
      name: 'GetObject',
      help: 'Gets an object.',
      input: structure({ Bucket, Key }),
      output: structure({ Body: string, ...about }),
      rest: { method: 'GET', path: OF_OBJECT, payload: 'Body', headers: ABOUT },
      example: 'aws s3api get-object --bucket {s3} --key images/cat.jpg',
    },
    {
      name: 'HeadBucket',
      help: 'Asks whether there is such a bucket.',
      input: structure({ Bucket }),
      rest: { method: 'HEAD', path: OF_BUCKET },
      example: 'aws s3api head-bucket --bucket {s3}',
    },
    {
      name: 'HeadObject',
      help: 'Tells about an object, without its content.',
      input: structure({ Bucket, Key }),
      output: structure(about),
      rest: { method: 'HEAD', path: OF_OBJECT, headers: ABOUT },
      example: 'aws s3api head-object --bucket {s3} --key images/cat.jpg',
    },
    {
      name: 'ListBuckets',
      help: 'Lists the buckets.',
      onAccount: true,
      input: structure({}),
      output: structure({
        Buckets: list(structure({ Name: string, CreationDate: string }), { each: 'Bucket' }),
      }),
      rest: { method: 'GET', path: '/', root: 'ListAllMyBucketsResult' },
      example: 'aws s3api list-buckets',
    },
    {
      name: 'ListObjectsV2',
      help: 'Lists objects by key, up to 1,000 at once.',
      input: structure({
        Bucket,
        Prefix: takes(string, 'Only keys that begin like this.'),
        Delimiter: takes(string, 'Keys that go on behind it count once, as a folder.'),
        MaxKeys: takes(integer, 'So many at most.'),
        StartAfter: takes(string, 'Keys after this one.'),
        ContinuationToken: takes(string, 'Of the page before.', {
          from: ['NextContinuationToken'],
        }),
      }),
      output: structure({
        IsTruncated: boolean,
        Contents: list(object, { flat: 'Contents' }),
        CommonPrefixes: list(structure({ Prefix: string }), { flat: 'CommonPrefixes' }),
        Name: string,
        Prefix: string,
        Delimiter: string,
        MaxKeys: integer,
        KeyCount: integer,
        NextContinuationToken: string,
      }),
      rest: { method: 'GET', path: OF_BUCKET, queryKey: 'list-type', root: 'ListBucketResult' },
      example: 'aws s3api list-objects-v2 --bucket {s3}',
    },
    {
      name: 'PutBucketNotificationConfiguration',
      help: 'Says whom the bucket notifies, in the place of what was said before.',
      input: structure({
        Bucket,
        NotificationConfiguration: needs(structure(notifications), 'Destinations and events.'),
      }),
      rest: {
        method: 'PUT',
        path: OF_BUCKET,
        queryKey: 'notification',
        payload: 'NotificationConfiguration',
      },
      example: `aws s3api put-bucket-notification-configuration --bucket {s3} --notification-configuration '{"QueueConfigurations":[{"QueueArn":"arn:aws:sqs:us-east-1:000000000000:{sqs}","Events":["s3:ObjectCreated:*"]}]}'`,
    },
    {
      name: 'PutObject',
      help: 'Puts an object; one with the same key is replaced.',
      input: structure({ Bucket, Key, Body: takes(string, 'The content, as it is.') }),
      output: structure({ ETag: string }),
      rest: { method: 'PUT', path: OF_OBJECT, payload: 'Body', headers: ABOUT },
      example: 'aws s3api put-object --bucket {s3} --key images/cat.jpg --body hello',
    },
  ],
}

export default api
