/**
 * Mobile push and SMS without a topic: platform applications, their endpoints, the account's SMS
 * settings (FACTS 3.2). Of the account, not of the design.
 */
import { utf8Length } from '../../../base/utf8.ts'
import type { Simulation } from '../../../engine/simulation.ts'
import { arn } from '../../aws.ts'
import { invalidParameter, missing, notFound, refused } from '../errors.ts'
import { Refusal } from '../../refusal.ts'
import { checkArn, uuidOf } from '../names.ts'
import { drawnEndpoints, enableDrawn, removeDrawn } from './devices.ts'
import { account, pageOf, requiredText, textsOf, type Input } from './input.ts'

interface Endpoint {
  readonly application: string
  attributes: Readonly<Record<string, string>>
}

interface Account {
  applications: Record<string, Readonly<Record<string, string>>>
  endpoints: Record<string, Endpoint>
  sms: Readonly<Record<string, string>>
  optedOut: string[]
  /** Messages sent without a topic. */
  direct: number
}

function accountOf(sim: Simulation): Account {
  const { account } = sim.world
  account.sns ??= { applications: {}, endpoints: {}, sms: {}, optedOut: [], direct: 0 }
  return account.sns as Account
}

/** Those that programs made, and those of the drawn apps. */
const applicationsOf = (sim: Simulation): Account['applications'] => ({
  ...Object.fromEntries(
    [...drawnEndpoints(sim).values()].map(({ application }) => [application, { Enabled: 'true' }]),
  ),
  ...accountOf(sim).applications,
})
const endpointsOf = (sim: Simulation): Readonly<Record<string, Endpoint>> => ({
  ...Object.fromEntries(drawnEndpoints(sim)),
  ...accountOf(sim).endpoints,
})

/** E.164. */
const IS_PHONE = /^\+[1-9]\d{1,14}$/

const PLATFORMS = [
  'ADM',
  'APNS',
  'APNS_SANDBOX',
  'APNS_VOIP',
  'BAIDU',
  'GCM',
  'MACOS',
  'MPNS',
  'WNS',
]

export const endpointExists = (sim: Simulation, endpoint: string): boolean =>
  Object.hasOwn(endpointsOf(sim), endpoint)

export const createPlatformApplication = account('CreatePlatformApplication', (sim, input) => {
  const platform = requiredText(input, 'Platform')
  const name = input.Name === '' ? '' : requiredText(input, 'Name')
  const problem = nameProblem(name)
  if (problem) throw refused(`${name} Reason: ${problem}`)
  if (!PLATFORMS.includes(platform)) {
    throw refused(`Platform Reason: ${platform} is not supported`)
  }
  const attributes = attributesIn(input)
  checkCredentials(platform, attributes)
  const application = arn('sns', `app/${platform}/${name}`)
  const { PlatformCredential: _, PlatformPrincipal: __, ...told } = attributes
  accountOf(sim).applications[application] ??= { Enabled: 'true', ...told }
  return { PlatformApplicationArn: application }
})

function nameProblem(name: string): string | null {
  if (name === '') return 'cannot be empty'
  if (name.length > 256) return 'must be at most 256 characters long'
  if (/^[A-Za-z0-9_.-]+$/.test(name)) return null
  return "must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'"
}

/** None at all is as if they were not given. */
function attributesIn(input: Input): Record<string, string> {
  const attributes = textsOf(input.Attributes)
  if (Object.keys(attributes).length > 0) return attributes
  throw missing('attributes')
}

/** Google's key stands alone, others' secrets have a principal. */
function checkCredentials(platform: string, attributes: Readonly<Record<string, string>>): void {
  const { PlatformCredential, PlatformPrincipal } = attributes
  if (PlatformPrincipal && !PlatformCredential) {
    throw refused(
      'Attributes Reason: PlatformPrincipal attribute provided without PlatformCredential',
    )
  }
  if (!PlatformCredential) throw refused('Attributes Reason: Platform credentials are invalid')
  if (!PlatformPrincipal && platform !== 'GCM') {
    throw refused(
      'Attributes Reason: PlatformCredential attribute provided without PlatformPrincipal',
    )
  }
}

function applicationArnIn(input: Input): string {
  const application = requiredText(input, 'PlatformApplicationArn')
  checkArn('PlatformApplicationArn', application)
  return application
}

