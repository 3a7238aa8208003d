import path from 'node:path'
import type { Vitest } from 'vitest/node'
import { cacheFolder } from '../../reporters/cacheFolder.ts'

/** What Node has from 22.1 on. */
type Keeping = { readonly enableCompileCache?: () => unknown }

/**
 * The variable by which what is compiled is kept for workers, each of which compiles the same anew: by Node of all modules,
 * vitest's too, where Node can, and otherwise by us of our own (`ASSAY_COMPILED`). The folder is vitest's own for what it
 * may keep between runs. Nothing where vitest keeps nothing, where the environment says otherwise, and for coverage, which
 * Node says is less exact then.
 */
export function compileCache(vitest: Vitest): Record<string, string> {
  const { NODE_COMPILE_CACHE: own, NODE_DISABLE_COMPILE_CACHE: off } = process.env
  const node = process.getBuiltinModule('node:module') as Keeping
  const cache = cacheFolder(vitest)
  if (off || !cache || vitest.config.coverage.enabled) return {}
  const folder = path.join(cache, 'compiled')
  if (!node.enableCompileCache) return { ASSAY_COMPILED: folder }
  return own ? {} : { NODE_COMPILE_CACHE: folder }
}
