import path from 'node:path'
import type { Vitest } from 'vitest/node'

/** The folder for what is kept between runs, in vitest's own for that; undefined where vitest keeps nothing. */
export function cacheFolder(vitest: Vitest): string | undefined {
  // Typed as always there; `cache: false` is what the option says.
  const keepsNothing = (vitest.config as { cache?: unknown }).cache === false
  return keepsNothing ? undefined : path.join(vitest.vite.config.cacheDir, 'assay')
}
