import { afterAll } from 'vitest'
import { removeFolders } from './helpers/files.ts'

// Runs for each test file; a module that files share, as they do here, would hook into the first of them alone.
afterAll(removeFolders)
