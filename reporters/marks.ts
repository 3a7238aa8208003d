import { closeSync, openSync, readSync, statSync } from 'node:fs'

/** What stands near the start of each file of a report and says that it is ours. */
export const marks = {
  'index.html': /<meta name="generator" content="assay[ "]/,
  'report.json': /^\s*\{\s*"schema": "assay\/run\//,
  'summary.md': /^<!-- assay-report -->/,
} as const

/** The mark stands within this many bytes. */
const HEAD = 2048

/** Whether a file is there and has the mark. */
export function isOurs(file: string, mark: RegExp): boolean {
  const head = headOf(file)
  return head !== undefined && mark.test(head)
}

/**
 * How a file begins; undefined when there is none, a text without any mark when it is no file, or one that cannot be read
 * and so is not known to be ours.
 */
export function headOf(file: string): string | undefined {
  try {
    const stats = statSync(file, { throwIfNoEntry: false })
    return stats && (stats.isFile() ? beginning(file) : 'no file')
  } catch (error) {
    // Where a file stands in place of the folder there is nothing below it; writing there says so.
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? undefined : 'not to be read'
  }
}

function beginning(file: string): string {
  const buffer = Buffer.alloc(HEAD)
  const descriptor = openSync(file, 'r')
  try {
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, HEAD, 0))
  } finally {
    closeSync(descriptor)
  }
}
