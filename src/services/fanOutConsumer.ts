/** For programs that read a stream by enhanced fan-out: their registration in a CloudFormation template. */
import type { Draft, Part } from './cloudFormation.ts'
import { physicalName } from './physicalName.ts'

/** A consumer of its own at each stream that the part reads (FACTS 6.6). */
export function addConsumers(reader: Part, draft: Draft): void {
  if (reader.config.readMode !== 'fanOut') return
  for (const { role, other } of reader.into) {
    if (role !== 'read' || other.arn === null) continue
    draft.add(reader, `On${other.id}`, {
      type: 'AWS::Kinesis::StreamConsumer',
      // Programs find it by its name, which is unique at its stream only.
      properties: { ConsumerName: physicalName(reader), StreamARN: other.arn },
    })
  }
}
