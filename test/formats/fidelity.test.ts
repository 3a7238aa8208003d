import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { RecordBatchReader, type Table, tableFromIPC } from 'apache-arrow'
import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { type DatasetSource, sources } from '../../src/dataset/sources.ts'
import { ROW_NUMBER } from '../../src/engine/engine.ts'
import { id, join, sql } from '../../src/sql/sql.ts'
import { relationOf } from '../../src/dataset/opened.ts'

type Cells = readonly (string | null)[]
type Expected = Readonly<Record<string, readonly [type: string, cells: Cells]>>

const folder = path.resolve('test/fixtures/fidelity')
const expected = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>

interface Difference {
  readonly table: string
  readonly column: string
  readonly files: readonly string[]
  readonly type: string
  readonly values: string
}

const differences: readonly Difference[] = readFileSync('docs/fidelity.md', 'utf8')
  .split('## Differences')[1]
  ?.split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (table|-+) /.test(line))
  .map((line) => {
    const [table = '', column = '', files = '', type = '', values = ''] = line
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim().replaceAll('`', ''))
    return { table, column, files: files.split(' '), type, values }
  }) as Difference[]
const used = new Set<Difference>()

/** What a table reads as from a file: what all do, and where `docs/fidelity.md` says so, something else. */
function readingOf(table: string, file: string): [name: string, type: string, cells: Cells][] {
  return Object.entries(expected[table] as Expected).map(([name, [type, cells]]) => {
    const other = differences.find(
      (one) => one.table === table && one.column === name && one.files.some((end) => file.endsWith(end)),
    )
    if (!other) return [name, type, cells]
    used.add(other)
    const values = other.values === 'same' ? cells : (JSON.parse(other.values) as Cells)
    return [name, other.type === 'same' ? type : other.type, values]
  })
}

async function reading(source: DatasetSource): Promise<unknown> {
  const { engine, columns, from, numbered } = await relationOf(dataset(source))
  if (columns.length === 0) return { columns: [], rows: (await engine.query(sql`select count(*) from ${from}`))[0] }
  const texts = join(columns.map(({ name }) => engine.dialect.text(id(name))))
  const rows = await engine.query(sql`select ${texts} from ${numbered ?? from} order by ${id(ROW_NUMBER)}`)
  return columns.map(({ name, type }, i) => [name, type, rows.map((row) => row[i])])
}

const files = readdirSync(folder)
  .filter((file) => !/\.(py|json)$/.test(file))
  .map((file) => path.join(folder, file))
const readable = files.filter((file) => sources.some((source) => source.accepts(file, {})))
const arrows = readable.filter((file) => /\.(arrows?|feather)$/.test(file) && !/lz4|zstd|pandas/.test(file))

test('every ending has files that are read', () => {
  const endings = new Set(readable.map((file) => path.extname(file)))
  for (const ending of ['.parquet', '.feather', '.arrow', '.arrows', '.csv']) expect(endings).toContain(ending)
  expect(readable.length).toBeGreaterThan(150)
})

test.each(readable.map((file) => path.basename(file)))('%s reads as its table', async (file) => {
  const [table = ''] = file.split('.')
  if (table === 'zero_columns') {
    expect(await reading(path.join(folder, file))).toEqual({ columns: [], rows: [3n] })
    return
  }
  expect(await reading(path.join(folder, file))).toEqual(readingOf(table, file))
})

test.each(arrows.map((file) => path.basename(file)))(
  '%s reads the same as an Arrow table, as a stream of batches and after toArrow()',
  async (file) => {
    const bytes = readFileSync(path.join(folder, file))
    const same = await reading(path.join(folder, file))
    expect(await reading(tableFromIPC(bytes) as Table)).toEqual(same)
    const batches = async function* () {
      yield* RecordBatchReader.from(bytes)
    }
    expect(await reading(batches())).toEqual(same)
    expect(await reading(await dataset(path.join(folder, file)).toArrow())).toEqual(same)
  },
)

test('every documented difference is one', () => {
  const stale = differences.filter(
    (one) => !used.has(one) && readable.some((file) => one.files.some((end) => file.endsWith(end))),
  )
  expect(stale).toEqual([])
})
