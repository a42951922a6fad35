/** No template makes it. */
import type { CloudFormation } from '../cloudFormation.ts'

const cloudFormation: CloudFormation = {
  outside: 'Your own code, which watches video.',
}

export default cloudFormation
