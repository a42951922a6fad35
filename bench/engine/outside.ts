/** Calls from outside, without HTTP: what an emulator does itself, beside its transport. */
import { Simulation } from '../../src/engine/simulation.ts'
import { emptyScenario } from '../../src/scenario/scenario.ts'
import { kinds } from '../../src/services/kinds.ts'

interface Output {
  readonly QueueUrl: string
  readonly Messages: readonly { readonly ReceiptHandle: string }[]
}

/** A quiet queue and its caller, who goes by AWS's operations and inputs. */
export function outside(): {
  /** Sends, receives and deletes so many further messages, one after the other. */
  run(count: number): void
} {
  const sim = new Simulation(emptyScenario('outside'), [], kinds)
  const call = (operation: string, input: Readonly<Record<string, unknown>>): Output => {
    const { output, error } = sim.callFromOutside('sqs', operation, input)
    if (error) throw new Error(error.message)
    return output as Output
  }
  const { QueueUrl } = call('CreateQueue', { QueueName: 'bench' })
  return {
    run(count) {
      for (let n = 0; n < count; n++) {
        call('SendMessage', { QueueUrl, MessageBody: `message ${n}` })
        const { Messages } = call('ReceiveMessage', { QueueUrl })
        call('DeleteMessage', { QueueUrl, ReceiptHandle: Messages[0].ReceiptHandle })
      }
    },
  }
}
