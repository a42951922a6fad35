import { ROW, entry, part, wire } from '../entry.ts'

const mailbox = (id: string, row: number, more = {}) =>
  part('endpoint', id, [1120, 40 + row * ROW], { protocol: 'email', responseMs: 200, ...more })

export const sesAndSns = entry({
  id: 'ses-or-sns',
  title: 'SES or SNS',
  summary:
    'The same orders go through SES to the customer who bought, and through SNS to everybody who subscribed.',
  watchFor:
    'Each customer of SES gets their own receipt, from a template. Every subscriber of the topic gets every order, as plain text, and the one who has not confirmed gets none: select “new-colleague” and press “Confirm subscription”. One mail in ten bounces, and only SES tells.',
  group: 'Fan-out',
  description:
    'SES sends mail to people whom the program names: they need not agree first, the mail has a subject, HTML and a template, and bounces and complaints come back as events. SNS sends one text to whoever subscribed and confirmed, by mail or otherwise: it is for those who look after the system. Both can be used to send mail; only SES receives it, and a receipt rule hands it to S3, SNS or Lambda.',
  nodes: [
    part('producer', 'checkout', [60, 40 + 0.5 * ROW], { ratePerSecond: 0.5 }),
    part('ses', 'shop.example.com', [420, 40 + 0.5 * ROW], {
      content: 'Template',
      SubjectPart: 'Your order {{order}}',
      bounceChance: 0.1,
    }),
    mailbox('ann', 0),
    mailbox('bob', 1),
    part('sns', 'mail-feedback', [780, 40 + 1.5 * ROW]),
    part('sqs', 'bounced', [1120, 40 + 2 * ROW], { duplicateChance: 0 }),
    part('producer', 'checkout-2', [60, 40 + 3.5 * ROW], { ratePerSecond: 0.1 }),
    part('sns', 'new-orders', [420, 40 + 3.5 * ROW]),
    mailbox('warehouse', 3, { confirmsItself: true }),
    mailbox('new-colleague', 4),
    part('producer', 'customers', [60, 40 + 5 * ROW], {
      ratePerSecond: 0.2,
      template: 'Where is my parcel {{int 1 500}}?',
    }),
    part('sesreceiving', 'support.example.com', [420, 40 + 5 * ROW]),
    part('s3', 'mails', [780, 40 + 4.5 * ROW]),
    part('lambda', 'open-ticket', [1120, 40 + 5 * ROW]),
  ],
  wires: [
    wire('checkout', 'shop.example.com'),
    wire('shop.example.com', 'ann'),
    wire('shop.example.com', 'bob'),
    wire('shop.example.com', 'mail-feedback', { events: 'problems' }),
    wire('mail-feedback', 'bounced', { RawMessageDelivery: true }),
    wire('checkout-2', 'new-orders'),
    wire('new-orders', 'warehouse'),
    wire('new-orders', 'new-colleague'),
    wire('customers', 'support.example.com'),
    wire('support.example.com', 'mails', { keyPrefix: 'in/' }),
    wire('support.example.com', 'open-ticket'),
  ],
})
