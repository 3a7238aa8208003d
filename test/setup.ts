import fc from 'fast-check'
import { afterAll } from 'vitest'
import { removeFolders } from './helpers/files.ts'

// What is drawn is the same in every run, so that a test fails for what was changed and not by chance; ASSAY_SEED draws anew.
fc.configureGlobal({ seed: Number(process.env.ASSAY_SEED ?? 20_261_128) })

// Runs for each test file; a module that files share, as they do here, would hook into the first of them alone.
afterAll(removeFolders)
