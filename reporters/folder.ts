import path from 'node:path'
import { AssayError, firstLine } from '../src/errors.ts'
import type { RunDocument } from '../src/results/runDocument.ts'
import { writeWhole } from '../src/results/writeWhole.ts'
import { render } from './html/render.ts'
import { json } from './json.ts'
import { markdown } from './markdown.ts'

/**
 * Writes the report of a run into a folder, made when missing: `index.html`, `report.json` and `summary.md`. Returns the
 * path of the page. Throws AssayError `unreadable-file` when it cannot be written; files of an earlier report that were
 * not written anew stay whole.
 */
export async function writeReport(folder: string, run: RunDocument): Promise<string> {
  const page = path.join(folder, 'index.html')
  try {
    await writeWhole(page, render(run))
    await writeWhole(path.join(folder, 'report.json'), json(run))
    await writeWhole(path.join(folder, 'summary.md'), markdown(run))
  } catch (cause) {
    throw new AssayError('unreadable-file', `the report could not be written to ${folder}: ${firstLine(cause)}`, {
      cause,
    })
  }
  return page
}
