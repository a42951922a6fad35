import { defineConfig } from 'vite'

/** The headless command line: one file for Node, made from the same sources as the playground. */
export default defineConfig({
  build: {
    ssr: 'src/node/cli.ts',
    outDir: 'dist-node',
    target: 'node20',
    // V8 builds constants into machine code only where they are declared as such.
    rolldownOptions: {
      output: { entryFileNames: 'switchyard.mjs', topLevelVar: false, codeSplitting: false },
    },
  },
})
