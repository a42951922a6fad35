import { ROW, entry, part, wire } from '../entry.ts'

export const mobilePush = entry({
  id: 'mobile-push',
  title: 'Push and text messages',
  summary: 'Through a topic to everybody, or straight to one phone.',
  watchFor:
    'The score goes to every fan through the topic. The one-time codes go straight to one phone and one app, without any topic: nobody subscribes and nobody confirms.',
  group: 'Fan-out',
  description:
    'SNS reaches people as well as programs. A topic is for many receivers that you do not know; direct publish, with an endpoint’s ARN or a phone number as its target, is for exactly one. The MessageId comes back at once in both cases, and says nothing about whether the phone was on.',
  nodes: [
    part('producer', 'scores', [60, 60], {
      ratePerSecond: 0.5,
      template: 'Goal number {{n}}!',
    }),
    part('producer', 'login', [60, 60 + 2 * ROW], {
      ratePerSecond: 0.3,
      template: 'Your code is {{int 100000 999999}}',
    }),
    part('sns', 'match', [340, 60]),
    part('endpoint', 'fan-app', [660, 60], { protocol: 'application' }),
    part('endpoint', 'fan-phone', [660, 60 + ROW], { protocol: 'sms' }),
    part('endpoint', 'bank-app', [660, 60 + 2 * ROW], { protocol: 'application', Platform: 'GCM' }),
  ],
  wires: [
    wire('scores', 'match'),
    wire('match', 'fan-app'),
    wire('match', 'fan-phone'),
    wire('login', 'bank-app'),
  ],
})
