/** The books of a stream, its own events and the words of its news. */

/** Books. They only grow: put = retained + expired + dropped with the stream. */
export const COUNTERS = [
  'IncomingRecords',
  'IncomingBytes',
  'expired',
  'expiredBytes',
  'WriteProvisionedThroughputExceeded',
  'ReadProvisionedThroughputExceeded',
  'PutRecordSuccess',
  'PutRecordBytes',
  'PutRecordsSuccess',
  'PutRecordsBytes',
  'PutRecordsTotalRecords',
  'PutRecordsSuccessfulRecords',
  'PutRecordsFailedRecords',
  'PutRecordsThrottledRecords',
  'GetRecordsSuccess',
  'GetRecordsRecords',
  'GetRecordsBytes',
  'SubscribeToShardSuccess',
  'SubscribeToShardRateExceeded',
  'SubscribeToShardEventRecords',
  'SubscribeToShardEventBytes',
  'resharded',
  /** Records of a provisioned stream, each once for every 25 KB. */
  'billedPutUnits',
  /** Of a stream while it is on-demand: records in whole KB, and what was read by GetRecords. */
  'billedOnDemandKilobytes',
  'billedOnDemandReadBytes',
  /** Pushed to registered consumers, by the stream's mode. */
  'billedFanOutBytes',
  'billedOnDemandFanOutBytes',
] as const

export const COUNTER = Object.fromEntries(COUNTERS.map((name, index) => [name, index])) as Readonly<
  Record<(typeof COUNTERS)[number], number>
>

export const EVENT = {
  /** Records whose retention may be over. `a`: nothing. */
  retention: 0,
  /** A change of state is done; `a` tells it from one that was done earlier. */
  change: 1,
  /** Once a minute, on-demand streams look at their shards. */
  scale: 2,
  /** A shard has something for its subscribers; `a` is the shard. */
  push: 3,
  /** A subscription's five minutes are over; `a` is its call's row, `b` the call's serial. */
  subscription: 4,
  /** A consumer is registered; `a` tells which. */
  consumer: 5,
} as const

export const NEWS_WORDS = [
  '(retention ended)',
  '(shard split)',
  '(shards merged)',
  '(stream active)',
  '(on-demand: hot shard split)',
] as const
export const NEWS = { expired: 0, split: 1, merged: 2, active: 3, scaled: 4 } as const
