import { COLUMN, entry, part, wire } from '../entry.ts'

const changes = {
  pattern: 'poisson',
  ratePerSecond: 1.5,
  template: '{"account":"{{key}}","change":{{n}}}',
}
const fleet = { instances: 4, serviceTimeMs: 1500, MaxNumberOfMessages: 1 }

export const fifoGroups = entry({
  id: 'fifo-groups',
  title: 'FIFO: groups in order, in parallel',
  summary: 'Changes to bank accounts: order matters within an account, not between accounts.',
  watchFor:
    'Above, each account is a message group with a lane of its own. While a worker has its first change, a bar locks the lane; the other lanes go on. Below, all changes are one group, and three of the four workers are idle while the queue grows.',
  group: 'Order',
  description:
    'A FIFO queue keeps the order within a message group by handing out nothing of a group that somebody is working on. So one group is one consumer. Choose the group id by what must stay in order (an account, an order, a device), and as many groups as there are of them are worked on at the same time.',
  nodes: [
    part('producer', 'by-account', [COLUMN.producer, 60], { ...changes, keys: 4 }),
    part('sqs', 'accounts.fifo', [COLUMN.queue, 60], { FifoQueue: true }),
    part('consumer', 'account-workers', [COLUMN.fleet, 60], fleet),
    part('producer', 'all-in-one', [COLUMN.producer, 360], {
      ...changes,
      keys: 4,
      messageGroup: 'one',
    }),
    part('sqs', 'one-group.fifo', [COLUMN.queue, 360], { FifoQueue: true }),
    part('consumer', 'waiting-workers', [COLUMN.fleet, 360], fleet),
  ],
  wires: [
    wire('by-account', 'accounts.fifo'),
    wire('accounts.fifo', 'account-workers'),
    wire('all-in-one', 'one-group.fifo'),
    wire('one-group.fifo', 'waiting-workers'),
  ],
})
