/** Video streams, as programs and the console ask for them (FACTS 10). */
import { expect, test } from 'vitest'
import { fromSeconds } from '../../../base/units.ts'
import type { Config } from '../../../scenario/scenario.ts'
import { design, simulate } from '../../lab.ts'

type Json = Readonly<Record<string, unknown>>

function bed(retention = 1) {
  const sim = simulate(
    design({
      nodes: {
        door: ['camera', { fragmentMs: 2000, keyFrameMs: 1000 }],
        entrance: ['video', { DataRetentionInHours: retention }],
      },
      wires: [['door', 'entrance']],
    }),
  )
  const ask = (operation: string, input: Json = {}, service = 'kinesisvideo') => {
    const { output, error } = sim.callFromOutside(service, operation, input as Config)
    return { output: output as Json, error }
  }
  return { sim, ask, list: (input: Json) => ask('ListFragments', input, ARCHIVE) }
}
const ARCHIVE = 'kinesis-video-archived-media'
const NOBODY = 'The requested stream is not found or not active.'

test('FACTS 10: video streams are made, told, listed and deleted', () => {
  const { ask } = bed()
  const made = ask('CreateStream', { StreamName: 'garden' })
  expect(made.output.StreamARN).toMatch(
    /^arn:aws:kinesisvideo:us-east-1:0{12}:stream\/garden\/\d{13}$/,
  )
  expect(ask('CreateStream', { StreamName: 'garden' }).error).toMatchObject({
    code: 'ResourceInUseException',
  })
  expect(ask('DescribeStream', { StreamName: 'garden' }).output.StreamInfo).toMatchObject({
    ...made.output,
    Status: 'ACTIVE',
    DataRetentionInHours: 0,
  })
  const names = ({ output }: ReturnType<typeof ask>) =>
    (output.StreamInfoList as Json[]).map(({ StreamName }) => StreamName)
  expect(names(ask('ListStreams'))).toEqual(['entrance', 'garden'])
  const first = ask('ListStreams', { MaxResults: 1 })
  expect(names(first)).toEqual(['entrance'])
  expect(names(ask('ListStreams', { NextToken: first.output.NextToken }))).toEqual(['garden'])
  expect(ask('DeleteStream', made.output).error).toBeUndefined()
  expect(ask('DescribeStream', made.output).error).toMatchObject({
    code: 'ResourceNotFoundException',
    status: 404,
    message: NOBODY,
  })
})

test('FACTS 10: UpdateDataRetention names the version that it changes', () => {
  const { ask } = bed(24)
  const info = () => ask('DescribeStream', { StreamName: 'entrance' }).output.StreamInfo as Json
  const { Version } = info()
  const update = (by: number, Operation: string, CurrentVersion = info().Version) =>
    ask('UpdateDataRetention', {
      StreamName: 'entrance',
      CurrentVersion,
      Operation,
      DataRetentionChangeInHours: by,
    }).error?.code
  expect(update(24, 'INCREASE_DATA_RETENTION')).toBeUndefined()
  expect(info().DataRetentionInHours).toBe(48)
  expect(update(1, 'DECREASE_DATA_RETENTION', Version)).toBe('VersionMismatchException')
  expect(update(49, 'DECREASE_DATA_RETENTION')).toBe('InvalidArgumentException')
  expect(update(48, 'DECREASE_DATA_RETENTION')).toBeUndefined()
  expect(info().DataRetentionInHours).toBe(0)
})

test('FACTS 10: ListFragments tells fragments by the camera’s time or the arrival, page by page', () => {
  const { sim, list } = bed()
  sim.advance(fromSeconds(21))
  const all = list({ StreamName: 'entrance' }).output.Fragments as Json[]
  expect(all).toHaveLength(10)
  expect(all[0]).toMatchObject({ FragmentNumber: '0', FragmentLengthInMilliseconds: 2000 })
  const start = Number(all[0].ProducerTimestamp)
  const between = (FragmentSelectorType: string) =>
    list({
      StreamName: 'entrance',
      FragmentSelector: {
        FragmentSelectorType,
        TimestampRange: { StartTimestamp: start, EndTimestamp: start + 4 },
      },
    }).output.Fragments
  expect(between('PRODUCER_TIMESTAMP')).toEqual(all.slice(0, 3))
  expect(between('SERVER_TIMESTAMP')).toEqual(all.slice(0, 2))
  const page = list({ StreamName: 'entrance', MaxResults: 4 }).output
  const { NextToken } = page
  expect(page.Fragments).toEqual(all.slice(0, 4))
  expect(list({ StreamName: 'entrance', NextToken }).output).toEqual({ Fragments: all.slice(4) })
})

test('FACTS 10: without retention nothing is archived', () => {
  const { sim, list } = bed(0)
  sim.advance(fromSeconds(21))
  expect(list({ StreamName: 'entrance' }).output.Fragments).toEqual([])
})

test('FACTS 10: media of programs outside is refused', () => {
  const { ask } = bed()
  const media = (StreamName: string) => ask('PutMedia', { StreamName }, 'kinesis-video-media').error
  expect(media('no')?.code).toBe('ResourceNotFoundException')
  expect(media('entrance')?.code).toBe('UnknownOperationException')
})
