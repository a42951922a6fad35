// @ts-check
// `npm run fidelity`: writes docs/fidelity.md from docs/fidelity and the titles of the tests.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DOCUMENT, allServices, allTitles, currentDocument, problemsOf } from './lib/fidelity.mjs'
import { root } from './lib/root.mjs'
import { main, Problem } from './lib/run.mjs'

await main(() => {
  const problems = problemsOf(allServices(), allTitles())
  if (problems.length > 0) throw new Problem(problems.join('\n'))
  writeFileSync(join(root, DOCUMENT), currentDocument())
  console.log(`${DOCUMENT} is written.`)
})
