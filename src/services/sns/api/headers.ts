/** What the headers of a request say besides its input. */

type Input = Readonly<Record<string, unknown>>

/** X-Ray's trace, in an input and among a message's system attributes: queues get it (FACTS 3.2, TracingConfig). */
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

/** In the input of a request that nobody signed: whoever follows an UnsubscribeURL does not (FACTS 3.2). */
export const UNSIGNED = 'isUnsigned'

export const unsigned = (input: Input): Input => ({ ...input, [UNSIGNED]: true })
