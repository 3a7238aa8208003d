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

/** How a file begins; undefined when there is none, a text without any mark when it is no file. */
export function headOf(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false })
  if (!stats) return undefined
  if (!stats.isFile()) return 'no file'
  const buffer = Buffer.alloc(HEAD)
  const descriptor = openSync(file, 'r')
  try {
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, HEAD, 0))
  } finally {
    closeSync(descriptor)
  }
}
