/** A receipt rule in a CloudFormation template. */
import { arnHere, ref, type CloudFormation, type Link, type Value } from '../cloudFormation.ts'
import { ACTIONS } from './schema.ts'

const RULE_SET = 'RuleSet'

/** What a rule calls, by the role of the wire; other wires are read by alarms. */
const ROLES = new Map<string, string>(ACTIONS.map(({ role, accepts }) => [role, accepts]))

/** As a rule's actions name the part. */
function actionOf({ role, config, other }: Link): Value {
  if (role === 'notify') return { SNSAction: { TopicArn: other.arn! } }
  if (role === 'invoke') return { LambdaAction: { FunctionArn: other.arn! } }
  const prefix = String(config.keyPrefix ?? '')
  const bucket: Record<string, Value> = { BucketName: ref(other.id) }
  return { S3Action: prefix === '' ? bucket : { ...bucket, ObjectKeyPrefix: prefix } }
}

const cloudFormation: CloudFormation = {
  arn: ({ id }) => ref(id),
  caller: (domain) => ({
    service: 'ses.amazonaws.com',
    // Any rule of its set: a bucket's policy must not wait for the rule, which waits for the policy.
    sourceArn: arnHere('ses', 'receipt-rule-set/${' + domain.idOf(RULE_SET) + '}:receipt-rule/*'),
    checksAccount: true,
  }),
  write(domain, draft) {
    const links = domain.out.filter(({ role, other }) => ROLES.has(role) && other.arn !== null)
    for (const { role, other } of links) draft.grant(domain, other, ROLES.get(role)!)
    const set = draft.add(domain, RULE_SET, { type: 'AWS::SES::ReceiptRuleSet' })
    draft.add(domain, '', {
      type: 'AWS::SES::ReceiptRule',
      properties: {
        RuleSetName: ref(set),
        Rule: {
          Enabled: true,
          Recipients: [domain.node.name],
          ScanEnabled: true,
          Actions: links.map(actionOf),
        },
      },
      afterGrantsOf: links.map(({ other }) => other),
    })
    draft.note(
      domain,
      'toDo',
      'A domain of your own, with an MX record for SES; and its rule set made the active one.',
    )
    if (domain.config.onSpam !== 'continue') {
      const text =
        'What becomes of spam: a rule scans, but to act on what it finds takes a function.'
      draft.note(domain, 'missing', text)
    }
  },
}

export default cloudFormation
