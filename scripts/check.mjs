// @ts-check
// `npm run check [-- STEP...]`: everything a change must pass, or only the steps named.
import { main } from './lib/run.mjs'
import { runSteps } from './lib/steps.mjs'

await main(() => runSteps(process.argv.slice(2)))
