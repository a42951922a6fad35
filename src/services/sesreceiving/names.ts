/** The domain whose mail SES takes, and as whom it calls the parts that its rule names. */
import type { Caller } from '../../engine/behaviour.ts'
import { ACCOUNT, arn } from '../aws.ts'

/** @param domain also stands for the rule set that is active */
export const ruleArn = (domain: string): string =>
  arn('ses', `receipt-rule-set/default:receipt-rule/${domain}`)

export const receivingCaller = (domain: string): Caller => ({
  account: ACCOUNT,
  arn: ruleArn(domain),
  service: 'ses.amazonaws.com',
})
