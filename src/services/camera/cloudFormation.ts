/** No template makes it. */
import type { CloudFormation } from '../cloudFormation.ts'

const cloudFormation: CloudFormation = {
  outside: 'Your own device, which sends video.',
}

export default cloudFormation
