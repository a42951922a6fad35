/** A verified domain: who it sends as, how it is named, and as whom SES tells topics of events. */
import type { Caller } from '../../engine/behaviour.ts'
import { ACCOUNT, arn } from '../aws.ts'

export const identityArn = (domain: string): string => arn('ses', `identity/${domain}`)

/** The sender of a part whose callers name none. */
export const senderOf = (domain: string): string => `no-reply@${domain}`

/** 'shop.example.com' of 'Shop <no-reply@shop.example.com>'; '' for no address. */
export const domainOf = (address: string): string =>
  /@([^@<>\s]+?)>?\s*$/.exec(address)?.[1].toLowerCase() ?? ''

export const sesCaller = (domain: string): Caller => ({
  account: ACCOUNT,
  arn: identityArn(domain),
  service: 'ses.amazonaws.com',
})
