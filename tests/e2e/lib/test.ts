/** Playwright's `test`, which also fails when a browser complained of anything in its console. */
import { test as base, type BrowserContext, type Page } from '@playwright/test'

export { expect } from '@playwright/test'

interface Fixtures {
  /** What the browsers of this test complained of; must be empty at its end. */
  readonly complaints: string[]
  /** Opens an address in another person's browser: nothing stored, nothing remembered. */
  readonly visit: (address: string) => Promise<Page>
}

export const test = base.extend<Fixtures>({
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = []
      listen(context, complaints)
      await use(complaints)
      base.expect(complaints, 'errors in the console').toEqual([])
    },
    { auto: true },
  ],
  visit: async ({ browser, contextOptions, complaints }, use) => {
    const opened: BrowserContext[] = []
    await use(async (address) => {
      const context = await browser.newContext(contextOptions)
      opened.push(context)
      listen(context, complaints)
      const page = await context.newPage()
      await page.goto(address)
      return page
    })
    for (const context of opened) await context.close()
  },
})

/** Errors, uncaught ones too, violations of the content security policy, and requests elsewhere. */
function listen(context: BrowserContext, complaints: string[]): void {
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(String(error.error())))
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol.startsWith('http') && hostname !== 'localhost') {
      complaints.push(`asked another host: ${request.url()}`)
    }
  })
}
