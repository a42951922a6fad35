// @ts-check
// `npm run pictures`: draws docs/pictures and the social picture anew, from the built page in a real
// Chromium. Not part of `npm run check`: run it when the screen has changed, and look at the result.
// The animated picture needs img2webp (Debian: `apt-get install webp`); no other command does.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { build, preview } from 'vite'
import { loadTs } from '../bench/lib/loadTs.mjs'
import { ensureChromium } from './lib/findChromium.mjs'
import { poison } from './lib/pictureDesigns.mjs'
import { root } from './lib/root.mjs'
import { capture, main, Problem } from './lib/run.mjs'

/** @typedef {import('@playwright/test').Browser} Browser */
/** @typedef {import('@playwright/test').Page} Page */

const PORT = 5307
const SITE = `http://localhost:${PORT}/`
const OUT = join(root, 'docs', 'pictures')
const SCREEN = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
const CARD = { width: 1200, height: 630 }

const ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The animation: a second of it is a second of the run. */
const FRAMES_A_SECOND = 10
const ANIMATION = { fromS: 0.3, toS: 7.9, top: 50, width: 880, height: 416, quality: 80 }
/** A moment of the welcome design with something to see everywhere. */
const BUSY_S = 52.15

await main(async () => {
  if (!capture('img2webp', ['-version']).ok) {
    throw new Problem('img2webp is missing: `sudo apt-get install webp`.')
  }
  mkdirSync(OUT, { recursive: true })
  await build({ root, logLevel: 'warn' })
  const { encodeLink } = await loadTs('src/scenario/share.ts')
  const { welcome } = await loadTs('src/app/welcome.ts')
  const server = await preview({
    root,
    logLevel: 'warn',
    preview: { port: PORT, strictPort: true },
  })
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: ARGS })
  /** @type {(scenario: unknown, atS: number) => string} */
  const link = (scenario, atS) =>
    SITE + encodeLink({ scenario, interventions: [], momentUs: Math.round(atS * 1e6) })
  try {
    const busy = link(welcome, BUSY_S)
    for (const theme of /** @type {const} */ (['light', 'dark'])) {
      await still(browser, busy, `main-${theme}.png`, { theme, before: showQueue })
    }
    await still(browser, `${SITE}#/scenarios`, 'gallery.png', {})
    await still(browser, busy, 'phone.png', { size: PHONE, isPhone: true })
    await still(browser, busy, '../../public/social.png', { size: CARD, before: hideCalls })
    await animate(browser, (atS) => link(poison, atS), join(OUT, 'poison.webp'))
  } finally {
    await browser.close()
    await server.close()
  }
})

/** @param {Page} page */
async function showQueue(page) {
  await page.locator('.react-flow__node', { hasText: 'orders' }).first().click()
  await page.getByRole('tab', { name: 'Configure' }).waitFor()
}

/** @param {Page} page */
async function hideCalls(page) {
  await page.getByRole('button', { name: 'Hide the drawer' }).click()
}

/**
 * @typedef {object} Look
 * @property {'light' | 'dark'} [theme]
 * @property {{ width: number, height: number }} [size]
 * @property {boolean} [isPhone]
 * @property {(page: Page) => Promise<void>} [before] what to do before the picture is taken
 */

/**
 * One picture.
 * @param {Browser} browser
 * @param {string} address
 * @param {string} name
 * @param {Look} look
 */
async function still(browser, address, name, { theme, size = SCREEN, isPhone = false, before }) {
  const context = await browser.newContext({
    viewport: size,
    colorScheme: theme ?? 'light',
    isMobile: isPhone,
    hasTouch: isPhone,
    deviceScaleFactor: isPhone ? 2 : 1,
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  await page.goto(address)
  await settle(page)
  await before?.(page)
  await settle(page)
  await page.screenshot({ path: join(OUT, name) })
  await context.close()
  console.log(name)
}

/**
 * Frames at fixed moments of the run, each opened as a link to that moment: the picture is a function
 * of the moment, so the result does not depend on this machine's speed.
 * @param {Browser} browser
 * @param {(atS: number) => string} addressAt
 * @param {string} file
 */
async function animate(browser, addressAt, file) {
  const { fromS, toS, top, width, height, quality } = ANIMATION
  const context = await browser.newContext({
    viewport: SCREEN,
    colorScheme: 'light',
    // It fetches all of the site, for each frame anew.
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-pictures-'))
  /** @type {string[]} */
  const frames = []
  const count = Math.round((toS - fromS) * FRAMES_A_SECOND)
  for (let n = 0; n < count; n++) {
    // An address that differs only behind the # would not load the page anew.
    await page.goto('about:blank')
    await page.goto(addressAt(fromS + n / FRAMES_A_SECOND))
    await settle(page)
    const box = await page.locator('.react-flow').boundingBox()
    if (!box) throw new Problem('There is no canvas to draw.')
    const clip = { x: box.x + (box.width - width) / 2, y: box.y + top, width, height }
    const path = join(folder, `${String(n).padStart(3, '0')}.png`)
    await page.screenshot({ path, clip })
    frames.push(path)
  }
  await context.close()
  const everyMs = String(1000 / FRAMES_A_SECOND)
  const options = ['-loop', '0', '-lossy', '-q', String(quality), '-m', '6', '-d', everyMs]
  // The last frame stays for a while, so that the end can be read.
  const last = frames.pop() ?? ''
  const encoded = capture('img2webp', [...options, ...frames, '-d', '1500', last, '-o', file])
  if (!encoded.ok) throw new Problem(encoded.stderr)
  rmSync(folder, { recursive: true })
  console.log(`${file}: ${frames.length + 1} frames`)
}

/**
 * Waits until the run is where it should be and nothing moves by itself.
 * @param {Page} page
 */
async function settle(page) {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(
    () =>
      document.fonts.status === 'loaded' &&
      document.querySelector('[data-status="catchingUp"]') === null &&
      document
        .getAnimations()
        .every(
          (animation) =>
            animation.playState !== 'running' ||
            animation.effect?.getComputedTiming().endTime === Infinity,
        ),
  )
  await page.evaluate(
    () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(null))),
      ),
  )
}
