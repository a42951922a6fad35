// @ts-check
// `npm start [-- --port N] [-- --host ADDRESS]`: from a fresh clone to a playground in the browser.
// The work is imported only after Node's version is known: an old Node could not even read it.
import { requireNode } from './lib/requireNode.mjs'

requireNode()
import('./lib/serve.mjs').then((module) => module.serve())
