import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { inferContract } from '../../src/contracts/inferContract.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import type { DatasetOptions } from '../../src/dataset/datasetOptions.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { seeded } from '../../src/stats/random.ts'
import { temporaryFolder } from '../helpers/files.ts'

const folder = temporaryFolder()

type Row = Record<string, unknown>

async function contracts(rows: readonly Row[], options: DatasetOptions = {}) {
  const file = path.join(folder, 'rows.jsonl')
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'))
  const asked = { name: 'rows', ...options }
  return { json: await inferContract(dataset(file, asked)), records: await inferContract(dataset([...rows], asked)) }
}

const values = [1, 2.5, 1e17, -0.5, 'a', 'n/a', '', '-', true, null, [1, [2]], { a: { b: 1 } }, 'NA', '12', 1e300]
const keys = ['plain', '', 'a.b', 'a/b', 'a~1b', '"quoted"', "it's", '$', '$.x', '[0]', '*', 'ключ', 'a\nb', ' x ', '%']

test.for([1, 2, 3, 4, 5, 6, 7, 8])('JSON Lines and the same records have one contract (seed %i)', async (seed) => {
  const random = seeded(seed)
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  // Few kinds of values a key, as data has them.
  const kinds = new Map(
    keys.map((key) => [key, Array.from({ length: 1 + Math.floor(random() * 3) }, () => one(values))]),
  )
  const rows = Array.from({ length: 12 }, (_, i) =>
    Object.fromEntries(keys.flatMap((key) => (i > 0 && random() < 0.1 ? [] : [[key, one(kinds.get(key) ?? [])]]))),
  )
  const { json, records } = await contracts(rows)
  expect(json).toEqual(records)
})

test('values that were declared missing are none, whatever else their key holds', async () => {
  const rows = [
    { n: 1, s: 'NA', both: 'NA', most: 'NA' },
    { n: -999, s: 'x', both: 2, most: 3 },
    { n: 3, s: 'NA', both: null, most: 4 },
  ]
  const { json, records } = await contracts(rows, { missing: ['NA', -999] })
  expect(json.properties).toEqual(records.properties)
  expect(json.properties).toMatchObject({ n: { type: 'integer' }, both: { type: ['integer', 'null'] } })
  expect(json.required).toEqual(records.required)
})

test('a thousand keys are asked for in as many queries as ten', async () => {
  const engine = await sharedDuckDB()
  const { query } = engine
  const asked = async (count: number): Promise<number> => {
    const file = path.join(folder, `${count}.jsonl`)
    const row = Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i % 3 === 0 ? i : `t${i}`]))
    writeFileSync(file, [row, { ...row, k0: 'n/a' }].map((one) => JSON.stringify(one)).join('\n'))
    let queries = 0
    engine.query = (...about) => {
      queries++
      return query.apply(engine, about)
    }
    try {
      await inferContract(dataset(file))
    } finally {
      engine.query = query
    }
    return queries
  }
  expect(await asked(1000)).toBe(await asked(10))
})
