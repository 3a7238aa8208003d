import { expect, test } from 'vitest'
import { heldAsProven } from '../../src/profile/heldAsProven.ts'
import { profile } from '../../src/profile/profile.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { rowCount } from '../../src/metrics/kinds/rowCount.ts'
import { runBySegment } from '../../src/metrics/run.ts'
import { id, join, sql } from '../../src/sql/sql.ts'
import { temporaryFile } from '../helpers/files.ts'
import { newTables } from '../helpers/tables.ts'

const ROWS = 2500
/** So long that the last row is none of those that types are read off. */
const PAD = 'x'.repeat(500)
/** Late cells that are not of the type that the first rows have, and the type that all cells have then. */
const late = [
  ['1.5', 'number'],
  ['n/a', 'string'],
  ['007', 'string'],
  ['', 'integer'],
  ['+4', 'integer'],
  ['12345678901234567890', 'number'],
] as const
const columns = Array.from({ length: 36 }, (_, i) => late[i % 9])
const types = columns.map((column) => column?.[1] ?? 'integer')
const cells = Array.from({ length: ROWS }, (_, row) =>
  columns.map((column, i) => (row === ROWS - 1 ? (column?.[0] ?? '0') : String(row * i))),
)
const text = [['pad', ...columns.map((_, i) => `c${i}`)], ...cells.map((row) => [PAD, ...row])].join('\n')

test('values of a text file are held with the types that all cells have, without their texts, and nothing of a first try is left', async () => {
  const relation = await relationOf(dataset(await temporaryFile('late.csv', text)))
  const { engine } = relation
  const made = await newTables(engine)
  const held = await heldAsProven(relation, {})
  expect(relation.columns.slice(1).map(({ type }) => type)).toEqual(types.map(() => 'integer'))
  expect(held.columns.slice(1).map(({ type }) => type)).toEqual(types)
  expect(held.columns.filter(({ rawName, cellName }) => rawName ?? cellName)).toEqual([])
  const names = join(held.columns.slice(1).map(({ name }) => id(name)))
  const values = (await engine.query(sql`select ${names} from ${held.from}`)).map((row) =>
    row.map((value) => (typeof value === 'bigint' ? Number(value) : value)),
  )
  const read = (value: string, i: number) => (value === '' ? null : types[i] === 'string' ? value : Number(value))
  expect(values).toEqual(cells.map((row) => row.map(read)))
  expect(await made()).toHaveLength(1)
  await held.release?.()
  expect(await made()).toEqual([])
})

test('a profile tells the same of a text file and of its records', async () => {
  const path = await temporaryFile('same.csv', 'a,b,c\n1,x,0.5\n,y,0.25\n3,x,\n')
  const { columns: read } = await profile(dataset(path))
  const { columns: given } = await profile(
    dataset([
      { a: 1, b: 'x', c: 0.5 },
      { a: null, b: 'y', c: 0.25 },
      { a: 3, b: 'x', c: null },
    ]),
  )
  expect(read).toEqual(given)
})

test('rows that are held have the segments of their source', async () => {
  const held = await heldAsProven(
    await relationOf(dataset(await temporaryFile('parts.csv', 'n,part\n1,a\n2,b\n3,a\n'))),
    {},
  )
  const rows = (await runBySegment([rowCount()], held, 'part')).get(rowCount().key)
  const counts = rows?.ok ? [...rows.value.values].map(([part, count]) => [part, count.ok && count.value]) : []
  expect(Object.fromEntries(counts)).toEqual({ a: 2, b: 1 })
  await held.release?.()
})
