import fs from 'node:fs'
import path from 'node:path'
import type { FileSystemAdapter } from 'tinyglobby'
import { AssayError, firstLine } from '../errors.ts'

type Done<T> = (error: NodeJS.ErrnoException | null, result: T) => void

/** Errors of a folder in which nothing matches, since it is none. */
const NO_FOLDER: ReadonlySet<string | undefined> = new Set(['ENOENT', 'ENOTDIR'])

/**
 * The files that a glob matches, sorted. A link that leads nowhere is one of them: it stands for a file that is missing. Throws
 * an AssayError for a folder that cannot be looked into, which may hold some.
 */
export async function matchingFiles(pattern: string): Promise<readonly string[]> {
  const { glob } = await import('tinyglobby')
  let refused: { readonly folder: string; readonly error: Error } | undefined
  // The walk leaves out what it cannot look at, and says nothing.
  const adapter = {
    readdir: (folder: string, options: { withFileTypes: true }, done: Done<fs.Dirent[]>) =>
      fs.readdir(folder, options, (error, entries) => {
        if (error && !NO_FOLDER.has(error.code)) refused ??= { folder, error }
        done(error, entries)
      }),
    realpath: (link: string, done: Done<string>) => fs.realpath(link, (error, file) => done(null, error ? link : file)),
    stat: (file: string, done: Done<fs.Stats>) =>
      fs.stat(file, (error, stats) => (error ? fs.lstat(file, done) : done(null, stats))),
  }
  const files = await glob(pattern.split(path.sep).join('/'), {
    onlyFiles: true,
    expandDirectories: false,
    fs: adapter as FileSystemAdapter,
  })
  if (refused) throw unreadable(pattern, refused.folder, refused.error)
  return files.sort()
}

function unreadable(pattern: string, folder: string, cause: Error): AssayError {
  const [shown, named] = [pattern, path.resolve(folder)].map((one) => JSON.stringify(one))
  return new AssayError(
    'unreadable-file',
    `${shown} may match files in ${named}, which cannot be looked into: ${firstLine(cause)}`,
    { hint: 'see its permissions, or give a glob that leaves it out', cause },
  )
}
