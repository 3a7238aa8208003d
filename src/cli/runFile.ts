import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { parseFile } from '../results/json.ts'
import { restored, type RunFile } from '../results/runFile.ts'
import { sizeOf } from '../bytes/files.ts'
import { AssayError } from '../errors.ts'
import { ownRoot } from '../results/environment.ts'
import type { RunDocument } from '../results/runDocument.ts'
import { compile } from '../schema/drafts.ts'
import type { JsonObject } from '../schema/json.ts'

/**
 * Reads the run document in a file, or in the report folder of that name, and holds it to the published schema. Throws
 * an AssayError that names the file and the place in it.
 */
export async function readRun(named: string): Promise<RunDocument> {
  const folder = await stat(named).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const file = folder ? path.join(named, 'report.json') : named
  await sizeOf(file, 'run document')
  const aboutFile = <T>(read: () => T): T => {
    try {
      return read()
    } catch (error) {
      if (error instanceof AssayError)
        throw new AssayError(error.code, `${JSON.stringify(file)}: ${error.message}`, { cause: error })
      throw error
    }
  }
  const text = await readFile(file, 'utf8')
  const run: RunFile = aboutFile(() => parseFile(text))
  const schema = await readFile(path.join(ownRoot(), 'docs/schemas/run.schema.json'), 'utf8')
  const findings = (await compile(JSON.parse(schema) as JsonObject, '2020-12'))(run)
  const first = findings?.[0]
  if (first) {
    throw new AssayError(
      'wrong-schema',
      `${JSON.stringify(file)} is no run document: ${first.path || 'it'} ${first.message}`,
      {
        hint: 'it was changed after it was written, or by another release: run the checks again',
      },
    )
  }
  return aboutFile(() => restored(run))
}
