/** How buckets are named: their ARNs say neither account nor region. */
export const bucketArn = (name: string): string => `arn:aws:s3:::${name}`

/** What a rule's configuration is called: as somebody said, or after the wire that it is. */
export const configurationId = (
  wire: string,
  { configurationId: given }: Readonly<Record<string, unknown>>,
): string => (typeof given === 'string' && given !== '' ? given : wire)
