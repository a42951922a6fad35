/** Amazon SNS's API as far as it is about SMS (FACTS 3.2). */
import {
  boolean,
  list,
  map,
  needs,
  string,
  structure,
  takes,
  type ApiOperation,
} from '../../api.ts'
import { operation } from './operation.ts'

const attributes = map(string)
const NextToken = takes(string, 'From the answer before.', { from: ['NextToken'] })

export const smsOperations: readonly ApiOperation[] = [
  operation(
    'CheckIfPhoneNumberIsOptedOut',
    'Whether a phone wants no messages.',
    { phoneNumber: needs(string, 'In E.164: +12065550100.') },
    { isOptedOut: boolean },
    'check-if-phone-number-is-opted-out --phone-number +12065550100',
  ),
  operation(
    'CreateSMSSandboxPhoneNumber',
    'Adds a phone to the SMS sandbox.',
    { PhoneNumber: needs(string, 'In E.164: +12065550100.') },
    {},
    'create-sms-sandbox-phone-number --phone-number +12065550100',
  ),
  operation(
    'DeleteSMSSandboxPhoneNumber',
    'Takes a phone out of the SMS sandbox.',
    { PhoneNumber: needs(string, 'In E.164: +12065550100.') },
    {},
    'delete-sms-sandbox-phone-number --phone-number +12065550100',
  ),
  operation(
    'GetSMSAttributes',
    'The account’s settings for SMS.',
    { attributes: takes(list(), 'Which; all unless given.') },
    { attributes },
    'get-sms-attributes',
  ),
  operation(
    'GetSMSSandboxAccountStatus',
    'Whether the account is in the SMS sandbox.',
    {},
    { IsInSandbox: boolean },
    'get-sms-sandbox-account-status',
  ),
  operation(
    'ListOriginationNumbers',
    'Phone numbers of your own; there are none.',
    { NextToken },
    { PhoneNumbers: list(structure({ PhoneNumber: string })), NextToken: string },
    'list-origination-numbers',
  ),
  operation(
    'ListPhoneNumbersOptedOut',
    'Phones that want no messages.',
    { nextToken: takes(string, 'From the answer before.') },
    { phoneNumbers: list(), nextToken: string },
    'list-phone-numbers-opted-out',
  ),
  operation(
    'ListSMSSandboxPhoneNumbers',
    'The phones of the SMS sandbox.',
    { NextToken },
    {
      PhoneNumbers: list(structure({ PhoneNumber: string, Status: string })),
      NextToken: string,
    },
    'list-sms-sandbox-phone-numbers',
  ),
  operation(
    'OptInPhoneNumber',
    'Lets a phone have messages again.',
    { phoneNumber: needs(string, 'In E.164: +12065550100.') },
    {},
    'opt-in-phone-number --phone-number +12065550100',
  ),
  operation(
    'SetSMSAttributes',
    'Changes the account’s settings for SMS.',
    { attributes: needs(attributes, 'The new values.') },
    {},
    'set-sms-attributes --attributes DefaultSMSType=Promotional',
  ),
  operation(
    'VerifySMSSandboxPhoneNumber',
    'Verifies a phone by the password that it was sent; any will do.',
    {
      PhoneNumber: needs(string, 'In E.164: +12065550100.'),
      OneTimePassword: needs(string, 'From the SMS.'),
    },
    {},
    'verify-sms-sandbox-phone-number --phone-number +12065550100 --one-time-password 123456',
  ),
]
