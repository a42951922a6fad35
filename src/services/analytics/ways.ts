/** Where results go, by what the other part accepts (FACTS 9). */
export interface Way {
  readonly accepts: string
  /** What the wire is called, for ever: documents say it. */
  readonly role: string
  readonly operation: string
  /** The only runtime that can: Flink by a connector, or SQL applications, which wrote to functions. */
  readonly only?: 'flink' | 'sql'
}

export const WAYS: readonly Way[] = [
  { accepts: 'PutRecordBatch', role: 'deliverResults', operation: 'PutRecordBatch' },
  { accepts: 'PutRecord', role: 'putResults', operation: 'PutRecords' },
  { accepts: 'PutItem', role: 'writeResults', operation: 'PutItem', only: 'flink' },
  { accepts: 'Produce', role: 'produceResults', operation: 'Produce', only: 'flink' },
  { accepts: 'Transform', role: 'invokeResults', operation: 'Invoke', only: 'sql' },
]

export const wayOf = (role: string): Way | undefined => WAYS.find((way) => way.role === role)
