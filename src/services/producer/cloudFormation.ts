/** No template makes it. */
import type { CloudFormation } from '../cloudFormation.ts'

const cloudFormation: CloudFormation = {
  outside: 'your own code, sending messages',
}

export default cloudFormation
