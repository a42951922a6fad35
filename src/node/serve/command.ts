/** `switchyard serve`: the endpoint on the command line. */
import { fileURLToPath } from 'node:url'
import { Command, InvalidArgumentError, Option } from 'commander'
import { emptyScenario, type Scenario } from '../../scenario/scenario.ts'
import type { Opened } from '../../scenario/parse.ts'
import type { Clock } from './clock.ts'
import { startEndpoint } from './server.ts'

interface Options {
  readonly port: number
  readonly host: string
  readonly clock: Clock['kind']
  readonly site: string
}

/** As LocalStack, so that settings for one fit the other. */
const DEFAULT_PORT = 4566
/** Beside the folder that the built command is in. */
const DEFAULT_SITE = fileURLToPath(new URL('../dist', import.meta.url))

const BAD_INPUT = 2

function portNumber(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new InvalidArgumentError('It is a whole number from 0 to 65535; 0 takes any that is free.')
}

/** @param open finds the scenario that an argument names */
export const serveCommand = (open: (name: string) => Opened): Command =>
  new Command('serve')
    .description(
      'answer the APIs of SQS, SNS, Kinesis and more over HTTP, and serve the playground',
    )
    .argument('[file-or-id]', 'a scenario file or the id of a built-in one; none = an empty world')
    .option('--port <number>', 'port to listen on', portNumber, DEFAULT_PORT)
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .addOption(
      new Option('--clock <kind>', 'virtual: time stands still until it is advanced over HTTP')
        .choices(['real', 'virtual'])
        .default('real'),
    )
    .option('--site <folder>', 'the built playground', DEFAULT_SITE)
    .action(async (name: string | undefined, options: Options) => {
      const opened = name === undefined ? null : open(name)
      if (opened && !opened.ok) {
        fail(`${opened.problem.title}. ${opened.problem.detail}`)
        return
      }
      await serve(opened ? opened.document.scenario : EMPTY, options)
    })

/** Calls from outside take no time to travel; nor do dead letters of a world made by them. */
const EMPTY: Scenario = {
  ...emptyScenario('Live'),
  settings: { network: 'instant', limits: 'today' },
}

async function serve(scenario: Scenario, { port, host, clock, site }: Options): Promise<void> {
  try {
    const endpoint = await startEndpoint({ scenario, clock, port, host, site })
    process.stdout.write(`Switchyard is at ${endpoint.url} (${clock} clock)\n`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void endpoint.close())
    }
  } catch (problem) {
    fail(`Cannot listen on ${host}, port ${port}: ${(problem as Error).message}`)
  }
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = BAD_INPUT
}
