/** No template makes a KCL application, but its registration as a consumer, if it has one. */
import type { CloudFormation } from '../cloudFormation.ts'
import { addConsumers } from '../fanOutConsumer.ts'

const cloudFormation: CloudFormation = {
  outside: 'Your own code, which reads a stream with the KCL.',
  write(application, draft) {
    addConsumers(application, draft)
    for (const { role, other } of application.out) {
      if (role !== 'leases' || other.arn === null) continue
      const text = `Tell the KCL the name of the table “${other.node.name}” as its lease table; else it makes one of its own.`
      draft.note(application, 'toDo', text)
    }
  },
}

export default cloudFormation
