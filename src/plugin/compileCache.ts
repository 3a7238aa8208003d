import path from 'node:path'
import type { Vitest } from 'vitest/node'

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
  // Typed as always there; `cache: false` is what the option says.
  const keepsNothing = (vitest.config as { cache?: unknown }).cache === false
  if (off || keepsNothing || vitest.config.coverage.enabled) return {}
  const folder = path.join(vitest.vite.config.cacheDir, 'assay', 'compiled')
  if (!node.enableCompileCache) return { ASSAY_COMPILED: folder }
  return own ? {} : { NODE_COMPILE_CACHE: folder }
}
