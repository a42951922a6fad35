/** A page of somebody else's, at another origin, that shows a design in a frame and steers it. */
import { createServer, type Server } from 'node:http'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import { openScenario } from './lib/editor.ts'
import { expect, test } from './lib/test.ts'

const POISON = 'Poison message and dead-letter queue'

test.use({ serviceWorkers: 'allow' })

let server: Server
let host = ''

test.beforeAll(async () => {
  const site = test.info().project.use.baseURL!
  const client = readFileSync(new URL('../../dist/embed.js', import.meta.url))
  server = createServer((request, response) => {
    if (request.url === '/embed.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(client)
      return
    }
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html>
      <html lang="en"><title>A lesson</title><link rel="icon" href="data:," />
      <iframe title="Design" width="800" height="500"
        src="${site}/?embed=poison-message-and-dlq"></iframe>
      <script type="module">
        import { connect } from './embed.js'
        window.notable = []
        window.states = []
        window.design = await connect(document.querySelector('iframe'))
        design.on('notable', (one) => notable.push(one))
        design.on('state', (one) => states.push(one))
      </script></html>`)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  host = `http://localhost:${(server.address() as AddressInfo).port}/`
})

test.afterAll(() => new Promise<void>((done) => server.close(() => done())))

declare global {
  interface Window {
    design: import('../../public/embed.d.ts').Embedded
    notable: import('../../public/embed.d.ts').Notable[]
    states: import('../../public/embed.d.ts').State[]
  }
}

test('a page loads, plays, seeks and hears a design in its frame', async ({ page }) => {
  await page.goto(host)
  const frame = page.frameLocator('iframe')
  await expect(frame.locator('.react-flow__node')).toHaveCount(4)
  await page.waitForFunction(() => 'design' in window)

  await page.evaluate(async () => {
    await window.design.setSpeed(50)
    await window.design.play()
  })
  await page.waitForFunction(() => window.notable.some(({ what }) => what === 'deadLettered'))
  const paused = await page.evaluate(() => window.design.pause())
  expect(paused.status).toBe('paused')
  expect(await page.evaluate(() => window.states.length)).toBeGreaterThan(2)

  const there = await page.evaluate(() => window.design.seek(12_000))
  expect(there.atMs).toBe(12_000)
  await expect(frame.getByRole('timer')).toHaveText('00:00:12.000')
  const problem = await page.evaluate(() =>
    window.design.load({ link: '#s=1.broken' }).catch((error: Error) => error.message),
  )
  expect(problem).toContain('The link is incomplete')
  await expect(frame.getByRole('timer')).toHaveText('00:00:12.000')

  await page.evaluate(() => window.design.load({ example: 'competing-consumers' }))
  await expect(frame.getByRole('timer')).toHaveText('00:00:00.000')
  await expect(frame.getByRole('heading', { name: 'Competing consumers' })).toBeAttached()
})

test('keys work in the frame, nothing can be edited, and axe finds nothing serious', async ({
  page,
}) => {
  await page.goto(host)
  const frame = page.frameLocator('iframe')
  const play = frame.getByRole('button', { name: 'Play', exact: true })
  await play.click()
  await expect(frame.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  await page.keyboard.press('Space')
  await expect(play).toBeVisible()
  const clock = frame.getByRole('timer')
  const before = (await clock.textContent())!
  await page.keyboard.press('.')
  await expect(clock).not.toHaveText(before)
  await frame.locator('.react-flow__node').first().click()
  await page.keyboard.press('Delete')
  await expect(frame.locator('.react-flow__node')).toHaveCount(4)
  const { violations } = await new AxeBuilder({ page }).include('iframe').analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(grave.map(({ id }) => id)).toEqual([])
})

test('the visitor’s own designs are as they were', async ({ page, baseURL }) => {
  await openScenario(page, 'Competing consumers')
  await expect(page.getByText('saved', { exact: true })).toBeVisible()
  await page.goto(`${baseURL}/?embed=poison-message-and-dlq&theme=dark`)
  await expect(page.locator('.react-flow__node')).toHaveCount(4)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.goto('/')
  await expect(page.getByLabel('Title of the design')).toHaveValue('Competing consumers')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  await page.goto('/#/designs')
  await expect(page.getByRole('main').getByText(POISON)).toHaveCount(0)
})

test('the share dialog writes the frame, which opens at the moment', async ({ page, visit }) => {
  await openScenario(page, POISON)
  await page.getByRole('slider', { name: 'Timeline' }).focus()
  await page.keyboard.press('PageUp')
  await expect(page.getByRole('timer')).toHaveText('00:00:10.000')
  await page.getByRole('button', { name: 'Share link' }).click()
  await page.getByRole('radio', { name: /^Embed/ }).click()
  await page.getByRole('combobox', { name: /^Theme/ }).selectOption('dark')
  const html = await page.getByLabel('HTML of the frame').inputValue()
  const address = /src="([^"]+)"/.exec(html)![1].replaceAll('&amp;', '&')
  const other = await visit(address)
  await expect(other.getByRole('timer')).toHaveText('00:00:10.000')
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('a frame that is no design is given up, not waited for', async ({ page }) => {
  await page.goto(host)
  const problem = await page.evaluate(async (client) => {
    const { connect } = (await import(client)) as typeof import('../../public/embed.d.ts')
    const dead = document.createElement('iframe')
    dead.src = client
    document.body.append(dead)
    return connect(dead, { giveUpMs: 300 }).then(
      () => '',
      (error: Error) => error.message,
    )
  }, `${host}embed.js`)
  expect(problem).toContain('did not answer within 300 ms')
})
