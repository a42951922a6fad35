/** A domain that sends mail in a CloudFormation template: its identity, its events and its template. */
import {
  arnHere,
  getAtt,
  ref,
  type CloudFormation,
  type Draft,
  type Link,
  type Part,
  type Value,
} from '../cloudFormation.ts'
import { addRole, addRolePolicy } from '../iam.ts'

/** CloudFormation's names of events, by the setting of a wire. */
const EVENT_TYPES: Readonly<Record<string, readonly string[]>> = {
  problems: ['bounce', 'complaint', 'deliveryDelay', 'renderingFailure'],
  all: ['send', 'delivery', 'bounce', 'complaint', 'deliveryDelay', 'renderingFailure'],
  Send: ['send'],
  Delivery: ['delivery'],
  Bounce: ['bounce'],
  Complaint: ['complaint'],
}

const CONFIGURATION_SET = 'ConfigurationSet'
const TEMPLATE = 'Template'

const isTemplated = ({ config }: Part): boolean => config.content === 'Template'

const setArn = (domain: Part): Value =>
  arnHere('ses', 'configuration-set/${' + domain.idOf(CONFIGURATION_SET) + '}')

const eventsTo = (domain: Part): readonly Link[] =>
  domain.out.filter(({ role, other }) => role === 'notify' && other.arn !== null)

const isTopic = ({ schema }: Part): boolean => schema.accepts.includes('Publish')

function addEvents(domain: Part, draft: Draft): void {
  const links = eventsTo(domain)
  if (links.length === 0) return
  draft.add(domain, CONFIGURATION_SET, { type: 'AWS::SES::ConfigurationSet' })
  const streams = links.filter(({ other }) => !isTopic(other))
  const role = streams.length > 0 ? addRole(domain, draft, 'ses.amazonaws.com') : ''
  const uses = streams.map(({ other }) => other.access('PutRecordBatch'))
  const policy = role === '' ? null : addRolePolicy(domain, draft, role, uses)
  for (const { config, other } of links) {
    if (isTopic(other)) draft.grant(domain, other, 'Publish')
    const destination: Record<string, Value> = isTopic(other)
      ? { SnsDestination: { TopicARN: other.arn! } }
      : {
          KinesisFirehoseDestination: {
            DeliveryStreamARN: other.arn!,
            IAMRoleARN: getAtt(role, 'Arn'),
          },
        }
    draft.add(domain, `EventsTo${other.id}`, {
      type: 'AWS::SES::ConfigurationSetEventDestination',
      properties: {
        ConfigurationSetName: ref(domain.idOf(CONFIGURATION_SET)),
        EventDestination: {
          Enabled: true,
          MatchingEventTypes: EVENT_TYPES[String(config.events)] ?? EVENT_TYPES.problems,
          ...destination,
        },
      },
      afterGrantsOf: [other],
      dependsOn: policy === null || isTopic(other) ? [] : [policy],
    })
  }
}

const cloudFormation: CloudFormation = {
  arn: ({ id }) => arnHere('ses', 'identity/${' + id + '}'),
  actions: { SendEmail: ['ses:SendEmail'] },
  // A mail is sent as the identity, by its configuration set, from the template.
  resources: (domain) => [
    arnHere('ses', 'identity/${' + domain.id + '}'),
    ...(eventsTo(domain).length > 0 ? [setArn(domain)] : []),
    ...(isTemplated(domain) ? [arnHere('ses', 'template/${' + domain.idOf(TEMPLATE) + '}')] : []),
  ],
  caller: (domain) => ({
    service: 'ses.amazonaws.com',
    sourceArn: setArn(domain),
    checksAccount: true,
  }),
  write(domain, draft) {
    const set = ref(domain.idOf(CONFIGURATION_SET))
    addEvents(domain, draft)
    draft.add(domain, '', {
      type: 'AWS::SES::EmailIdentity',
      properties: {
        EmailIdentity: domain.node.name,
        ConfigurationSetAttributes:
          eventsTo(domain).length > 0 ? { ConfigurationSetName: set } : undefined,
      },
    })
    if (isTemplated(domain)) {
      draft.add(domain, TEMPLATE, {
        type: 'AWS::SES::Template',
        properties: {
          Template: {
            SubjectPart: String(domain.config.SubjectPart),
            HtmlPart: String(domain.config.HtmlPart),
          },
        },
      })
    }
    const text = 'A domain of your own, verified by the DNS records that SES shows for it.'
    draft.note(domain, 'toDo', text)
    if (domain.config.ProductionAccessEnabled === true) {
      draft.note(domain, 'toDo', 'Production access: AWS grants it to an account that asks.')
    }
  },
}

export default cloudFormation
