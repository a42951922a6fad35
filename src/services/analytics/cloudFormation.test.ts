import { expect, test } from 'vitest'
import { written } from '../../infrastructure/lab.ts'
import { design } from '../lab.ts'

test('FACTS 9: applications are left to people, and those of SQL are no more', async () => {
  const { resources, notes } = await written(
    design({
      nodes: {
        s: ['kinesis'],
        flink: ['analytics'],
        sql: ['analytics', { runtime: 'sql' }],
      },
      wires: [
        ['s', 'flink'],
        ['s', 'sql'],
      ],
    }),
  )
  expect(Object.keys(resources)).toEqual(['S'])
  expect(notes.join()).toContain('flink: Managed Flink runs a program of your own')
  expect(notes.join()).toContain('sql: SQL applications')
})
