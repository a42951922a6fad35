/** A video stream in a CloudFormation template. */
import { getAtt, ref, type CloudFormation } from '../cloudFormation.ts'

const cloudFormation: CloudFormation = {
  arn: ({ id }) => getAtt(id, 'Arn'),
  address: ({ id }) => ({ label: 'Name', value: ref(id) }),
  actions: {
    PutMedia: ['kinesisvideo:GetDataEndpoint', 'kinesisvideo:PutMedia'],
    getMedia: ['kinesisvideo:GetDataEndpoint', 'kinesisvideo:GetMedia'],
  },
  metrics: {
    namespace: 'AWS/KinesisVideo',
    dimensions: ({ id }) => [{ Name: 'StreamName', Value: ref(id) }],
  },
  write(stream, draft) {
    draft.add(stream, '', {
      type: 'AWS::KinesisVideo::Stream',
      properties: stream.changed('DataRetentionInHours'),
    })
  },
}

export default cloudFormation
