import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/** Runs work while each look at a file by its system (`statSync`) comes with what may happen just before it or after. */
export async function looksAt<T>(
  file: string,
  { before, after }: { readonly before?: () => void; readonly after?: () => void },
  work: () => Promise<T>,
): Promise<T> {
  const system = fs as { statSync: typeof fs.statSync }
  const { statSync } = system
  system.statSync = ((...args: Parameters<typeof statSync>) => {
    if (args[0] !== file) return statSync(...args)
    before?.()
    const stat = statSync(...args)
    after?.()
    return stat
  }) as typeof statSync
  syncBuiltinESMExports()
  try {
    return await work()
  } finally {
    system.statSync = statSync
    syncBuiltinESMExports()
  }
}
