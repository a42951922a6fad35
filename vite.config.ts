import { defineConfig } from 'vitest/config'
import react from '@vitejs/plugin-react'

export default defineConfig({
  // Relative asset addresses, so that the built site works from any folder of any host.
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  // The manifest tells scripts/budget.mjs what a first visit loads.
  build: { target: 'es2022', sourcemap: false, manifest: true },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
    environment: 'node',
  },
})
