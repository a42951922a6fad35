/** Runs in a browser and sends home what came out. */
import { fingerprints } from './fingerprints.ts'

const quick = new URLSearchParams(location.search).has('quick')
const start = performance.now()
const runs = await fingerprints(quick)
const body = JSON.stringify({ runs, ms: performance.now() - start })
await fetch('/result', { method: 'POST', body })
