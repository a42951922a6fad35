import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/lib/findChromium.mjs'

const port = Number(process.env.SWITCHYARD_E2E_PORT ?? 5305)
const isRoot = process.getuid?.() === 0

/**
 * For each window, Chromium 156 loads two pages that would draw its address bar's suggestions. Nobody
 * sees them here, and they take as much of the processor as our page does to open.
 */
const ADDRESS_BAR = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup']

/** What Playwright itself turns off (its chromiumSwitches.ts): Chromium heeds the last such list only. */
const PLAYWRIGHTS = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

/**
 * Tests of the built page (`npm run build` first) in a real Chromium. The browser must make no
 * connections of its own, and drawing is by software: the same on a laptop and in CI.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  // One browser leaves much of two processors free. None of the tests minds that the page is slow.
  workers: 2,
  fullyParallel: true,
  // Machines that CI shares may stall for seconds. What passes only then is listed as flaky.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  // Work, not waiting: a busy machine may take long over either.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? 'list' : 'line',
  use: {
    baseURL: `http://localhost:${port}`,
    // To record every test takes a quarter of the time; `--trace on` records one that fails here.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    // It fetches all of the site in the background. Where pages are loaded again or framed, it may.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: findChromium(),
      args: [
        // Chromium refuses its sandbox to root, who is who tests in containers.
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--disable-features=${[...PLAYWRIGHTS, ...ADDRESS_BAR]}`,
      ],
    },
  },
  projects: [
    {
      name: 'desktop',
      grepInvert: /@phone/,
      use: { viewport: { width: 1440, height: 900 } },
    },
    {
      name: 'phone',
      grep: /@phone/,
      use: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
    },
  ],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${port} --strictPort`,
    url: `http://localhost:${port}`,
  },
})
