import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import assay from './src/plugin/index.ts'

const entry = fileURLToPath(new URL('./src/index.ts', import.meta.url))

export default defineConfig({
  plugins: [assay({ report: false })],
  resolve: { alias: [{ find: /^assay$/, replacement: entry }] },
  test: { include: ['test/**/*.test.ts'], exclude: ['test/fixtures/**'], testTimeout: 60_000 },
})
