import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { evaluate, meanBetween, uniqueKey, valuesBetween, valuesIn } from '../../src/checks/index.ts'
import { type Dataset, dataset, type DatasetSource } from '../../src/dataset/dataset.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { literal, raw, sql } from '../../src/sql/sql.ts'
import { temporaryFolder } from '../helpers/files.ts'

const folder = temporaryFolder()
const types = { v: 'decimal' } as const
let files = 0
function file(ending: string, text: string): string {
  const name = path.join(folder, `${++files}.${ending}`)
  writeFileSync(name, text)
  return name
}

const sources: Readonly<Record<string, (texts: readonly string[]) => DatasetSource | Promise<DatasetSource>>> = {
  records: (texts) => texts.map((v) => ({ v })),
  columns: (texts) => ({ v: [...texts] }),
  'a stream': (texts) => texts.map((v) => ({ v })).values(),
  JSON: (texts) => file('json', JSON.stringify(texts.map((v) => ({ v })))),
  'JSON Lines': (texts) => file('jsonl', texts.map((v) => `${JSON.stringify({ v })}\n`).join('')),
  Parquet: async (texts) => {
    const place = path.join(folder, `${++files}.parquet`)
    const values = texts.map((text) => `('${text}')`).join(', ')
    await (await sharedDuckDB()).query(
      sql`copy (select * from (values ${raw(values)}) as t(v)) to ${literal(place)} (format parquet)`,
    )
    return place
  },
}

async function judged(data: Dataset): Promise<unknown> {
  const v = data.column('v')
  const results = await evaluate([
    valuesBetween(v, { min: 0 }),
    valuesBetween(v, { max: 9_007_199_254_740_992n }),
    valuesIn(v, [9_007_199_254_740_992n, 0.1]),
    uniqueKey(data),
    meanBetween(v, { min: 0 }),
  ])
  const verdicts = results.map(({ status, measured, counts }) => [status, measured, counts])
  return [await data.columns(), await data.rows(), verdicts]
}

describe('texts declared to be decimals are those of a text file, each by all of its digits', () => {
  test.each<readonly string[]>([
    ['9007199254740993', '9007199254740992', '0.1', '0.10'],
    ['12345678901234567.89', '12345678901234567.88', '-1.5'],
    ['499.8950000000000000', '+7', '.5', '5.'],
    ['NaN', '1.5'],
    ['Infinity', '-Infinity', 'nan', 'inf', '1.5'],
    [' 1', '1_000', '007', '0x10', 'n/a', '1.5'],
    ['1e3', '1e400'],
    ['123456789012345678901234567890123456789012345', '1.5'],
    ['1387721463347907971453127889768490548', '5.', '-1'],
    ['13877214633479079714531278897684905481', '+7'],
    ['soon'],
  ])('%j', async (...texts) => {
    const expected = await judged(
      dataset(file('csv', `v\n${texts.map((v) => `${v}\n`).join('')}`), { types, key: 'v' }),
    )
    for (const [kind, source] of Object.entries(sources))
      expect(await judged(dataset((await source(texts)) as string, { types, key: 'v' })), kind).toEqual(expected)
  })
})
