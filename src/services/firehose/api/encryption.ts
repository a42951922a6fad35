/** Server-side encryption: a word in the description; records are not encrypted in a simulator. */
import { invalidArgument } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { sourceType } from '../sources.ts'
import { stateOf } from '../state.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { plainOperation, type Input } from '../../plainOperation.ts'

const DISABLED: Input = { Status: 'DISABLED' }

/** What CreateDeliveryStream and StartDeliveryStreamEncryption ask for. @throws Refusal */
export function encryptionIn(input: Input, without: Input = DISABLED): Input {
  const given = input.DeliveryStreamEncryptionConfigurationInput as Input | undefined
  if (!given) return without
  const { KeyType, KeyARN } = given
  if (KeyType === 'CUSTOMER_MANAGED_CMK' && KeyARN === undefined) {
    throw new Refusal(invalidArgument('KeyARN must be specified for CUSTOMER_MANAGED_CMK.'))
  }
  return { ...(KeyARN !== undefined && { KeyARN }), KeyType, Status: 'ENABLED' }
}

export const isEncrypted = (sim: Simulation, node: number): boolean =>
  stateOf(sim, node).carried.encryption.Status === 'ENABLED'

const AWS_OWNED: Input = { KeyType: 'AWS_OWNED_CMK', Status: 'ENABLED' }

export const startDeliveryStreamEncryption = plainOperation({
  name: 'StartDeliveryStreamEncryption',
  check(sim, node, input) {
    checkSource(sim, node)
    encryptionIn(input)
  },
  run: (sim, node, input) => setEncryption(sim, node, encryptionIn(input, AWS_OWNED)),
})

export const stopDeliveryStreamEncryption = plainOperation({
  name: 'StopDeliveryStreamEncryption',
  check: (sim, node) => checkSource(sim, node),
  run: (sim, node) => setEncryption(sim, node, DISABLED),
})

/** @throws Refusal */
function checkSource(sim: Simulation, node: number): void {
  if (sourceType(sim, node) === 'DirectPut') return
  throw new Refusal(
    invalidArgument('Server-side encryption is a setting of the stream that is the source.'),
  )
}

function setEncryption(sim: Simulation, node: number, encryption: Input): void {
  const state = stateOf(sim, node)
  state.carried = { ...state.carried, encryption }
}
