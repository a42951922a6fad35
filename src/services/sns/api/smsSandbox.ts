/** The account's SMS sandbox: it lists phones, and keeps nobody from sending to others (FACTS 3.2). */
import type { Simulation } from '../../../engine/simulation.ts'
import { refused } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { account, pageOf, requiredText, type Input } from './input.ts'

type Status = 'Pending' | 'Verified'

interface Sandbox {
  readonly phones: Record<string, Status>
}

function sandboxOf(sim: Simulation): Sandbox {
  const { account: kept } = sim.world
  kept.snsSandbox ??= { phones: {} }
  return kept.snsSandbox as Sandbox
}

function phoneIn(input: Input): string {
  const phone = requiredText(input, 'PhoneNumber')
  if (/^\+[1-9]\d{1,14}$/.test(phone)) return phone
  throw refused(`PhoneNumber Reason: ${phone} is not valid`)
}

/** A phone that was added. @throws Refusal */
function knownPhoneIn(sim: Simulation, input: Input): string {
  const phone = phoneIn(input)
  if (Object.hasOwn(sandboxOf(sim).phones, phone)) return phone
  throw new Refusal({ code: 'ResourceNotFound', status: 404, message: 'Phone number not found' })
}

export const getSmsSandboxAccountStatus = account('GetSMSSandboxAccountStatus', () => ({
  IsInSandbox: true,
}))

export const createSmsSandboxPhoneNumber = account('CreateSMSSandboxPhoneNumber', (sim, input) => {
  sandboxOf(sim).phones[phoneIn(input)] ??= 'Pending'
})

export const verifySmsSandboxPhoneNumber = account('VerifySMSSandboxPhoneNumber', (sim, input) => {
  requiredText(input, 'OneTimePassword')
  sandboxOf(sim).phones[knownPhoneIn(sim, input)] = 'Verified'
})

export const deleteSmsSandboxPhoneNumber = account('DeleteSMSSandboxPhoneNumber', (sim, input) => {
  delete sandboxOf(sim).phones[knownPhoneIn(sim, input)]
})

export const listSmsSandboxPhoneNumbers = account('ListSMSSandboxPhoneNumbers', (sim, input) =>
  pageOf(
    Object.entries(sandboxOf(sim).phones).map(([PhoneNumber, Status]) => ({ PhoneNumber, Status })),
    'PhoneNumbers',
    input,
  ),
)

export const listOriginationNumbers = account('ListOriginationNumbers', () => ({
  PhoneNumbers: [],
}))
