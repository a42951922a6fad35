/** Operations on receipt handles: DeleteMessage, ChangeMessageVisibility, and their batches. */
import { US_PER_S, fromSeconds } from '../../../base/units.ts'
import type { ItemView, Operation } from '../../../engine/behaviour.ts'
import { ITEMS_PER_CALL, addItem } from '../../../engine/calls.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { invalidHandle, missingParameter } from '../errors.ts'
import { Refusal, reading } from '../../refusal.ts'
import { queueUrl } from '../names.ts'
import { readHandle, writeHandle } from '../receiptHandle.ts'
import { deleteMessages } from '../remove.ts'
import { changeVisibility } from '../visibility.ts'
import { addEntries, batchOutput, entryId } from './batch.ts'
import { batchEntries, requiredText, wholeNumber, type Input } from './input.ts'

/** Items are (slot, receipt). Success also when the message was received again or deleted before. */
export const deleteMessage: Operation = {
  name: 'DeleteMessage',
  carries: 'reference',
  effect: 'gone',
  run: (sim, node, call) => deleteMessages(sim, node, call, false),
  parse: (sim, node, call, input) => reading(() => addHandle(sim, node, call, input)),
  request: (sim, node, call) => ({
    QueueUrl: queueUrl(sim.world.nodes[node].name),
    ReceiptHandle: handleOf(node, call.items[0]),
  }),
  response: () => ({}),
  gist: (_sim, call) => ({ input: namesOf(call.items), output: '' }),
}

/** The same for up to ten. */
export const deleteMessageBatch: Operation = {
  name: 'DeleteMessageBatch',
  carries: 'reference',
  effect: 'gone',
  run: (sim, node, call) => deleteMessages(sim, node, call, true),
  parse: (sim, node, call, input) =>
    reading(() =>
      addEntries(sim, call, batchEntries(input, 'DeleteMessageBatch'), (entry) =>
        addHandle(sim, node, call, entry),
      ),
    ),
  request: (sim, node, call) => ({
    QueueUrl: queueUrl(sim.world.nodes[node].name),
    Entries: call.items.map((item, index) => ({
      Id: entryId(call, index),
      ReceiptHandle: handleOf(node, item),
    })),
  }),
  response: (sim, node, call) => batchOutput(sim, node, call, () => ({})),
  gist: (_sim, call) => ({ input: namesOf(call.items), output: '' }),
}

/** Items are (slot, receipt), `arg` is the new timeout from now in microseconds. */
export const changeMessageVisibility: Operation = {
  name: 'ChangeMessageVisibility',
  carries: 'reference',
  run: (sim, node, call) => changeVisibility(sim, node, call, false),
  parse: (sim, node, call, input) => reading(() => addTimeout(sim, node, call, input)),
  request: (sim, node, call) => ({
    QueueUrl: queueUrl(sim.world.nodes[node].name),
    ReceiptHandle: handleOf(node, call.items[0]),
    VisibilityTimeout: call.arg / US_PER_S,
  }),
  response: () => ({}),
  gist: (_sim, call) => ({
    input: `${namesOf(call.items)}, ${call.arg / US_PER_S} s`,
    output: '',
  }),
}

/** The same for up to ten; entries of outside calls may have timeouts of their own. */
export const changeMessageVisibilityBatch: Operation = {
  name: 'ChangeMessageVisibilityBatch',
  carries: 'reference',
  run: (sim, node, call) => changeVisibility(sim, node, call, true),
  parse: (sim, node, call, input) =>
    reading(() =>
      addEntries(sim, call, batchEntries(input, 'ChangeMessageVisibilityBatch'), (entry) =>
        addTimeout(sim, node, call, entry),
      ),
    ),
  request: (sim, node, call) => ({
    QueueUrl: queueUrl(sim.world.nodes[node].name),
    Entries: call.items.map((item, index) => ({
      Id: entryId(call, index),
      ReceiptHandle: handleOf(node, item),
      VisibilityTimeout: call.arg / US_PER_S,
    })),
  }),
  response: (sim, node, call) => batchOutput(sim, node, call, () => ({})),
  gist: (_sim, call) => ({ input: namesOf(call.items), output: '' }),
}

function addHandle(sim: Simulation, node: number, call: number, input: Input): number {
  const handle = requiredText(input, 'ReceiptHandle')
  const read = readHandle(handle)
  if (read?.node !== node) throw new Refusal(invalidHandle(handle))
  const { messages, calls } = sim.world
  const slot = read.slot < messages.top ? read.slot : -1
  return addItem(calls, call, slot, read.receipt, read.serial)
}

function addTimeout(sim: Simulation, node: number, call: number, input: Input): void {
  const seconds = wholeNumber(input, 'VisibilityTimeout', 0, 43_200, 'Must be between 0 and 43200.')
  if (seconds === undefined) throw new Refusal(missingParameter('VisibilityTimeout'))
  const item = addHandle(sim, node, call, input)
  const { calls } = sim.world
  calls.arg[call] = fromSeconds(seconds)
  calls.itemArgs[call * ITEMS_PER_CALL + item] = fromSeconds(seconds)
}

export const handleOf = (node: number, { slot, message, receipt }: ItemView): string =>
  writeHandle({ node, slot, serial: message, receipt })

const namesOf = (items: readonly ItemView[]): string =>
  items.map((item) => `m-${item.message}`).join(', ')
