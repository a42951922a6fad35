/** As whom parts call AWS: the users of the own account and of others (FACTS 2.10). */
import type { Caller } from '../engine/behaviour.ts'
import { ACCOUNT } from './aws.ts'
import type { TextField } from './schema.ts'

/** A user of the account that a setting names, or of the own one. Addresses are those kept for examples. */
export const userOf = (account: unknown): Caller =>
  typeof account !== 'string' || account === '' || account === ACCOUNT
    ? OWN_USER
    : {
        account,
        arn: `arn:aws:iam::${account}:user/partner`,
        address: '198.51.100.10',
      }

/** Whoever is not in the picture, and every actor that does not say otherwise. */
export const OWN_USER: Caller = {
  account: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:user/switchyard`,
  address: '203.0.113.10',
}

/** The setting of actors that may belong to somebody else. */
export const accountField: TextField = {
  id: 'account',
  label: 'AWS account',
  help: 'Of whoever calls, 12 digits; empty is the queue’s own. Another one needs an Allow in the policy.',
  section: 'Access',
  type: 'text',
  default: '',
  maxLength: 12,
  pattern: '^(\\d{12})?$',
  error: 'An account has 12 digits.',
  source: 'FACTS 2.10',
}

/** The caller that a part's settings name; undefined for the own account's user, who needs no checking. */
export const callerIn = ({ account }: Readonly<Record<string, unknown>>): Caller | undefined => {
  const caller = userOf(account)
  return caller === OWN_USER ? undefined : caller
}
