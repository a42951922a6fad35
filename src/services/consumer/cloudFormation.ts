/** No template makes it, but a policy of what it may do. */
import type { CloudFormation } from '../cloudFormation.ts'
import { addProgramPolicy } from '../iam.ts'

const cloudFormation: CloudFormation = {
  outside: 'Your own code, which works on messages.',
  write: (part, draft) => addProgramPolicy(part, draft),
}

export default cloudFormation
