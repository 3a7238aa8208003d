import { stat } from 'node:fs/promises'
import { AssayError } from '../errors.ts'

/** Whether there is something at the path. */
async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}

/** Refuses to write over files, unless that is wanted. */
export async function refuseToOverwrite(files: readonly string[], force: boolean): Promise<void> {
  if (force) return
  for (const file of files) {
    if (await exists(file))
      throw new AssayError('wrong-use', `${JSON.stringify(file)} is there already, and nothing was written`, {
        hint: 'look at it, then write over it with --force',
      })
  }
}
