/** How buckets are named: their ARNs say neither account nor region. */
export const bucketArn = (name: string): string => `arn:aws:s3:::${name}`
