/** No template makes a reader, but a policy of what it may do, and its registration as a consumer. */
import type { CloudFormation } from '../cloudFormation.ts'
import { addConsumers } from '../fanOutConsumer.ts'
import { addProgramPolicy } from '../iam.ts'

const cloudFormation: CloudFormation = {
  outside: 'Your own code, which reads a stream.',
  write: (reader, draft) => addProgramPolicy(reader, draft, addConsumers(reader, draft)),
}

export default cloudFormation
