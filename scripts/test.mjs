// @ts-check
// `npm test`: installs what is missing (packages, Chromium), then runs all of `npm run check`.
// The work is imported only after Node's version is known: an old Node could not even read it.
import { requireNode } from './lib/requireNode.mjs'

requireNode()
import('./lib/testAll.mjs').then((module) => module.testAll())
