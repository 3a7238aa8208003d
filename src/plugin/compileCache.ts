import path from 'node:path'
import type { Vitest } from 'vitest/node'

/** What Node has from 22.1 on. */
type Keeping = { readonly enableCompileCache?: () => unknown }

/**
 * The variable by which Node keeps what it compiles of modules, for workers: each compiles the same anew, vitest's modules
 * too. The folder is vitest's own for what it may keep between runs. Nothing where Node cannot, where vitest keeps
 * nothing, where the environment says otherwise, and for coverage, which Node says is less exact then.
 */
export function compileCache(vitest: Vitest): Record<string, string> {
  const { NODE_COMPILE_CACHE: own, NODE_DISABLE_COMPILE_CACHE: off } = process.env
  const node = process.getBuiltinModule('node:module') as Keeping
  // Typed as always there; `cache: false` is what the option says.
  const keepsNothing = (vitest.config as { cache?: unknown }).cache === false
  if (!node.enableCompileCache || own || off || keepsNothing) return {}
  if (vitest.config.coverage.enabled) return {}
  return { NODE_COMPILE_CACHE: path.join(vitest.vite.config.cacheDir, 'assay', 'compiled') }
}
