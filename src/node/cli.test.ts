/** The command's parts, and the acceptance run of the encoder through them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { US_PER_MINUTE } from '../base/units.ts'
import { gallery } from '../lessons/gallery.ts'
import { openDocument } from './open.ts'
import { reportTable } from './report.ts'
import { simulate } from './simulate.ts'

const folder = mkdtempSync(join(tmpdir(), 'switchyard-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

function run(name: string, minutes: number, seed?: number) {
  const opened = openDocument(name)
  if (!opened.ok) throw new Error(opened.problem.detail)
  const said: string[] = []
  const report = simulate(opened.document, minutes * US_PER_MINUTE, seed, (line) => said.push(line))
  return { report, said }
}

test('a built-in scenario runs by its id: 990 failures beside 1 000 processed', () => {
  const { report, said } = run('encoder', 120)
  expect(report.nodes['uploads-direct'].totals.failed).toBe(990)
  expect(report.costs.parts.map(({ name }) => name)).toEqual(['videos'])
  expect(reportTable(report)).toMatch(/At AWS's list prices 0\.\d+ USD, a month like this/)
  expect(report.nodes['encoder-queued'].totals.processed).toBe(1000)
  expect(report.invariants).toEqual({ ok: true, broken: [] })
  expect(said).toHaveLength(1)
  expect(reportTable(report)).toContain('encoder-queued')
  expect(reportTable(report)).toContain('All books add up.')
})

test('a file gives the same run as the id, another seed another one', () => {
  const entry = gallery.find(({ id }) => id === 'competing-consumers')!
  const path = file('saved.json', JSON.stringify(entry.scenario))
  const { report } = run(path, 2)
  expect(report.logHash).toBe(run('competing-consumers', 2).report.logHash)
  expect(run(path, 2, 99).report.logHash).not.toBe(report.logHash)
  expect(run(path, 2, 99).report.seed).toBe(99)
})

test('what cannot be opened is refused with a reason', () => {
  const reason = (name: string): string => {
    const opened = openDocument(name)
    return opened.ok ? '' : `${opened.problem.title}. ${opened.problem.detail}`
  }
  expect(reason('no-such-thing')).toContain('no built-in scenario')
  expect(reason(folder)).toContain('EISDIR')
  expect(reason(file('half.json', '{"format":1,'))).toContain('not JSON')
  expect(reason(file('other.json', '{"a":1}'))).toContain('not a design')
  const wrong = { ...gallery[0].scenario, nodes: gallery[0].scenario.nodes.slice(1) }
  expect(reason(file('wires.json', JSON.stringify(wrong)))).toContain('damaged')
})

test('broken books are said', () => {
  const { report } = run('encoder', 1)
  const broken = { ...report, invariants: { ok: false, broken: ['videos: one is missing'] } }
  expect(reportTable(broken)).toContain('videos: one is missing')
})
