import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import { dataset } from '../../../src/dataset/dataset.ts'
import type { DatasetOptions } from '../../../src/dataset/datasetOptions.ts'
import { relationOf } from '../../../src/dataset/opened.ts'

/** A folder for the files of a test file, gone afterwards, and how to write one. */
export function textFiles(): (name: string, content: string | Uint8Array) => string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-text-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return (name, content) => {
    const file = path.join(folder, name)
    writeFileSync(file, content)
    return file
  }
}

/** What there is in a file: rows, what could not be read, and the physical line of each row. */
export async function opened(source: Parameters<typeof dataset>[0], options: DatasetOptions = {}) {
  const data = dataset(source, { malformed: 'warn', ...options })
  const rows = (await data.rows()).map((row) => Object.values(row))
  const relation = await relationOf(data)
  const found = await relation.findings?.()
  const places = rows.map((_, i) => ({ row: i + 1 }))
  const lines = relation.files ? undefined : await relation.locate?.(places)
  const findings = found?.first.map(({ kind, line, column, reason }) => ({
    kind,
    line,
    ...(column === undefined ? {} : { column }),
    reason,
  }))
  return {
    names: relation.columns.map(({ name }) => name),
    rows,
    lines,
    findings,
    rowsLost: found?.rowsLost,
    total: found?.total,
  }
}

/** The message of the error that opening ends with. */
export async function refusal(source: Parameters<typeof dataset>[0], options: DatasetOptions = {}): Promise<string> {
  return Promise.resolve()
    .then(() => relationOf(dataset(source, options)))
    .then(
      () => 'no error',
      (error: Error) => error.message,
    )
}
