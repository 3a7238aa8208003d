import {
  type Engine,
  FILE_ROW,
  type MemoryBatch,
  type MemoryTable,
  type QueryOptions,
  type Relation,
  ROW_FILE,
  ROW_NUMBER,
  type SourceFindings,
} from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { id, join, sql } from '../sql/sql.ts'
import { allFindings } from './findings.ts'
import type { NamedFile } from '../bytes/unpacked.ts'

/** A file's rows on their way into the engine, and what of it could not be read. */
export interface LoadedFile {
  readonly table: MemoryTable
  readonly findings?: (options?: QueryOptions) => Promise<SourceFindings>
  /** Lets go of the file; may be called again. */
  readonly close?: () => Promise<void>
}

/**
 * Loads files of one shape, one after the other, as one relation that knows the file of each row. The first says the
 * columns; a file with others is an error that names it.
 */
export async function loadFiles(
  engine: Engine,
  named: readonly NamedFile[],
  read: (file: NamedFile) => Promise<LoadedFile>,
  options: QueryOptions = {},
): Promise<Relation> {
  const files = named.map(({ file }) => file)
  const [first = ''] = files
  const opened = [await read(named[0] as NamedFile)]
  const { columns } = (opened[0] as LoadedFile).table
  const ends: number[] = []
  async function* batches(): AsyncGenerator<MemoryBatch> {
    let total = 0
    for (const [i, place] of named.entries()) {
      const { file } = place
      const opening = i === 0 ? (opened[0] as LoadedFile) : await read(place)
      if (i > 0) opened.push(opening)
      checkColumns(opening.table.columns, file, columns, first)
      for await (const batch of opening.table.batches) {
        total += batch.rowCount
        yield batch
      }
      ends.push(total)
    }
  }
  const relation = await engine.load({ columns, batches: batches() }, options).finally(async () => {
    for (const one of opened) await one.close?.()
  })
  const findings = async (asked?: QueryOptions): Promise<SourceFindings> => {
    const all = await Promise.all(opened.map(async (one) => one.findings?.(asked)))
    return allFindings(all.flatMap((one) => one ?? []))
  }
  const known = opened.some((one) => one.findings) ? { findings } : {}
  if (files.length === 1 || !relation.numbered) return { ...relation, ...known }
  const row = id(ROW_NUMBER)
  const start = (i: number): number => ends[i - 1] ?? 0
  const cases = files.map((file, i) => sql`when ${row} <= ${ends[i] as number} then ${file}`)
  const starts = files.map((_, i) => sql`when ${row} <= ${ends[i] as number} then ${start(i)}`)
  const numbered = sql`(select *, case ${join(cases, ' ')} end as ${id(ROW_FILE)},
    ${row} - case ${join(starts, ' ')} end as ${id(FILE_ROW)} from ${relation.numbered}) as t`
  return { ...relation, ...known, numbered, files: true }
}

type Columns = MemoryTable['columns']

function checkColumns(actual: Columns, file: string, expected: Columns, first: string): void {
  const described = ({ name, type, exact }: Columns[number]): string =>
    JSON.stringify([name, type, exact?.kind === 'dictionary' ? exact : (exact ?? null)])
  const length = Math.max(actual.length, expected.length)
  for (let i = 0; i < length; i++) {
    const [own, other] = [actual[i], expected[i]]
    if (own && other && described(own) === described(other)) continue
    const name = (column: Columns[number] | undefined) =>
      column ? `${JSON.stringify(column.name)} (${column.type})` : 'no such column'
    throw new AssayError(
      'unreadable-file',
      `column ${i + 1} of ${JSON.stringify(file)} is ${name(own)}; of ${JSON.stringify(first)} it is ${name(other)}`,
      { hint: 'files of one dataset have the same columns of the same types in the same order' },
    )
  }
}
