/** What a receipt rule hands over: the mail itself, or JSON about it (FACTS 13). Pure. */

export interface Received {
  readonly messageId: string
  readonly source: string
  readonly to: string
  readonly subject: string
  readonly body: string
  /** ISO 8601. */
  readonly timestamp: string
  readonly isSpam: boolean
}

/** The mail as it came, which S3 keeps. */
export const mimeOf = ({ source, to, subject, body }: Received): string =>
  [`From: ${source}`, `To: ${to}`, `Subject: ${subject}`, '', body].join('\r\n')

/** The SNS action's: it holds the mail too, so the mail may have 150 KB at most. */
export const snsNotification = (mail: Received, topicArn: string) => ({
  notificationType: 'Received',
  mail: mailOf(mail),
  receipt: receiptOf(mail, { type: 'SNS', topicArn }),
  content: mimeOf(mail),
})

/** The Lambda action's: without the body, which the S3 action keeps. */
export const lambdaEvent = (mail: Received, functionArn: string) => ({
  Records: [
    {
      eventSource: 'aws:ses',
      eventVersion: '1.0',
      ses: {
        mail: mailOf(mail),
        receipt: receiptOf(mail, { type: 'Lambda', functionArn, invocationType: 'Event' }),
      },
    },
  ],
})

const mailOf = ({ messageId, source, to, subject, timestamp }: Received) => ({
  timestamp,
  source,
  messageId,
  destination: [to],
  headersTruncated: false,
  headers: [
    { name: 'From', value: source },
    { name: 'To', value: to },
    { name: 'Subject', value: subject },
  ],
  commonHeaders: { returnPath: source, from: [source], to: [to], subject },
})

const receiptOf = ({ timestamp, to, isSpam }: Received, action: object) => ({
  timestamp,
  processingTimeMillis: 0,
  recipients: [to],
  spamVerdict: { status: isSpam ? 'FAIL' : 'PASS' },
  virusVerdict: { status: 'PASS' },
  spfVerdict: { status: 'PASS' },
  dkimVerdict: { status: 'PASS' },
  action,
})
