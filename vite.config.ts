import { defineConfig } from 'vitest/config'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { preloadKinds } from './scripts/lib/preloadKinds.mjs'
import { welcome } from './src/app/welcome.ts'

/** SQLite names two files of its own workers, which nothing here starts: the build leaves them out. */
const withoutSqliteWorkers: Plugin = {
  name: 'without-sqlite-workers',
  enforce: 'pre',
  transform: {
    filter: { id: /sqlite-wasm\/dist\/index\.mjs$/ },
    handler: (code) =>
      code.replace(
        /new URL\("(sqlite3-(?:opfs-async-proxy\.js|worker1\.mjs))", import\.meta\.url\)/g,
        'new URL("$1", self.location.href)',
      ),
  },
}

export default defineConfig({
  // Relative asset addresses, so that the built site works from any folder of any host.
  base: './',
  plugins: [react(), preloadKinds(welcome.nodes.map(({ kind }) => kind))],
  // V8 builds the engine's constants into machine code only where they are declared as such.
  worker: {
    format: 'es',
    plugins: () => [withoutSqliteWorkers],
    rolldownOptions: { output: { topLevelVar: false } },
  },
  // files.json tells scripts/budget.mjs what a first visit loads, and offline.ts what all there is.
  build: { target: 'es2022', sourcemap: false, manifest: 'files.json' },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
    environment: 'node',
    // The default leaves a processor to whoever watches: one of two, where CI runs.
    maxWorkers: '100%',
    // Files share their modules: to load them anew for each took a third of the time. A test that
    // needs them untouched calls `vi.resetModules()`.
    isolate: false,
    // As on the engine's side: every kind is known.
    setupFiles: ['src/services/everySchema.ts'],
    // Work, not waiting: a busy machine may take long over the property tests.
    testTimeout: 120_000,
  },
})
