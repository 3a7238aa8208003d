import { existsSync } from 'node:fs'
import path from 'node:path'
import { packageIn } from '../results/environment.ts'

/**
 * What a new configuration of vitest is called in this folder. vite warns of modules whose package does not say that its
 * files are such; `.mts` says so by itself.
 */
export function configName(): string {
  let folder = process.cwd()
  while (!existsSync(path.join(folder, 'package.json')) && folder !== path.dirname(folder))
    folder = path.dirname(folder)
  return packageIn(folder)?.type === 'module' ? 'vitest.config.ts' : 'vitest.config.mts'
}
