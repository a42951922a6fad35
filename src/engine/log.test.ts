import { expect, it } from 'vitest'
import { emptyScenario } from '../scenario/scenario.ts'
import { kinds } from '../services/kinds.ts'
import { Simulation } from './simulation.ts'
import { wordsOfRow } from './views.ts'

it('what a message says is kept as long as its row, also when ten go with each call', () => {
  const sim = new Simulation(emptyScenario('log'), [], kinds)
  const call = (operation: string, input: object) => {
    const { error } = sim.callFromOutside('sqs', operation, { ...input })
    expect(error).toBeUndefined()
  }
  call('CreateQueue', { QueueName: 'orders' })
  const first = sim.records.log.rows
  for (let n = 0; n < 7_000; n++) {
    const Entries = Array.from({ length: 10 }, (_, i) => ({ Id: `${i}`, MessageBody: `${n}/${i}` }))
    call('SendMessageBatch', { QueueUrl: 'orders', Entries })
  }
  expect(wordsOfRow(sim, first)?.body).toBe('0/0')
  expect(wordsOfRow(sim, first + 6_999)?.body).toBe('6999/0')
})
