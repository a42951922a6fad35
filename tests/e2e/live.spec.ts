/** `switchyard serve`, its page and an SDK's calls: all the same world. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { expectAccessible } from './lib/axe.ts'
import { card, clock, dragPart, figure, select } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

let server: ChildProcess
let address: string

/** Starts the built command; port 0 takes any that is free. */
async function serve(port: number): Promise<void> {
  const args = ['bin/switchyard.mjs', 'serve', '--clock', 'virtual', '--port', String(port)]
  server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of server.stdout!) {
    const found = /:(\d+) /.exec(String(line))
    if (!found) continue
    address = `http://localhost:${found[1]}`
    return
  }
  throw new Error('The server ended before it said where it is')
}

async function stop(): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = once(server, 'exit')
  server.kill()
  await ended
}

test.beforeEach(() => serve(0))
test.afterEach(async ({ browser }) => {
  // Pages whose server goes away complain of it.
  await Promise.all(browser.contexts().map((context) => context.close()))
  await stop()
})

/** As an SDK calls. */
async function call(operation: string, input: object): Promise<Record<string, unknown>> {
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${operation}`,
    },
    body: JSON.stringify(input),
  })
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return text === '' ? {} : JSON.parse(text)
}

test('a world that an SDK made is taken away as a template, as it is now', async ({ page }) => {
  await page.goto(address)
  await call('CreateQueue', { QueueName: 'orders', Attributes: { VisibilityTimeout: '45' } })
  await expect(card(page, 'orders')).toBeInViewport()
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Save as CloudFormation template…' }).click()
  const template = page.getByRole('region', { name: 'Template' })
  await expect(template).toContainText('VisibilityTimeout: 45')
  await call('CreateQueue', { QueueName: 'later' })
  await expect(template).toContainText('Later:')
})

test('the page shows what an SDK does, and moves the clock that it lives by', async ({ page }) => {
  await page.goto(address)
  await expect(page.getByRole('button', { name: `Live: ${new URL(address).host}` })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toHaveCount(0)

  const { QueueUrl } = await call('CreateQueue', {
    QueueName: 'orders',
    Attributes: { VisibilityTimeout: '30' },
  })
  await expect(card(page, 'orders')).toBeInViewport()
  await select(page, 'orders')
  const visible = figure(page, 'ApproximateNumberOfMessagesVisible')
  const inFlight = figure(page, 'ApproximateNumberOfMessagesNotVisible')

  await call('SendMessage', { QueueUrl, MessageBody: 'first' })
  await call('SendMessage', { QueueUrl, MessageBody: 'second' })
  await expect(visible).toHaveText('2')
  const { Messages } = await call('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 2 })
  await expect(visible).toHaveText('0')
  await expect(inFlight).toHaveText('2')
  const [{ ReceiptHandle }] = Messages as { ReceiptHandle: string }[]
  await call('DeleteMessage', { QueueUrl, ReceiptHandle })
  await expect(inFlight).toHaveText('1')
  const log = page.getByRole('region', { name: 'List of API calls' })
  await expect(log.getByText('DeleteMessage')).toBeVisible()

  await expect(clock(page)).toHaveText('00:00:00.000')
  await page.getByRole('button', { name: 'Advance 1 minute' }).click()
  await expect(clock(page)).toHaveText('00:01:00.000')
  await expect(visible).toHaveText('1')
  const health = await fetch(`${address}/_switchyard/health`)
  expect((await health.json()).nowMs % 86_400_000).toBe(60_000)
  await expectAccessible(page, 'a served world')
})

test('what is drawn is there for programs and for other pages', async ({ page, visit }) => {
  await page.goto(address)
  await expect(page.getByText('Drag a part from the palette')).toBeVisible()
  const other = await visit(address)
  await dragPart(page, 'SQS standard', { x: 600, y: 300 })
  await expect(other.locator('.react-flow__node')).toHaveCount(1)
  const { QueueUrls } = await call('ListQueues', {})
  expect(QueueUrls).toHaveLength(1)
})

test('another design runs in the browser; the badge leads back; a copy is kept', async ({
  page,
}) => {
  await call('CreateQueue', { QueueName: 'orders' })
  await page.goto(address)
  await expect(card(page, 'orders')).toBeVisible()
  await page.getByRole('button', { name: /^Live:/ }).click()
  await page.getByRole('menuitem', { name: 'Save a copy' }).click()
  await expect(page.getByText('was saved in My designs')).toBeVisible()
  await page.getByRole('button', { name: 'New', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expect(card(page, 'orders')).toHaveCount(0)
  await page.getByRole('button', { name: /^Live:/ }).click()
  await expect(card(page, 'orders')).toBeVisible()
})

test('a server that goes away and comes back is found again', async ({ page, complaints }) => {
  await page.goto(address)
  await expect(page.getByRole('button', { name: /^Live:/ })).toBeVisible()
  await stop()
  const lost = page.getByText(`No connection to ${new URL(address).host}`)
  await expect(lost).toBeVisible()
  await serve(Number(new URL(address).port))
  await call('CreateQueue', { QueueName: 'anew' })
  await expect(card(page, 'anew')).toBeVisible({ timeout: 15_000 })
  await expect(lost).toBeHidden()
  // The browser itself reports each try that failed.
  complaints.splice(0, complaints.length, ...complaints.filter((text) => !/WebSocket/.test(text)))
})
