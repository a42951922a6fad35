/** The query is hostile input: what it may do, what it may cost, and what people are told. */
import { beforeAll, describe, expect, test } from 'vitest'
import { MAX_RESULT_ROWS, MAX_SQL_LENGTH, TABLE, loadSql, problemIn, runSql } from './sql.ts'

beforeAll(() => loadSql() ?? undefined)

const rows = Array.from({ length: 300 }, (_, n) => [`p${n % 3}`, n * 1.5])
const ask = (sql: string) => runSql({ sql, columns: ['product', 'price'], rows })
const rowsOf = (sql: string) => {
  const outcome = ask(sql)
  return outcome.ok ? outcome.rows : outcome.problem
}

test('FACTS 9: the query sees its table, functions that give the same everywhere, and nothing else', () => {
  expect(
    rowsOf(`SELECT product, COUNT(*), SUM(price) FROM ${TABLE} GROUP BY 1 ORDER BY 1`),
  ).toEqual([
    ['p0', 100, 22_275],
    ['p1', 100, 22_425],
    ['p2', 100, 22_575],
  ])
  expect(rowsOf(`SELECT price, AVG(price) OVER (ROWS 1 PRECEDING) FROM ${TABLE} LIMIT 2;`)).toEqual(
    [
      [0, 0],
      [1.5, 0.75],
    ],
  )
  expect(rowsOf(`WITH a AS (SELECT price AS x FROM ${TABLE}) SELECT MAX(x) FROM a`)).toEqual([
    [448.5],
  ])
})

describe('is refused, and the next query is none the worse for it:', () => {
  test.each([
    ['chance', 'SELECT random()'],
    ['the time of day', "SELECT datetime('now')"],
    ['the time of day as a word', 'SELECT CURRENT_TIMESTAMP'],
    ['large bytes', 'SELECT length(randomblob(100000000))'],
    ['recursion', 'WITH r AS (SELECT 1 n UNION ALL SELECT n + 1 FROM r) SELECT MAX(n) FROM r'],
    ['a change', `DELETE FROM ${TABLE}`],
    ['another table', 'CREATE TABLE x (a)'],
    ['a file', "ATTACH '/tmp/x' AS x"],
    ['a pragma', 'PRAGMA table_list'],
    ['a pragma in disguise', 'SELECT * FROM pragma_table_list'],
    ['the schema', 'SELECT * FROM sqlite_master'],
    ['rows out of nothing', "SELECT * FROM json_each('[1, 2]')"],
    ['two statements', `SELECT 1; DELETE FROM ${TABLE}`],
    ['an explanation', 'EXPLAIN SELECT 1'],
    ['nothing', '  '],
    ['too long a text', `SELECT 1 -- ${'x'.repeat(MAX_SQL_LENGTH)}`],
    ['too many steps', `SELECT COUNT(*) FROM ${TABLE} a, ${TABLE} b, ${TABLE} c, ${TABLE} d`],
    ['a deep expression', `SELECT 1${'+1'.repeat(500)}`],
  ])('%s', (_, sql) => {
    expect(ask(sql).ok).toBe(false)
    expect(rowsOf(`SELECT COUNT(*) FROM ${TABLE}`)).toEqual([[300]])
  })
})

test('a result has so many rows at most', () => {
  const outcome = ask(`SELECT 1 FROM ${TABLE} a, ${TABLE} b`)
  expect(outcome).toMatchObject({ ok: true, isCut: true })
  expect(outcome.ok && outcome.rows).toHaveLength(MAX_RESULT_ROWS)
})

test('mistakes are told in words, with what there is instead', () => {
  expect(problemIn('SELCT 1', ['a'])).toContain('syntax error')
  expect(problemIn('SELECT a FROM orders', ['a'])).toContain(`The table is ${TABLE}`)
  expect(problemIn(`SELECT b FROM ${TABLE}`, ['a'])).toBeNull()
  expect(rowsOf(`SELECT prize FROM ${TABLE}`)).toContain('The columns are product, price')
})

test('columns may be called anything', () => {
  const columns = ['a b', '"', "'; DROP", 'select']
  const outcome = runSql({ sql: `SELECT * FROM ${TABLE}`, columns, rows: [[1, 'x', null, 2.5]] })
  expect(outcome).toEqual({ ok: true, columns, rows: [[1, 'x', null, 2.5]], isCut: false })
})

test('a window that needs too much memory fails alone', () => {
  const columns = Array.from({ length: 40 }, (_, n) => `c${n}`)
  const large = Array.from({ length: 10_000 }, () => columns.map(() => 'x'.repeat(256)))
  const sql = `SELECT COUNT(*) FROM ${TABLE}`
  expect(runSql({ sql, columns, rows: large })).toEqual({
    ok: false,
    problem: 'It needs too much memory for one window.',
  })
  expect(runSql({ sql, columns, rows: large.slice(0, 10) })).toMatchObject({ rows: [[10]] })
})
