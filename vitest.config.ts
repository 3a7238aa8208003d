import { defineConfig } from 'vitest/config'
import assay from './src/plugin/index.ts'

export default defineConfig({
  plugins: [assay({ report: false })],
  test: { include: ['test/**/*.test.ts'], exclude: ['test/fixtures/**'], testTimeout: 30_000 },
})
