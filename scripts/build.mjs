// Compiles src, matchers and reporters into dist/, from nothing.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root, tool } from './run.mjs'

rmSync(join(root, 'dist'), { recursive: true, force: true })
tool('tsc', ['-p', 'tsconfig.build.json'])