function applicationIn(sim: Simulation, input: Input): string {
  const application = applicationArnIn(input)
  if (Object.hasOwn(applicationsOf(sim), application)) return application
  throw new Refusal(notFound('PlatformApplication'))
}

export const getPlatformApplicationAttributes = account(
  'GetPlatformApplicationAttributes',
  (sim, input) => ({ Attributes: applicationsOf(sim)[applicationIn(sim, input)] }),
)

export const setPlatformApplicationAttributes = account(
  'SetPlatformApplicationAttributes',
  (sim, input) => {
    applicationArnIn(input)
    const attributes = attributesIn(input)
    const application = applicationIn(sim, input)
    const { applications } = accountOf(sim)
    applications[application] = { ...applicationsOf(sim)[application], ...attributes }
  },
)

export const listPlatformApplications = account('ListPlatformApplications', (sim, input) =>
  pageOf(
    Object.entries(applicationsOf(sim)).map(([PlatformApplicationArn, Attributes]) => ({
      PlatformApplicationArn,
      Attributes,
    })),
    'PlatformApplications',
    input,
  ),
)

export const deletePlatformApplication = account('DeletePlatformApplication', (sim, input) => {
  const application = requiredText(input, 'PlatformApplicationArn')
  const kept = accountOf(sim)
  delete kept.applications[application]
  for (const [endpoint, { application: owner }] of Object.entries(kept.endpoints)) {
    if (owner === application) delete kept.endpoints[endpoint]
  }
})

export const createPlatformEndpoint = account('CreatePlatformEndpoint', (sim, input) => {
  const application = applicationIn(sim, input)
  const attributes: Record<string, string> = {
    ...(typeof input.CustomUserData === 'string' && { CustomUserData: input.CustomUserData }),
    ...textsOf(input.Attributes),
    Token: requiredText(input, 'Token'),
  }
  checkAttributes(attributes)
  const { endpoints } = accountOf(sim)
  const same = Object.entries(endpoints).find(
    ([, one]) => one.application === application && one.attributes.Token === attributes.Token,
  )
  if (same) {
    const isSame = Object.entries(attributes).every(
      ([name, value]) => same[1].attributes[name] === value,
    )
    if (isSame) return { EndpointArn: same[0] }
    throw refused(
      `Token Reason: Endpoint ${same[0]} already exists with the same Token, but different attributes.`,
    )
  }
  const resource = application.slice(application.indexOf(':app/') + 5)
  const id = uuidOf(sim, `endpoint/${application}/${attributes.Token}`)
  const endpoint = arn('sns', `endpoint/${resource}/${id}`)
  endpoints[endpoint] = { application, attributes: { Enabled: 'true', ...attributes } }
  return { EndpointArn: endpoint }
})

const MOST_USER_DATA = 2_048

const ENDPOINT_ATTRIBUTES = new Set(['CustomUserData', 'Enabled', 'Token'])

function checkAttributes(attributes: Readonly<Record<string, string>>): void {
  const unknown = Object.keys(attributes).find((name) => !ENDPOINT_ATTRIBUTES.has(name))
  if (unknown !== undefined) throw refused(`Attributes Reason: Invalid attribute name: ${unknown}`)
  if (utf8Length(attributes.CustomUserData ?? '') > MOST_USER_DATA) {
    throw refused(
      'Attributes Reason: Invalid value for attribute: CustomUserData: must be at most 2048 bytes long in UTF-8 encoding',
    )
  }
}

function endpointIn(sim: Simulation, input: Input): Endpoint {
  const endpoints = endpointsOf(sim)
  const endpoint = requiredText(input, 'EndpointArn')
  checkArn('EndpointArn', endpoint)
  if (endpoint.split('/').length !== 4) {
    throw refused('EndpointArn Reason: Wrong number of slashes in relative portion of the ARN.')
  }
  if (Object.hasOwn(endpoints, endpoint)) return endpoints[endpoint]
  throw new Refusal(notFound('Endpoint'))
}

export const getEndpointAttributes = account('GetEndpointAttributes', (sim, input) => ({
  Attributes: endpointIn(sim, input).attributes,
}))

