/** What is outside of AWS is an address in a CloudFormation template: the one that was set, or a parameter. */
import type { CloudFormation, Part } from '../cloudFormation.ts'
import { protocolOf, type Protocol } from './addresses.ts'

const givenAddress = ({ config }: Part): string => String(config.address ?? '').trim()

/** Nothing but a topic needs to know where it is. */
const isSubscribed = ({ into }: Part): boolean => into.some(({ role }) => role === 'subscribe')

const WHAT: Readonly<Record<Protocol, string>> = {
  https: 'URL (https://…)',
  http: 'URL (http://…)',
  email: 'E-mail address',
  'email-json': 'E-mail address',
  sms: 'Phone number (+…)',
  application: 'ARN of the platform endpoint',
}

const CONFIRMS: Readonly<Record<Protocol, string>> = {
  https: 'Its web server confirms the subscription, when AWS asks it to.',
  http: 'Its web server confirms the subscription, when AWS asks it to.',
  email: 'Whoever reads its mail confirms the subscription.',
  'email-json': 'Whoever reads its mail confirms the subscription.',
  sms: 'In the SMS sandbox its number has to be verified first.',
  application: 'Its app, its platform application and the device’s token are made outside.',
}

const cloudFormation: CloudFormation = {
  arn: (endpoint) => givenAddress(endpoint) || { Ref: endpoint.id },
  write(endpoint, draft) {
    const protocol = protocolOf(endpoint.config)
    if (!isSubscribed(endpoint)) {
      draft.note(endpoint, 'outside', 'Outside of AWS; programs send to it directly.')
      return
    }
    if (givenAddress(endpoint) === '') {
      const description = `${WHAT[protocol]} of ${endpoint.node.name}`
      draft.parameter(endpoint, '', { type: 'String', description })
    }
    draft.note(endpoint, 'toDo', CONFIRMS[protocol])
  },
}

export default cloudFormation
