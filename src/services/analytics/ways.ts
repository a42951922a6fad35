/** Where results go, by what the other part accepts (FACTS 9). */
export interface Way {
  readonly accepts: string
  /** What the wire is called, for ever: documents say it. */
  readonly role: string
  readonly operation: string
  /** Flink has a connector for it; SQL applications wrote to streams and Firehose only. */
  readonly flinkOnly?: true
}

export const WAYS: readonly Way[] = [
  { accepts: 'PutRecordBatch', role: 'deliverResults', operation: 'PutRecordBatch' },
  { accepts: 'PutRecord', role: 'putResults', operation: 'PutRecords' },
  { accepts: 'PutItem', role: 'writeResults', operation: 'PutItem', flinkOnly: true },
  { accepts: 'Produce', role: 'produceResults', operation: 'Produce', flinkOnly: true },
]

export const wayOf = (role: string): Way | undefined => WAYS.find((way) => way.role === role)
