/** X-Ray's trace of a request: SNS passes it on to queues with the message (FACTS 3.2, TracingConfig). */

type Input = Readonly<Record<string, unknown>>

/** What it is in an input, and among a message's system attributes. */
export const TRACE = 'AWSTraceHeader'

export const withTrace = (input: Input, header: string): Input => ({ ...input, [TRACE]: header })

/** Every message of a batch has that of its request. */
export const batchWithTrace = (input: Input, header: string): Input => ({
  ...input,
  ...(Array.isArray(input.PublishBatchRequestEntries) && {
    PublishBatchRequestEntries: input.PublishBatchRequestEntries.map((entry: Input) =>
      withTrace(entry, header),
    ),
  }),
})
