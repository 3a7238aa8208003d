import { readFile } from 'node:fs/promises'
import path from 'node:path'

/**
 * What a new configuration of vitest is called in this folder. vite warns of modules whose package does not say that its
 * files are such; `.mts` says so by itself.
 */
export async function configName(): Promise<string> {
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    const text = await readFile(path.join(folder, 'package.json'), 'utf8').catch(() => undefined)
    if (text !== undefined) return isOfModules(text) ? 'vitest.config.ts' : 'vitest.config.mts'
    if (folder === path.dirname(folder)) return 'vitest.config.mts'
  }
}

function isOfModules(text: string): boolean {
  try {
    return (JSON.parse(text) as { readonly type?: unknown } | null)?.type === 'module'
  } catch {
    return false
  }
}
