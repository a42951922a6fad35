/** Amazon Kinesis Data Streams' API (FACTS 5). */
import type { ServiceApi } from '../../api.ts'
import { arn } from '../../aws.ts'
import { consumers, records, shards } from './describedRecords.ts'
import { others, streams } from './describedStreams.ts'

const api: ServiceApi = {
  service: 'kinesis',
  title: 'Amazon Kinesis Data Streams',
  resource: { arn: arn('kinesis', 'stream/{name}') },
  sampleName: 'clicks',
  json: { version: '1.1', target: 'Kinesis_20131202' },
  highlights: ['PutRecord', 'GetShardIterator', 'GetRecords', 'ListShards', 'UpdateShardCount'],
  operations: [...streams, ...shards, ...records, ...consumers, ...others].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  ),
}

export default api
