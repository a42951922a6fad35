/** `switchyard export`: a design as infrastructure code on stdout, and what it leaves open on stderr. */
import { Command, Option } from 'commander'
import { toCloudFormation } from '../infrastructure/cloudFormation.ts'
import type { Opened } from '../scenario/parse.ts'

/** @param badInput what the process ends with when there is nothing to write */
export const exportCommand = (openDocument: (name: string) => Opened, badInput: number): Command =>
  new Command('export')
    .description('write a scenario as infrastructure code: what of it AWS would make')
    .argument('<file-or-id>', 'a scenario file, or the id of a built-in scenario')
    .addOption(
      new Option('--format <format>', 'kind of code')
        .choices(['cloudformation'])
        .default('cloudformation'),
    )
    .action(async (name: string) => {
      const opened = openDocument(name)
      if (!opened.ok) {
        process.stderr.write(`${opened.problem.title}. ${opened.problem.detail}\n`)
        process.exitCode = badInput
        return
      }
      const { yaml, notes } = await toCloudFormation(opened.document.scenario)
      for (const { heading, lines } of notes) {
        process.stderr.write(`${heading}:\n${lines.map((line) => `- ${line}\n`).join('')}`)
      }
      if (yaml === null) {
        process.stderr.write(`“${name}” has nothing that CloudFormation makes.\n`)
        process.exitCode = badInput
        return
      }
      process.stdout.write(yaml)
    })
