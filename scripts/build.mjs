// Builds dist/ from nothing: declarations, one for each source file, and JavaScript.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, run, tool } from './run.mjs'

rmSync(join(root, 'dist'), { recursive: true, force: true })
tool('tsc', ['-p', 'tsconfig.build.json'])
run(process.execPath, ['scripts/bundle.mjs', 'dist'])
