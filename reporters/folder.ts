import { readFileSync } from 'node:fs'
import path from 'node:path'
import { AssayError, firstLine } from '../src/errors.ts'
import type { RunDocument } from '../src/results/runDocument.ts'
import { HISTORY_FILE, HISTORY_MARK, withRun } from '../src/results/history.ts'
import { withSince } from '../src/results/since.ts'
import { render } from './html/render.ts'
import { json, parse } from '../src/results/json.ts'
import { headOf, isOurs, marks } from './marks.ts'
import { writeTogether } from './writeTogether.ts'
import { markdown } from './markdown.ts'

/** The files of a report, how each is written, and the mark near its start that says that it is ours. */
const files = [
  { name: 'index.html', write: (run: RunDocument) => render(run), mark: marks['index.html'] },
  { name: 'report.json', write: json, mark: marks['report.json'] },
  { name: 'summary.md', write: (run: RunDocument) => markdown(run), mark: marks['summary.md'] },
] as const

/** All that stands in the folder. */
const kept = [...files, { name: HISTORY_FILE, mark: HISTORY_MARK }] as const

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
    const head = headOf(file)
    if (head === undefined || head === '' || mark.test(head)) continue
    throw new AssayError(
      'wrong-use',
      `the report was not written: ${file} is there already and is no report of Assay, so it stays as it is`,
      { hint: "name another folder, with assay({ report: 'quality' }) or --report, or move the file away" },
    )
  }
  const dated = withSince(run, previousRun(folder))
  try {
    const pages = files.map(({ name, write }) => ({ file: path.join(folder, name), text: write(dated) }))
    const history = path.join(folder, HISTORY_FILE)
    // Read when all else is ready: another run that ends meanwhile adds itself, too.
    const earlier = headOf(history) === undefined ? '' : readFileSync(history, 'utf8')
    const followed = withRun(earlier, run)
    writeTogether([...pages, ...(followed === '' ? [] : [{ file: history, text: followed }])])
  } catch (cause) {
    throw new AssayError('unreadable-file', `the report could not be written to ${folder}: ${firstLine(cause)}`, {
      hint: 'an earlier report there is as it was',
      cause,
    })
  }
  return { page: path.join(folder, 'index.html'), run: dated }
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
