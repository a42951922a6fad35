/**
 * The SQL engine: SQLite as WebAssembly, its own project's build. The query comes from shared links, so it
 * is hostile: one SELECT on one table, a list of functions that give the same everywhere (no time, no
 * chance), and limits on rows, lengths, memory and steps. Steps are the engine's own instructions, so what
 * is too much is too much on every machine.
 */
import type { Database, SqlValue as Value, Sqlite3Static } from '@sqlite.org/sqlite-wasm'

/** The table that the query reads, as AWS names it (FACTS 9). */
export const TABLE = 'SOURCE_SQL_STREAM_001'

export const MAX_SQL_LENGTH = 4000
/** Rows of a result; more are cut off. */
export const MAX_RESULT_ROWS = 1000
/** Longest text or row, bytes. */
const MAX_BYTES = 20_000
const MAX_HEAP_BYTES = 64 * 1_048_576
/** Of a window, brought in by one statement. */
const ROWS_AT_ONCE = 1000
const STEPS_A_LOOK = 10_000
/** About a third of a second of a slow machine's time. */
const MAX_STEPS = 3_000_000

/** What a cell holds. */
export type SqlValue = string | number | null

export interface Query {
  readonly sql: string
  /** Names of the table's columns, no two alike but for their case. */
  readonly columns: readonly string[]
  /** Shorter rows end in NULL. */
  readonly rows: readonly (readonly SqlValue[])[]
}

export type Outcome =
  | {
      readonly ok: true
      readonly columns: readonly string[]
      readonly rows: readonly (readonly SqlValue[])[]
      /** There were more rows than MAX_RESULT_ROWS. */
      readonly isCut: boolean
    }
  /** Why it cannot be run, in words for people. */
  | { readonly ok: false; readonly problem: string }

interface Engine {
  readonly sqlite: Sqlite3Static
  readonly db: Database
  /** The statement being prepared is the query: only what is harmless may be in it. */
  isGuarded: boolean
  /** Of the statement that runs. */
  steps: number
}

/** Loaded code, no state of any world: every query begins with an empty database. */
let engine: Engine | null = null
let loading: Promise<void> | null = null

/** Loads the engine; null when it is there. */
export function loadSql(): Promise<void> | null {
  if (engine) return null
  loading ??= import('@sqlite.org/sqlite-wasm')
    .then(({ default: start }) => start())
    .then((sqlite) => {
      engine = open(sqlite)
    })
    .finally(() => {
      loading = null
    })
  return loading
}

function open(sqlite: Sqlite3Static): Engine {
  const { capi, oo1 } = sqlite
  // What is printed on the browser's console would be the visitor's own mistakes.
  sqlite.config.error = () => undefined
  sqlite.config.warn = () => undefined
  const db = new oo1.DB(':memory:')
  const opened: Engine = { sqlite, db, isGuarded: false, steps: 0 }
  db.exec(`PRAGMA hard_heap_limit = ${MAX_HEAP_BYTES}; PRAGMA temp_store = MEMORY`)
  capi.sqlite3_limit(db, capi.SQLITE_LIMIT_COLUMN, 200)
  capi.sqlite3_limit(db, capi.SQLITE_LIMIT_EXPR_DEPTH, 100)
  capi.sqlite3_limit(db, capi.SQLITE_LIMIT_COMPOUND_SELECT, 10)
  capi.sqlite3_limit(db, capi.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100)
  capi.sqlite3_limit(db, capi.SQLITE_LIMIT_ATTACHED, 0)
  capi.sqlite3_set_authorizer(
    db,
    (_, action, first, second) =>
      !opened.isGuarded || isAllowed(sqlite, action, String(first), String(second))
        ? capi.SQLITE_OK
        : capi.SQLITE_DENY,
    0,
  )
  capi.sqlite3_progress_handler(
    db,
    STEPS_A_LOOK,
    () => (opened.isGuarded && (opened.steps += STEPS_A_LOOK) > MAX_STEPS ? 1 : 0),
    0,
  )
  return opened
}

/** Functions that give the same whenever and wherever they are called, and little from little. */
const FUNCTIONS = new Set(
  `count sum total avg min max group_concat string_agg
  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
  abs round sign coalesce ifnull nullif iif if typeof
  length lower upper substr substring trim ltrim rtrim instr like glob
  json_extract json_valid -> ->>`.split(/\s+/),
)

