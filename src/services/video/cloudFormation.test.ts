import { expect, test } from 'vitest'
import { written } from '../../infrastructure/lab.ts'
import { design } from '../lab.ts'

test('FACTS 10: a video stream has its retention, unless it keeps nothing', async () => {
  const { resources, notes } = await written(
    design({
      nodes: {
        door: ['video', { DataRetentionInHours: 24 }],
        live: ['video'],
        camera: ['camera'],
        guard: ['viewer'],
      },
      wires: [
        ['camera', 'door'],
        ['door', 'guard'],
      ],
    }),
  )
  expect(resources).toMatchObject({
    Door: { type: 'AWS::KinesisVideo::Stream', DataRetentionInHours: 24 },
    CameraAccess: {
      PolicyDocument: {
        Statement: [{ Action: ['kinesisvideo:GetDataEndpoint', 'kinesisvideo:PutMedia'] }],
      },
    },
    GuardAccess: {
      PolicyDocument: {
        Statement: [{ Action: ['kinesisvideo:GetDataEndpoint', 'kinesisvideo:GetMedia'] }],
      },
    },
  })
  expect(resources.Live).toEqual({ type: 'AWS::KinesisVideo::Stream' })
  expect(notes.filter((note) => note.startsWith('Runs outside'))).toHaveLength(2)
})
