import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { AssayError, firstLine } from '../src/errors.ts'
import type { RunDocument } from '../src/results/runDocument.ts'
import { HISTORY_FILE, HISTORY_MARK, withRun } from '../src/results/history.ts'
import { withSince } from '../src/results/since.ts'
import { render } from './html/render.ts'
import { json, parse } from '../src/results/json.ts'
import { markdown } from './markdown.ts'

/** The files of a report, how each is written, and the mark near its start that says that it is ours. */
const files = [
  { name: 'index.html', write: (run: RunDocument) => render(run), mark: /<meta name="generator" content="assay[ "]/ },
  { name: 'report.json', write: json, mark: /^\s*\{\s*"schema": "assay\/run\// },
  { name: 'summary.md', write: (run: RunDocument) => markdown(run), mark: /^<!-- assay-report -->/ },
] as const

/** All that stands in the folder. */
const kept = [...files, { name: HISTORY_FILE, mark: HISTORY_MARK }] as const

/** The mark stands within this many bytes. */
const HEAD = 2048

/**
 * Writes the report of a run into a folder, made when missing: `index.html`, `report.json` and `summary.md`, and
 * adds it to the `history.jsonl` there. Returns the
 * path of the page, and the run as it is told there. Throws AssayError `unreadable-file` when it cannot be written, and `wrong-use` when one of these
 * files is there and is not of a report; what is in the folder then stays as it was. The run that was reported there
 * before tells since when findings are there.
 */
export function writeReport(folder: string, run: RunDocument): { readonly page: string; readonly run: RunDocument } {
  for (const { name, mark } of kept) {
    const file = path.join(folder, name)
    if (headOf(file) === undefined || isOurs(file, mark)) continue
    throw new AssayError(
      'wrong-use',
      `the report was not written: ${file} is there already and is no report of Assay, so it stays as it is`,
      { hint: "name another folder, with assay({ report: 'quality' }) or --report, or move the file away" },
    )
  }
  const told = withSince(run, previousRun(folder))
  try {
    const history = path.join(folder, HISTORY_FILE)
    const earlier = headOf(history) === undefined ? '' : readFileSync(history, 'utf8')
    const followed = withRun(earlier, run)
    writeTogether([
      ...files.map(({ name, write }) => ({ file: path.join(folder, name), text: write(told) })),
      ...(followed === '' ? [] : [{ file: history, text: followed }]),
    ])
  } catch (cause) {
    throw new AssayError('unreadable-file', `the report could not be written to ${folder}: ${firstLine(cause)}`, {
      hint: 'an earlier report there is as it was',
      cause,
    })
  }
  return { page: path.join(folder, 'index.html'), run: told }
}

/** The run that the folder reports; undefined when there is none that can be read. */
function previousRun(folder: string): RunDocument | undefined {
  const file = path.join(folder, 'report.json')
  try {
    return headOf(file) === undefined ? undefined : parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Whether a folder holds an earlier report of ours. */
export function hasReport(folder: string): boolean {
  return files.some(({ name, mark }) => isOurs(path.join(folder, name), mark))
}

function isOurs(file: string, mark: RegExp): boolean {
  const head = headOf(file)
  return head !== undefined && mark.test(head)
}

/** How a file begins; undefined when there is none, a text without any mark when it is no file. */
function headOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) return undefined
  if (!found.isFile()) return 'no file'
  const buffer = Buffer.alloc(HEAD)
  const descriptor = openSync(file, 'r')
  try {
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, HEAD, 0))
  } finally {
    closeSync(descriptor)
  }
}

let written = 0

/**
 * Writes files that belong together: all of them beside the old ones before any is replaced, so that a full disk changes
 * none. At once, since the last word on a run is said while its process exits.
 */
function writeTogether(texts: readonly { readonly file: string; readonly text: string }[]): void {
  const beside: { temporary: string; target: string }[] = []
  try {
    for (const { file, text } of texts) {
      mkdirSync(path.dirname(file), { recursive: true })
      // A link stays a link: what it points to is replaced.
      const target = statSync(file, { throwIfNoEntry: false }) ? realpathSync(file) : file
      const temporary = `${target}.${process.pid}.${++written}.tmp`
      beside.push({ temporary, target })
      writeFileSync(temporary, text)
    }
    for (const { temporary, target } of beside) renameSync(temporary, target)
  } catch (cause) {
    for (const { temporary } of beside) rmSync(temporary, { force: true })
    throw cause
  }
}
