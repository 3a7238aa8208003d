import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { profile } from '../../src/profile/profile.ts'
import { sumBetween } from '../../src/checks/kinds/sumBetween.ts'
import { valuesBetween } from '../../src/checks/kinds/valuesBetween.ts'
import { inferContract } from '../../src/contracts/inferContract.ts'
import { minBetween } from '../../src/checks/kinds/minBetween.ts'
import { ofSource } from '../../src/cells/held.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { type Relation, ROW_NUMBER } from '../../src/engine/engine.ts'
import { narrowed } from '../../src/engine/narrowing.ts'
import { render } from '../../src/sql/render.ts'
import type { DatasetOptions } from '../../src/dataset/datasetOptions.ts'
import { id, join, type Sql, sql } from '../../src/sql/sql.ts'
import { temporaryFolder } from '../helpers/files.ts'

const folder = temporaryFolder()

const COLUMNS = 603
const ROWS = 40
/** In each part of the table, at its borders too. */
const some = [0, 1, 2, 3, 4, 5, 6, 498, 499, 500, 501, 502, 503, 504, 601, 602]
const names = Array.from({ length: COLUMNS }, (_, i) => `c${i}`)
const few = some.map((i) => `c${i}`)

function cell(row: number, column: number): string | number | null {
  if ((row + column) % 11 === 0) return column % 2 === 0 ? null : 'n/a'
  // Late cells that are not like the first.
  if (row === ROWS - 1 && column % 7 === 0) return 'late, "quoted"'
  return [row * column, `text ${row % 5}`, row / 4, '2024-01-05 10:00:00', '2024-01-05', 'true', row - 20][
    column % 7
  ] as string | number
}

const record = (row: number, columns: readonly string[]) =>
  Object.fromEntries(columns.map((name) => [name, cell(row, Number(name.slice(1)))]))
const recordsOf = (columns: readonly string[]) => Array.from({ length: ROWS }, (_, row) => record(row, columns))

const writers = {
  csv: (columns: readonly string[]) =>
    [
      columns.join(','),
      ...recordsOf(columns).map((row) =>
        columns.map((name) => (row[name] === null ? '' : `"${String(row[name]).replaceAll('"', '""')}"`)).join(','),
      ),
    ].join('\n'),
  jsonl: (columns: readonly string[]) =>
    recordsOf(columns)
      .map((row) => JSON.stringify(row))
      .join('\n'),
}

for (const [ending, write] of Object.entries(writers)) {
  const wideFile = path.join(folder, `wide.${ending}`)
  const fewFile = path.join(folder, `few.${ending}`)
  writeFileSync(wideFile, `${write(names)}\n`)
  writeFileSync(fewFile, `${write(few)}\n`)
  const open = (options: DatasetOptions = {}) => {
    const asked = { name: 'data', missing: ['', 'n/a'], timezone: 'Europe/Berlin', types: { c5: 'string' }, ...options }
    return { wide: dataset(wideFile, asked as DatasetOptions), narrow: dataset(fewFile, asked as DatasetOptions) }
  }
  const restricted = (rows: readonly Record<string, unknown>[]) =>
    rows.map((row) => Object.fromEntries(few.map((name) => [name, row[name]])))

  test(`${ending}: rows, slices and samples of a wide table are those of the same columns alone`, async () => {
    const { wide, narrow } = open()
    const rows = await wide.rows()
    expect(Object.keys(rows[0] ?? {})).toEqual(names)
    expect(restricted(rows)).toEqual(await narrow.rows())
    const filter = { c1: ['text 1', 'text 2'], c499: null }
    expect(restricted(await wide.where(filter).rows())).toEqual(await narrow.where(filter).rows())
    const condition = sql`c1 <> 'text 3' and c602 is not null`
    expect(restricted(await wide.where(condition).rows())).toEqual(await narrow.where(condition).rows())
    const sample = (data: typeof wide) => data.where({ c1: 'text 1' }).sample(3).rows()
    expect(restricted(await sample(wide))).toEqual(await sample(narrow))
  })

  test(`${ending}: profile, contract and checks of a wide table are those of the same columns alone`, async () => {
    const { wide, narrow } = open()
    const [all, part] = [await profile(wide), await profile(narrow)]
    expect(all.rows).toBe(ROWS)
    expect(all.columns.filter(({ name }) => few.includes(name))).toEqual(part.columns)
    const contract = await inferContract(wide)
    expect(Object.keys(contract.properties as object)).toEqual(names)
    expect(few.map((name) => (contract.properties as Record<string, unknown>)[name])).toEqual(
      Object.values((await inferContract(narrow)).properties as object),
    )
    const judged = async (data: typeof wide) =>
      (
        await evaluate([
          valuesBetween(data.column('c503'), { max: 3 }),
          valuesBetween(data.where({ c1: 'text 1' }).column('c504'), { max: -1 }),
          sumBetween(data.column('c2'), { max: 1 }),
        ])
      ).map(({ status, counts, measured, evidence }) => ({ status, counts, measured, evidence }))
    const results = await judged(wide)
    expect(results.map(({ status }) => status)).not.toContain('error')
    expect(results).toEqual(await judged(narrow))
  })
}

