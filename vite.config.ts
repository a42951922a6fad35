import { defineConfig } from 'vitest/config'
import react from '@vitejs/plugin-react'

export default defineConfig({
  // Relative asset addresses, so that the built site works from any folder of any host.
  base: './',
  plugins: [react()],
  // V8 builds the engine's constants into machine code only where they are declared as such.
  worker: { format: 'es', rolldownOptions: { output: { topLevelVar: false } } },
  // The manifest tells scripts/budget.mjs what a first visit loads.
  build: { target: 'es2022', sourcemap: false, manifest: true },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
    environment: 'node',
    // The default leaves a processor to whoever watches: one of two, where CI runs.
    maxWorkers: '100%',
    // Work, not waiting: a busy machine may take long over the property tests.
    testTimeout: 120_000,
  },
})
