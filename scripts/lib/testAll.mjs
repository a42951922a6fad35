// @ts-check
import { ensurePackages } from './ensurePackages.mjs'
import { ensureChromium } from './findChromium.mjs'
import { main } from './run.mjs'
import { runSteps } from './steps.mjs'

/** The whole of `npm test`. Ends the process with 1 when anything failed. */
export const testAll = () =>
  main(() => {
    ensurePackages()
    // Found once, then told to every step: playwright.config.ts reads the same variable.
    process.env.SWITCHYARD_CHROMIUM = ensureChromium()
    console.log(`Testing with ${process.env.SWITCHYARD_CHROMIUM}`)
    return runSteps([])
  })
