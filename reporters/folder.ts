import path from 'node:path'
import { AssayError, firstLine } from '../src/errors.ts'
import type { RunDocument } from '../src/results/runDocument.ts'
import { writeTogether } from '../src/results/writeWhole.ts'
import { render } from './html/render.ts'
import { json } from './json.ts'
import { markdown } from './markdown.ts'

/**
 * Writes the report of a run into a folder, made when missing: `index.html`, `report.json` and `summary.md`. Returns the
 * path of the page. Throws AssayError `unreadable-file` when it cannot be written; an earlier report then stays as it was.
 */
export async function writeReport(folder: string, run: RunDocument): Promise<string> {
  const page = path.join(folder, 'index.html')
  try {
    await writeTogether([
      { file: page, text: render(run) },
      { file: path.join(folder, 'report.json'), text: json(run) },
      { file: path.join(folder, 'summary.md'), text: markdown(run) },
    ])
  } catch (cause) {
    throw new AssayError('unreadable-file', `the report could not be written to ${folder}: ${firstLine(cause)}`, {
      hint: 'an earlier report there is as it was',
      cause,
    })
  }
  return page
}
