/** As whom a topic calls its subscribers: AWS itself, on behalf of the topic (FACTS 2.10). */
import type { Caller } from '../../engine/behaviour.ts'
import { ACCOUNT, arn } from '../aws.ts'

export const topicCaller = (name: string): Caller => ({
  account: ACCOUNT,
  arn: arn('sns', name),
  service: 'sns.amazonaws.com',
})
