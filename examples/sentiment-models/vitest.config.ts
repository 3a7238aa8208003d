import assay from 'assay/vitest'
import { defineConfig } from 'vitest/config'

export default defineConfig({ plugins: [assay({ title: 'Three models of sentiment', report: false })] })
