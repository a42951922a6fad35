/** No template makes a reader, but its registration as a consumer, if it has one. */
import type { CloudFormation } from '../cloudFormation.ts'
import { addConsumers } from '../fanOutConsumer.ts'

const cloudFormation: CloudFormation = {
  outside: 'Your own code, which reads a stream.',
  write: addConsumers,
}

export default cloudFormation
