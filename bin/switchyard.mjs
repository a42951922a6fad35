#!/usr/bin/env node
// The headless command. The program itself is built from src/node into dist-node.
import { existsSync } from 'node:fs'

const program = new URL('../dist-node/switchyard.mjs', import.meta.url)
if (existsSync(program)) {
  await import(program.href)
} else {
  console.error('The switchyard command is not built yet: run `npm run build` first.')
  process.exitCode = 2
}
