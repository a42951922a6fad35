/** As whom a bucket tells others of its objects: S3 itself, on behalf of the bucket (FACTS 2.10). */
import type { Caller } from '../../engine/behaviour.ts'
import { ACCOUNT } from '../aws.ts'
import { bucketArn } from './names.ts'

export const bucketCaller = (name: string): Caller => ({
  account: ACCOUNT,
  arn: bucketArn(name),
  service: 's3.amazonaws.com',
})
