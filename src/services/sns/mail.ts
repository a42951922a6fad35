/** E-mails as SNS writes them: plain text, one fixed form (FACTS 4.1). Pure. */
import type { Content } from '../../engine/messages.ts'
import { REGION } from '../aws.ts'

const SENDER = 'no-reply@sns.amazonaws.com'
const UNSUBSCRIBE = `https://sns.${REGION}.amazonaws.com/unsubscribe.html`

/** @param displayName the topic's; '' for none */
export const headersOfMail = (displayName: string, to: string): Record<string, string> => ({
  From: `${displayName || 'AWS Notifications'} <${SENDER}>`,
  To: to,
})

/** A notification. */
export const mailFor = (
  message: string,
  subject: string | undefined,
  to: string,
  displayName: string,
  subscriptionArn: string,
): Content => ({
  subject: subject ?? 'AWS Notification Message',
  headers: headersOfMail(displayName, to),
  attributes: {},
  body: `${message}

--
If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:
${UNSUBSCRIBE}?SubscriptionArn=${subscriptionArn}&Endpoint=${to}

Please do not reply directly to this email.`,
})

/** Asks the owner of an address for a yes. */
export const confirmationMail = (
  topicArn: string,
  subscribeUrl: string,
  to: string,
  displayName: string,
): Content => ({
  subject: 'AWS Notification - Subscription Confirmation',
  headers: headersOfMail(displayName, to),
  attributes: {},
  body: `You have chosen to subscribe to the topic:
${topicArn}

To confirm this subscription, click or visit the link below (If this was in error no action is necessary):
${subscribeUrl}`,
})
