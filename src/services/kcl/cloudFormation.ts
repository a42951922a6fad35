/** No template makes a KCL application, but a policy of what it may do, and its registration as a consumer. */
import type { Access, CloudFormation } from '../cloudFormation.ts'
import { addConsumers } from '../fanOutConsumer.ts'
import { addProgramPolicy } from '../iam.ts'

/** FACTS 6.9: what the KCL does with its table besides changing items. */
const LEASE_ACTIONS = ['dynamodb:DeleteItem', 'dynamodb:DescribeTable', 'dynamodb:Scan']
/** It tells CloudWatch how it does. */
const METRICS: Access = { actions: ['cloudwatch:PutMetricData'], resources: ['*'] }

const cloudFormation: CloudFormation = {
  outside: 'Your own code, which reads a stream with the KCL.',
  write(application, draft) {
    const more: Access[] = [...addConsumers(application, draft), METRICS]
    for (const { role, other } of application.out) {
      if (role !== 'leases' || other.arn === null) continue
      const text = `Tell the KCL the name of the table “${other.node.name}” as its lease table; else it makes one of its own.`
      draft.note(application, 'toDo', text)
      more.push({ actions: LEASE_ACTIONS, resources: [other.arn] })
    }
    addProgramPolicy(application, draft, more)
  },
}

export default cloudFormation
