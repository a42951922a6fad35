import { afterEach, expect, test, vi } from 'vitest'
import { exportCommand } from './exportCommand.ts'
import { openDocument } from './open.ts'

afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})

/** What the command writes, and what it would end with. */
async function run(...args: string[]) {
  const said = { out: '', err: '' }
  vi.spyOn(process.stdout, 'write').mockImplementation((text) =>
    Boolean((said.out += String(text))),
  )
  vi.spyOn(process.stderr, 'write').mockImplementation((text) =>
    Boolean((said.err += String(text))),
  )
  const command = exportCommand(openDocument, 2).exitOverride()
  await command.parseAsync(args, { from: 'user' }).catch(() => undefined)
  return { ...said, exitCode: process.exitCode ?? 0 }
}

test('the template goes to stdout, what it leaves open to stderr', async () => {
  const { out, err, exitCode } = await run('poison-message-and-dlq')
  expect(out).toContain('AWSTemplateFormatVersion')
  expect(out).toContain('deadLetterTargetArn: !GetAtt OrdersDlq.Arn')
  expect(err).toContain('Runs outside CloudFormation:\n- ')
  expect(exitCode).toBe(0)
})

test('CloudFormation is the format unless another is asked for, and there is none yet', async () => {
  const { out } = await run('encoder', '--format', 'cloudformation')
  expect(out).toBe((await run('encoder')).out)
  const { out: none, err } = await run('encoder', '--format', 'terraform')
  expect(none).toBe('')
  expect(err).toContain('cloudformation')
})

test('what cannot be opened is refused with a reason', async () => {
  const { out, err, exitCode } = await run('no-such-thing')
  expect(out).toBe('')
  expect(err).toContain('no built-in scenario')
  expect(exitCode).toBe(2)
})
