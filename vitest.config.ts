import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import assay from './src/plugin/index.ts'

const entry = fileURLToPath(new URL('./src/index.ts', import.meta.url))
/** What needs a browser or minutes belongs to `npm run verify:all`, which sets ASSAY_SUITE=all. */
const slow = process.env.ASSAY_SUITE === 'all' ? [] : ['test/**/*.long.test.ts']
/** No test is judged by the clock: this ends one that hangs, on a machine that is many times slower too. */
const HANGING = 900_000

export default defineConfig({
  plugins: [assay({ report: false })],
  resolve: { alias: [{ find: /^assay$/, replacement: entry }] },
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    exclude: ['test/fixtures/**', ...slow],
    testTimeout: HANGING,
    hookTimeout: HANGING,
    maxWorkers: '100%',
    isolate: false,
  },
})
