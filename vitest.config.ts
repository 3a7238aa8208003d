import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import assay from './src/plugin/index.ts'

const entry = fileURLToPath(new URL('./src/index.ts', import.meta.url))
/** What needs a browser or minutes belongs to `npm run verify`, which sets ASSAY_SUITE=all. */
const slow = process.env.ASSAY_SUITE === 'all' ? [] : ['test/reporters/browser.test.ts']

export default defineConfig({
  plugins: [assay({ report: false })],
  resolve: { alias: [{ find: /^assay$/, replacement: entry }] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/fixtures/**', ...slow],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: '100%',
    isolate: false,
  },
})
