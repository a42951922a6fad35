/** As whom an alarm publishes: CloudWatch itself, on behalf of the alarm (FACTS 2.10, 14). */
import type { Caller } from '../../engine/behaviour.ts'
import { ACCOUNT, arn } from '../aws.ts'

export const alarmArn = (name: string): string => arn('cloudwatch', `alarm:${name}`)

export const alarmCaller = (name: string): Caller => ({
  account: ACCOUNT,
  arn: alarmArn(name),
  service: 'cloudwatch.amazonaws.com',
})
