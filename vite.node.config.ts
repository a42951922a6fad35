import { defineConfig } from 'vite'

/** The headless command line: one file for Node, made from the same sources as the playground. */
export default defineConfig({
  build: {
    ssr: 'src/node/cli.ts',
    outDir: 'dist-node',
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'switchyard.mjs' } },
  },
})
