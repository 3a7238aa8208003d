import assay from 'assay/vitest'
import { defineConfig } from 'vitest/config'

export default defineConfig({ plugins: [assay({ title: 'Flights', report: false })], test: { testTimeout: 120_000 } })
