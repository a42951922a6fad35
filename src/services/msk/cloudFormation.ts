/** A Kafka topic in a CloudFormation template; its cluster is a parameter. */
import { ref, type CloudFormation } from '../cloudFormation.ts'
import { physicalName } from '../physicalName.ts'

const CLUSTER = 'ClusterArn'
/** Amazon MSK's brokers are in three zones unless a cluster was made otherwise. */
const REPLICAS = 3

const cloudFormation: CloudFormation = {
  arn: ({ id }) => ref(id),
  write(topic, draft) {
    const description = `ARN of the MSK cluster that has the topic ${topic.node.name}`
    const cluster = draft.parameter(topic, CLUSTER, { type: 'String', description })
    draft.add(topic, '', {
      type: 'AWS::MSK::Topic',
      properties: {
        ClusterArn: cluster,
        // What programs know it by.
        TopicName: physicalName(topic),
        PartitionCount: Number(topic.config.partitions),
        ReplicationFactor: REPLICAS,
      },
    })
    const changed = topic.changed('unlimited', 'retentionHours', 'maxMessageBytes')
    if (Object.keys(changed).length > 0) {
      const words = 'Its retention.ms and max.message.bytes: set them at the topic.'
      draft.note(topic, 'toDo', words)
    }
  },
}

export default cloudFormation
