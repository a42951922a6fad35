/** Settings of the Amazon SQS Extended Client Library: large bodies in a bucket, pointers in the queue. */
import type { Field } from '../schema.ts'

/** Its default, also where queues take more (FACTS 2.9, 17). */
const DEFAULT_THRESHOLD_BYTES = 262_144

export const extendedClientFields: readonly Field[] = [
  {
    id: 'extendedClient',
    label: 'Extended client',
    help: 'Bodies go to the S3 bucket that the producer is connected to, pointers to the queue.',
    type: 'choice',
    options: [
      { value: 'off', label: 'Off' },
      { value: 'large', label: 'For large messages' },
      { value: 'always', label: 'For all messages' },
    ],
    default: 'off',
    source: 'FACTS 2.9',
  },
  {
    id: 'payloadThresholdBytes',
    label: 'Large is above',
    help: 'Bytes of body and attributes (payloadSizeThreshold).',
    when: { field: 'extendedClient', is: ['large'] },
    type: 'number',
    unit: 'bytes',
    min: 0,
    max: 1_048_576,
    step: 1,
    default: DEFAULT_THRESHOLD_BYTES,
    source: 'FACTS 2.9',
  },
  {
    id: 'payloadAttribute',
    label: 'Reserved attribute',
    help: 'Carries the size of the body; receivers know a pointer by it.',
    when: { field: 'extendedClient', is: ['large', 'always'] },
    type: 'choice',
    options: [
      { value: 'SQSLargePayloadSize', label: 'SQSLargePayloadSize (Java)' },
      { value: 'ExtendedPayloadSize', label: 'ExtendedPayloadSize (newer)' },
    ],
    default: 'SQSLargePayloadSize',
    source: 'FACTS 2.9',
  },
]

export interface ExtendedClient {
  /** Messages above it leave their bodies in the bucket; -1 = all do. */
  readonly thresholdBytes: number
  readonly attribute: string
}

export const isExtended = ({ extendedClient }: Readonly<Record<string, unknown>>): boolean =>
  extendedClient === 'large' || extendedClient === 'always'

/** Null when it is off. */
export const extendedClientIn = (
  config: Readonly<Record<string, unknown>>,
): ExtendedClient | null =>
  isExtended(config)
    ? Object.freeze({
        thresholdBytes:
          config.extendedClient === 'always' ? -1 : Number(config.payloadThresholdBytes),
        attribute: String(config.payloadAttribute),
      })
    : null