export const setEndpointAttributes = account('SetEndpointAttributes', (sim, input) => {
  const endpoint = endpointIn(sim, input)
  const attributes = attributesIn(input)
  checkAttributes(attributes)
  const drawn = drawnEndpoints(sim).get(requiredText(input, 'EndpointArn'))
  if (!drawn) endpoint.attributes = { ...endpoint.attributes, ...attributes }
  else if (attributes.Enabled) enableDrawn(sim, drawn, attributes.Enabled === 'true')
})

export const deleteEndpoint = account('DeleteEndpoint', (sim, input) => {
  const endpoint = requiredText(input, 'EndpointArn')
  const drawn = drawnEndpoints(sim).get(endpoint)
  if (drawn) removeDrawn(sim, drawn)
  delete accountOf(sim).endpoints[endpoint]
})

export const listEndpointsByPlatformApplication = account(
  'ListEndpointsByPlatformApplication',
  (sim, input) => {
    const application = applicationIn(sim, input)
    const found = Object.entries(endpointsOf(sim)).filter(
      ([, one]) => one.application === application,
    )
    const lines = found.map(([EndpointArn, { attributes }]) => ({
      EndpointArn,
      Attributes: attributes,
    }))
    return pageOf(lines, 'Endpoints', input)
  },
)

const SMS_ATTRIBUTES = new Set([
  'MonthlySpendLimit',
  'DeliveryStatusIAMRole',
  'DeliveryStatusSuccessSamplingRate',
  'DefaultSenderID',
  'DefaultSMSType',
  'UsageReportS3Bucket',
])

export const setSmsAttributes = account('SetSMSAttributes', (sim, input) => {
  const kept = accountOf(sim)
  const wanted = textsOf(input.attributes)
  const unknown = Object.keys(wanted).find((name) => !SMS_ATTRIBUTES.has(name))
  if (unknown !== undefined) throw invalidParameter(`${unknown} is not a valid attribute`)
  const type = wanted.DefaultSMSType
  if (type !== undefined && type !== 'Promotional' && type !== 'Transactional') {
    throw invalidParameter('DefaultSMSType is invalid')
  }
  kept.sms = { ...kept.sms, ...wanted }
})

export const getSmsAttributes = account('GetSMSAttributes', (sim, input) => {
  const sms = { MonthlySpendLimit: '1', ...accountOf(sim).sms }
  const wanted = Array.isArray(input.attributes) ? input.attributes.map(String) : []
  const entries = Object.entries(sms).filter(
    ([name]) => wanted.length === 0 || wanted.includes(name),
  )
  return { attributes: Object.fromEntries(entries) }
})

export const checkIfPhoneNumberIsOptedOut = account(
  'CheckIfPhoneNumberIsOptedOut',
  (sim, input) => {
    const phone = requiredText(input, 'phoneNumber')
    if (!IS_PHONE.test(phone)) throw refused('PhoneNumber Reason: input incorrectly formatted')
    return { isOptedOut: accountOf(sim).optedOut.includes(phone) }
  },
)

export const listPhoneNumbersOptedOut = account('ListPhoneNumbersOptedOut', (sim) => ({
  phoneNumbers: accountOf(sim).optedOut,
}))

export const optInPhoneNumber = account('OptInPhoneNumber', (sim, input) => {
  const kept = accountOf(sim)
  kept.optedOut = kept.optedOut.filter((number) => number !== input.phoneNumber)
})

/** Sends to one device or phone that is not drawn. @returns the MessageId @throws Refusal */
export function publishDirectly(sim: Simulation, input: Input): string {
  const kept = accountOf(sim)
  const { TargetArn, PhoneNumber } = input
  if (typeof PhoneNumber === 'string') {
    if (!IS_PHONE.test(PhoneNumber)) {
      throw refused(`PhoneNumber Reason: ${PhoneNumber} is not valid to publish to`)
    }
  } else {
    const endpoint = kept.endpoints[String(TargetArn)]
    if (!endpoint) throw refused('TargetArn Reason: No endpoint found for the target arn specified')
    if (endpoint.attributes.Enabled !== 'true') {
      throw new Refusal({ code: 'EndpointDisabled', status: 400, message: 'Endpoint is disabled' })
    }
  }
  kept.direct++
  return uuidOf(sim, `direct/${kept.direct}`)
}