test('several wide text files, their numbers spelled with a comma, are held in lists: each column is judged as it is alone, from the table and from its files', async () => {
  const written = (columns: readonly string[], from: number) =>
    `${[columns, ...Array.from({ length: ROWS }, (_, row) => columns.map((name) => comma(from + row, Number(name.slice(1)))))].map((row) => row.join(';')).join('\n')}\n`
  const comma = (row: number, column: number) =>
    ['', 'n/a', '1,5', String(row), `${row},25`, 'text', '01.02.2024'][
      (row + column) % 50 === 0 ? column % 2 : 2 + (column % 5)
    ] ?? ''
  const open = (kind: string, columns: readonly string[]) => {
    const files = [0, 1].map((i) => path.join(folder, `${kind}${i}.csv`))
    for (const [i, file] of files.entries()) writeFileSync(file, written(columns, i * ROWS))
    return dataset(files, { name: 'data', decimal: ',', delimiter: ';' })
  }
  const [wide, narrow] = [open('many', names), open('some', few)]
  const asked = (data: typeof wide, columns: readonly string[]) =>
    evaluate([
      ...columns.map((name) => minBetween(data.column(name), { min: 0 })),
      ...few.map((name) => valuesBetween(data.column(name), { min: 3 })),
    ])
  const told = (results: Awaited<ReturnType<typeof asked>>) =>
    results
      .filter(({ subject }) => few.includes(subject.column ?? ''))
      .map(({ subject, status, counts, measured, message, evidence }) => ({
        column: subject.column,
        status,
        counts,
        measured,
        message,
        // Of a wide table other columns are shown beside the cell.
        evidence: evidence.map((block) =>
          block.kind === 'rows' ? [block.rowNumbers, block.lines, block.total] : block,
        ),
      }))
  const all = told(await asked(wide, names))
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['pass', 'fail', 'error']))
  expect(all).toEqual(told(await asked(narrow, few)))

  const relation = await relationOf(wide)
  expect(render(relation.from, relation.engine.dialect).standIns.size).toBeGreaterThan(0)
  const rowsIn = async (rows: Relation) => {
    const { numbered } = narrowed(rows, few)
    return rows.engine.query(
      sql`select ${join(few.map((name) => id(name)))}, * exclude (${join(few.map((name) => id(name)))}) from ${numbered as Sql} order by ${id(ROW_NUMBER)}`,
    )
  }
  expect(await rowsIn(relation)).toEqual(await rowsIn(ofSource(relation)))
})

test('a profile of a wide table is stopped while it is made, and the next question is answered', async () => {
  const file = path.join(folder, 'stopped.csv')
  const all = Array.from({ length: 3000 }, (_, i) => `c${i}`)
  writeFileSync(
    file,
    `${[all, all.map((_, i) => i), all.map((_, i) => i / 2)].map((row) => row.join(',')).join('\n')}\n`,
  )
  const data = dataset(file)
  await data.columns()
  const stop = new AbortController()
  const made = profile(data, { signal: stop.signal })
  setTimeout(() => stop.abort(), 200)
  await expect(made).rejects.toMatchObject({ code: 'aborted' })
  expect(await data.where({ c2999: 2999 }).rows()).toHaveLength(1)
})
