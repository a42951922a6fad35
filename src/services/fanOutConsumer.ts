/** For programs that read a stream by enhanced fan-out: their registration in a CloudFormation template. */
import { ref, type Access, type Draft, type Part } from './cloudFormation.ts'
import { physicalName } from './physicalName.ts'

/** A consumer of its own at each stream that the part reads (FACTS 6.6), and what it may do with them. */
export function addConsumers(reader: Part, draft: Draft): readonly Access[] {
  if (reader.config.readMode !== 'fanOut') return []
  const made: Access[] = []
  for (const { role, other } of reader.into) {
    if (role !== 'read' || other.arn === null) continue
    const id = draft.add(reader, `On${other.id}`, {
      type: 'AWS::Kinesis::StreamConsumer',
      // Programs find it by its name, which is unique at its stream only.
      properties: { ConsumerName: physicalName(reader), StreamARN: other.arn },
    })
    made.push({ actions: CONSUMER_ACTIONS, resources: [ref(id)] })
  }
  return made
}

const CONSUMER_ACTIONS = ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard']
