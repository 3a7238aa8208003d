import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { AssayError, firstLine } from '../errors.ts'
import { writeWhole } from '../results/writeWhole.ts'

/** A file of the working folder, there or not: a command looks for contracts beside it, as a test file does. */
export const fileHere = (): string => path.resolve('x')

/** Whether there is something at the path. */
async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  )
}

/** Whether a file holds that text already. */
export async function holds(file: string, text: string): Promise<boolean> {
  const stats = await stat(file).catch(() => undefined)
  return stats?.isFile() === true && stats.size === Buffer.byteLength(text) && (await readFile(file, 'utf8')) === text
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

/** Writes a file that was asked for, whole or not at all. Throws AssayError `unreadable-file` where it cannot be written. */
export async function writeOut(file: string, text: string): Promise<void> {
  await writeWhole(file, text).catch((cause: unknown) => {
    throw new AssayError('unreadable-file', `${JSON.stringify(file)} cannot be written: ${firstLine(cause)}`, {
      hint: 'name another file; one that was there is as it was',
      cause,
    })
  })
}
