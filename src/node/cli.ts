/** The command line: `switchyard list`, `simulate`, `export` and `serve`. Built into dist-node/switchyard.mjs. */
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { parseDuration } from '../base/format.ts'
import type { SimUs } from '../base/units.ts'
import { kindsIn, prepare } from '../engine/prepare.ts'
import { gallery } from '../lessons/gallery.ts'
import { kinds } from '../services/kinds.ts'
import { exportCommand } from './exportCommand.ts'
import { openDocument } from './open.ts'
import { reportTable } from './report.ts'
import { serveCommand } from './serve/command.ts'
import { simulate } from './simulate.ts'

/** What the process ends with. */
const EXIT = { ok: 0, brokenBooks: 1, badInput: 2 } as const

interface SimulateOptions {
  readonly until: SimUs
  readonly seed?: number
  readonly json?: boolean
}

function duration(text: string): SimUs {
  const us = parseDuration(text)
  if (us === null) throw new InvalidArgumentError('Write it as 90s, 10m, 1h30m or 2d.')
  return us
}

function seedNumber(text: string): number {
  const seed = Number(text)
  if (text.trim() === '' || !Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new InvalidArgumentError('It is a whole number from 0 to 4294967295.')
  }
  return seed
}

const program = new Command('switchyard')
  .description('Simulates messaging designs by the rules of AWS.')
  .exitOverride()
  .showHelpAfterError()

program
  .command('list')
  .description('print the ids of the built-in scenarios')
  .option('--json', 'as JSON')
  .action(({ json }: { json?: boolean }) => {
    const entries = gallery.map(({ id, title, group, summary }) => ({ id, title, group, summary }))
    const widest = Math.max(...entries.map(({ id }) => id.length))
    const lines = entries.map(({ id, title }) => `${id.padEnd(widest)}  ${title}`)
    process.stdout.write(`${json ? JSON.stringify(entries, null, 2) : lines.join('\n')}\n`)
  })

program
  .command('simulate')
  .description('run a scenario and print what became of every message')
  .argument('<file-or-id>', 'a scenario file, or the id of a built-in scenario')
  .requiredOption('--until <duration>', 'simulated time to run: 90s, 10m, 1h30m, 2d', duration)
  .option('--seed <number>', 'other chance than the scenario’s own seed', seedNumber)
  .option('--json', 'one JSON object instead of a table')
  .action(async (name: string, { until, seed, json }: SimulateOptions) => {
    const opened = openDocument(name)
    if (!opened.ok) {
      process.stderr.write(`${opened.problem.title}. ${opened.problem.detail}\n`)
      process.exitCode = EXIT.badInput
      return
    }
    const { scenario, interventions } = opened.document
    await prepare(kinds, kindsIn(scenario, interventions))
    const report = simulate(opened.document, until, seed, (line) =>
      process.stderr.write(`${line}\n`),
    )
    process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : reportTable(report))
    if (!report.invariants.ok) process.exitCode = EXIT.brokenBooks
  })

program.addCommand(exportCommand(openDocument, EXIT.badInput).copyInheritedSettings(program))
program.addCommand(serveCommand(openDocument).copyInheritedSettings(program))

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError)) throw error
  process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.badInput
}
