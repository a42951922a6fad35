/** Applications of Managed Flink are people's own code, which a template only names. */
import type { CloudFormation } from '../cloudFormation.ts'

const cloudFormation: CloudFormation = {
  write(application, draft) {
    const isLegacy = application.config.runtime === 'sql'
    draft.note(
      application,
      'missing',
      isLegacy
        ? 'SQL applications: AWS makes none any more.'
        : 'Managed Flink runs a program of your own from a bucket; write it and its application.',
    )
  },
}

export default cloudFormation
