/** Stored records as people look at them: lists, the card of one, and the calls that had to do with it. */
import { expect, test } from 'vitest'
import { findMessage, logPage } from '../../engine/views.ts'
import { pageOf } from './stored.ts'
import { streamBed } from './testbed.ts'

test('the lists tell open shards newest first, page by page, and closed ones apart', () => {
  const { sim, call, put } = streamBed()
  for (let n = 0; n < 5; n++) put(`k${n}`, `text ${n}`)
  const bodies = (list: string, offset: number, limit: number) =>
    pageOf(sim, 0, list, offset, limit).messages.map(({ body }) => body)
  expect(bodies('open', 0, 2)).toEqual(['text 4', 'text 3'])
  expect(bodies('open', 2, 9)).toEqual(['text 2', 'text 1', 'text 0'])
  expect(pageOf(sim, 0, 'closed', 0, 9).total).toBe(0)
  call('SplitShard', {
    StreamName: 's',
    ShardToSplit: 'shardId-000000000000',
    NewStartingHashKey: String(1n << 100n),
  })
  sim.advance(20_000_000)
  expect(pageOf(sim, 0, 'closed', 0, 9).total).toBe(5)
  expect(bodies('open', 0, 9)).toEqual([])
})

test('a stored record has a card, and the log tells the calls that put and read it', () => {
  const { sim, put, iterator, read } = streamBed()
  put('k', 'first')
  put('key', 'second')
  read(iterator(0))
  const [{ message }] = pageOf(sim, 0, 'open', 0, 1).messages
  expect(findMessage(sim, message)).toMatchObject({
    body: 'second',
    partitionKey: 'key',
    list: 'shardId-000000000000',
    sizeBytes: 'second'.length + 'key'.length,
  })
  const { rows } = logPage(sim, 0, 10, { message })
  expect(rows.map(({ operation }) => operation)).toEqual(['GetRecords', 'PutRecord'])
})
