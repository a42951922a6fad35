/**
 * What a queue carries and tells but does not act by: how it is encrypted, its tags. Part of the run,
 * not of the design.
 */
export interface Carried {
  /** '' = no key. */
  readonly kmsKeyId: string
  readonly kmsReuseSeconds: number
  /** SSE-SQS; on for new queues (FACTS 1.3). Never together with a key. */
  readonly managedSse: boolean
  /** Whether a RedriveAllowPolicy was set: one of `allowAll` is told then too. */
  readonly hasRedriveAllow: boolean
  readonly tags: Readonly<Record<string, string>>
}

export const DEFAULT_KMS_REUSE_SECONDS = 300

export const carriesNothing = (): Carried => ({
  kmsKeyId: '',
  kmsReuseSeconds: DEFAULT_KMS_REUSE_SECONDS,
  managedSse: true,
  hasRedriveAllow: false,
  tags: {},
})

/** The attributes that GetQueueAttributes tells of these; without a key, a reuse of 300 s is left out. */
export function carriedAttributes(carried: Carried): Record<string, string> {
  const { kmsKeyId, kmsReuseSeconds, managedSse } = carried
  return {
    ...(kmsKeyId !== '' && { KmsMasterKeyId: kmsKeyId }),
    ...((kmsKeyId !== '' || kmsReuseSeconds !== DEFAULT_KMS_REUSE_SECONDS) && {
      KmsDataKeyReusePeriodSeconds: String(kmsReuseSeconds),
    }),
    SqsManagedSseEnabled: String(managedSse),
  }
}
