/** No template makes it. */
import type { CloudFormation } from '../cloudFormation.ts'

const cloudFormation: CloudFormation = {
  outside: 'your own code, reading a Kafka topic',
}

export default cloudFormation