/** What the query may do, asked by SQLite while it reads it. */
function isAllowed(
  { capi }: Sqlite3Static,
  action: number,
  first: string,
  second: string,
): boolean {
  switch (action) {
    case capi.SQLITE_SELECT:
      return true
    case capi.SQLITE_READ:
      return first.toUpperCase() === TABLE
    case capi.SQLITE_FUNCTION:
      return FUNCTIONS.has(second.toLowerCase())
    default:
      return false
  }
}

/** Limits hold for the query, not for what brings the rows. */
function guard(opened: Engine, isGuarded: boolean): void {
  const { capi } = opened.sqlite
  opened.isGuarded = isGuarded
  opened.steps = 0
  capi.sqlite3_limit(opened.db, capi.SQLITE_LIMIT_LENGTH, isGuarded ? MAX_BYTES : MAX_HEAP_BYTES)
}

/** Runs the query on a table of these rows. @throws Error when the engine is not loaded */
export function runSql({ sql, columns, rows }: Query): Outcome {
  if (!engine) throw new Error('The SQL engine is not loaded: await prepare() first')
  if (sql.length > MAX_SQL_LENGTH) {
    return { ok: false, problem: `The SQL is longer than ${MAX_SQL_LENGTH} characters.` }
  }
  try {
    fill(engine, columns, rows)
    guard(engine, true)
    return select(engine, sql)
  } catch (problem) {
    return { ok: false, problem: inWords(problem, columns) }
  } finally {
    guard(engine, false)
    engine.db.exec(`DROP TABLE IF EXISTS ${TABLE}`)
  }
}

/** What is wrong with the query whatever the records hold; null when it can be run. */
export function problemIn(sql: string, columns: readonly string[]): string | null {
  const outcome = runSql({ sql, columns, rows: [] })
  return outcome.ok || outcome.problem.startsWith(NO_COLUMN) ? null : outcome.problem
}

/** Many rows in one statement, as JSON: much faster than row by row. */
function fill({ db }: Engine, columns: readonly string[], rows: Query['rows']): void {
  const names = columns.map((name) => `"${name.replaceAll('"', '""')}"`)
  db.exec(`CREATE TABLE ${TABLE} (${names.join(', ')})`)
  const values = columns.map((_, n) => `value ->> ${n}`)
  const sql = `INSERT INTO ${TABLE} SELECT ${values.join(', ')} FROM json_each(?)`
  for (let n = 0; n < rows.length; n += ROWS_AT_ONCE) {
    db.exec({ sql, bind: [JSON.stringify(rows.slice(n, n + ROWS_AT_ONCE))] })
  }
}

const ONE_SELECT = 'One SELECT only: nothing else may be in it.'

function select({ db, sqlite }: Engine, sql: string): Outcome {
  const query = db.prepare(sql)
  try {
    const read = sqlite.capi.sqlite3_sql(query)
    if (sql.slice(read.length).trim() !== '') return { ok: false, problem: ONE_SELECT }
    if (sqlite.capi.sqlite3_stmt_isexplain(query) !== 0) return { ok: false, problem: ONE_SELECT }
    const columns = query.getColumnNames([])
    const rows: SqlValue[][] = []
    while (query.step()) {
      if (rows.length === MAX_RESULT_ROWS) return { ok: true, columns, rows, isCut: true }
      rows.push(query.get([]).map(plain))
    }
    return { ok: true, columns, rows, isCut: false }
  } finally {
    query.finalize()
  }
}

const plain = (value: Value): SqlValue =>
  typeof value === 'bigint'
    ? Number(value)
    : typeof value === 'string' || typeof value === 'number'
      ? value
      : null

const TOO_LARGE = 'It needs too much memory for one window.'
const NO_COLUMN = 'no such column'
const PREFIX = /^SQLITE_\w+: sqlite3 result code \d+: /

/** SQLite's messages, with what to do about them. */
function inWords(problem: unknown, columns: readonly string[]): string {
  const text = problem instanceof Error ? problem.message.replace(PREFIX, '') : String(problem)
  if (text.startsWith(NO_COLUMN)) return `${text}. The columns are ${columns.join(', ')}.`
  if (text.startsWith('no such table')) return `${text}. The table is ${TABLE}.`
  if (text.startsWith('not authorized') || text.includes('prohibited')) {
    return `${text}. Only a SELECT on ${TABLE} is run, without recursion, random values or the time of day.`
  }
  if (text === 'interrupted') return 'It takes too many steps for one window.'
  if (/^(out of memory|Failed to allocate)/.test(text)) return TOO_LARGE
  if (text.startsWith('Cannot prepare empty SQL')) return 'There is no SQL.'
  return `${text}.`
}
