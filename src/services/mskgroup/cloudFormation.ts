/** No template makes it. */
import type { CloudFormation } from '../cloudFormation.ts'

const cloudFormation: CloudFormation = {
  outside: 'Your own code, which reads a Kafka topic.',
}

export default cloudFormation
