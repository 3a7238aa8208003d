import { expect, test } from 'vitest'
import { matchesSchema } from '../../src/contracts/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { evaluate } from '../../src/checks/index.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { raw, sql } from '../../src/sql/sql.ts'
import { temporaryFile } from '../helpers/files.ts'

const row =
  "1 as n, '12' as text, [1, 2] as list, true as flag, {'q': 1} as part, null::varchar as none, date '2026-01-01' as day"

async function parquet(condition = 'true') {
  const file = await temporaryFile('typed.parquet', '')
  const engine = await sharedDuckDB()
  await engine.query(sql`copy (select ${raw(row)} where ${raw(condition)}) to ${file} (format parquet)`)
  return dataset(file, { name: 'typed' })
}

/** What is said of a column beside others, of which more is said. */
async function judged(data: ReturnType<typeof dataset>, name: string, keywords: object, options = {}) {
  const properties = { n: { type: 'integer' }, [name]: keywords }
  const results = await evaluate(matchesSchema(data, { properties }, options))
  return results.filter(({ subject }) => subject.column === name).map(({ status, message }) => [status, message])
}

test.for<readonly [string, object, string]>([
  ['text', { minimum: 5 }, 'minimum judges numbers only; the column holds string values (VARCHAR)'],
  ['text', { format: 'int32' }, 'format judges numbers only; the column holds string values (VARCHAR)'],
  [
    'text',
    { minItems: 1, required: ['q'] },
    'minItems, required judge lists and objects only; the column holds string',
  ],
  ['flag', { minLength: 2, minimum: 1 }, 'minLength, minimum judge texts and numbers only; the column holds boolean'],
  ['day', { maximum: 20261231 }, 'maximum judges numbers only; the column holds date values (DATE)'],
  ['list', { pattern: 'x' }, 'pattern judges texts only; the column holds list values (INTEGER[])'],
  ['part', { maxLength: 3 }, 'maxLength judges texts only; the column holds struct values'],
])('nothing is judged of a column %s by %j, though others hold', async ([name, keywords, message]) => {
  const found = await judged(await parquet(), name, keywords)
  expect(found).toEqual([['vacuous', expect.stringContaining(message)]])
})

test.for<readonly [string, object, string]>([
  ['text', { type: 'string', minimum: 5 }, 'pass'],
  ['text', { minimum: 5, minLength: 9 }, 'fail'],
  ['text', { enum: ['no'], minimum: 5 }, 'fail'],
  ['day', { minLength: 99 }, 'fail'],
  ['list', { minItems: 3 }, 'fail'],
  ['part', { required: ['z'] }, 'fail'],
  ['none', { minimum: 5 }, 'pass'],
])('what says something of a column %s is judged: %j', async ([name, keywords, status]) => {
  const statuses = (await judged(await parquet(), name, keywords)).map(([found]) => found)
  expect(new Set(statuses)).toEqual(new Set([status]))
})

test('a column without values shows nothing unless it may be empty', async () => {
  const empty = await parquet('false')
  expect(await judged(empty, 'text', { minimum: 5 })).toMatchObject([['vacuous', expect.stringContaining('no rows')]])
  expect(await judged(empty, 'text', { minimum: 5 }, { allowEmpty: true })).toMatchObject([['pass', undefined]])
})

test('cells of a text file are read as what is asked of them, and are neither lists nor objects', async () => {
  const csv = dataset(await temporaryFile('cells.csv', 'n,text\n1,x\n'))
  const limits = await judged(csv, 'text', { minimum: 5 })
  expect(limits.map(([status]) => status)).toEqual(['fail', 'fail'])
  expect(await judged(csv, 'text', { items: { type: 'integer' } })).toMatchObject([
    ['vacuous', expect.stringContaining('items judges lists only')],
  ])
})

test('of whole rows, too, nothing is judged where all that is said of their columns is about other values', async () => {
  const data = await parquet()
  const rows = (keywords: object) =>
    evaluate(matchesSchema(data, { $ref: '#/$defs/row', $defs: { row: { properties: { text: keywords } } } }))
  expect(await rows({ minimum: 5 })).toMatchObject([{ status: 'vacuous' }])
  expect(await rows({ minLength: 1 })).toMatchObject([{ status: 'pass' }])
})
