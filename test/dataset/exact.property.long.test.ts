import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { Decimal, Field, makeData, RecordBatch, Schema, Struct, Table } from 'apache-arrow'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Check, evaluate, uniqueKey, valuesBetween, valuesIn } from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { distinctCount, topValues } from '../../src/metrics/index.ts'
import { runMetrics } from '../../src/metrics/run.ts'
import { keyExists } from '../../src/checks/kinds/keyExists.ts'
import { literal, raw, sql } from '../../src/sql/sql.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { temporaryFolder } from '../helpers/files.ts'

const SEED = 20_261_125
const folder = temporaryFolder()
let files = 0
const file = (ending: string, text = ''): string => {
  const name = path.join(folder, `${++files}.${ending}`)
  if (text !== '') writeFileSync(name, text)
  return name
}

/** A decimal as a count of 10^-30, which is how a naive reading compares it. */
const PLACES = 30
const exact = (text: string): bigint => {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text) as RegExpExecArray
  const count = BigInt(`${whole}${fraction.padEnd(PLACES, '0')}`)
  return sign === '-' ? -count : count
}
const scaled = (texts: readonly string[], scale: number): bigint[] =>
  texts.map((text) => exact(text) / 10n ** BigInt(PLACES - scale))

async function parquet(texts: readonly string[], type: string): Promise<Dataset> {
  const engine = await sharedDuckDB()
  const place = file('parquet')
  const values = texts.map((text) => `(cast('${text}' as ${type}))`).join(', ')
  await engine.query(sql`copy (select * from (values ${raw(values)}) as t(v)) to ${literal(place)} (format parquet)`)
  return dataset(place)
}

function arrow(texts: readonly string[], scale: number): Dataset {
  const words = new Uint32Array(texts.length * 4)
  scaled(texts, scale).forEach((count, i) => {
    const bits = BigInt.asUintN(128, count)
    for (let word = 0; word < 4; word++) words[4 * i + word] = Number((bits >> BigInt(32 * word)) & 0xffffffffn)
  })
  const type = new Decimal(scale, 38, 128)
  const data = makeData({ type, length: texts.length, nullCount: 0, data: words })
  const schema = new Schema([new Field('v', type, true)])
  const rows = makeData({ type: new Struct(schema.fields), length: texts.length, nullCount: 0, children: [data] })
  return dataset(new Table(schema, new RecordBatch(schema, rows as never)))
}

type Open = (texts: readonly string[]) => Dataset | Promise<Dataset>
const csv: Open = (texts) => dataset(file('csv', `v,w\n${texts.map((text) => `${text},x\n`).join('')}`))
const records = (texts: readonly string[]): string[] => texts.map((text) => `{"v":${text}}`)

const ofIntegers: Readonly<Record<string, Open>> = {
  CSV: csv,
  'CSV declared number': async (texts) => dataset((await csv(texts)).source, { types: { v: 'number' } }),
  JSON: (texts) => dataset(file('json', `[${records(texts).join()}]`)),
  'JSON Lines': (texts) => dataset(file('jsonl', `${records(texts).join('\n')}\n`)),
  records: (texts) => dataset(texts.map((text) => ({ v: BigInt(text) }))),
  columns: (texts) => dataset({ v: texts.map(BigInt) }),
  Parquet: (texts) => parquet(texts, 'decimal(38,0)'),
  Arrow: (texts) => arrow(texts, 0),
}

const ofDecimals: Readonly<Record<string, Open>> = {
  CSV: csv,
  'CSV declared number': ofIntegers['CSV declared number'] as Open,
  'CSV declared decimal': async (texts) => dataset((await csv(texts)).source, { types: { v: 'decimal' } }),
  'CSV, long ones beyond the looked-at rows': async (texts) => {
    const short = `${'7.5,x\n'.repeat(5000)}${texts.map((text) => `${text},y\n`).join('')}`
    return dataset(file('csv', `v,w\n${short}`)).where({ w: 'y' })
  },
  'records declared decimal': (texts) =>
    dataset(
      texts.map((v) => ({ v })),
      { types: { v: 'decimal' } },
    ),
  'JSON Lines declared decimal': (texts) =>
    dataset(file('jsonl', `${records(texts.map((text) => `"${text}"`)).join('\n')}\n`), { types: { v: 'decimal' } }),
  Parquet: (texts) => parquet(texts, 'decimal(38,18)'),
  Arrow: (texts) => arrow(texts, 18),
}

const near = (bases: readonly bigint[]) =>
  fc.tuple(fc.constantFrom(...bases), fc.integer({ min: -2, max: 2 }), fc.boolean()).map(([base, by, minus]) => {
    const value = base + BigInt(by)
    return String(minus ? -value : value)
  })
const integers = near([2n ** 53n, 2n ** 63n, 2n ** 64n, 10n ** 21n, 10n ** 36n, 3n])
const decimals = fc.constantFrom(
  '0.3',
  '0.300000000000000001',
  '0.29999999999999999',
  '0.30',
  '+0.3',
  '0.300000000000000010',
  '-0.3',
  '1.5',
  '1.50',
  '90071992547409.93',
  '90071992547409.930000000000000001',
  '12345678901234567.89',
  '12345678901234567.891',
)

async function failed(check: Check): Promise<number | string> {
  const [result] = await evaluate(check)
  return result?.counts?.failed ?? `${result?.status}: ${result?.message}`
}

/** What the engine says of the texts, and what comparing them digit by digit says. */
async function answers(data: Dataset, texts: readonly string[], limit: number | bigint, listed: readonly bigint[]) {
  const relation = await relationOf(data)
  const metrics = [distinctCount('v'), topValues('v', 1000)] as const
  const found = await runMetrics(metrics, relation)
  const [distinct, categories] = metrics.map(({ key }) => found.get(key)) as readonly unknown[] as [
    { value: number },
    { value: readonly unknown[] },
  ]
  const counts = new Map<bigint, number>()
  for (const text of texts) counts.set(exact(text), (counts.get(exact(text)) ?? 0) + 1)
  const edge = exact(String(limit))
  const many = (holds: (value: bigint) => boolean): number => texts.filter((text) => holds(exact(text))).length
  const v = data.column('v')
  const got = {
    distinct: distinct.value,
    unique: await failed(uniqueKey(data, 'v')),
    min: await failed(valuesBetween(v, { min: limit })),
    max: await failed(valuesBetween(v, { max: limit })),
    gt: await failed(valuesBetween(v, { gt: limit })),
    lt: await failed(valuesBetween(v, { lt: limit })),
    among: await failed(valuesIn(v, listed)),
    where: (await data.where({ v: listed }).rows()).length,
  }
  const among = new Set(listed.map((value) => exact(String(value))))
  const naive = {
    distinct: counts.size,
    unique: many((value) => (counts.get(value) as number) > 1),
    min: many((value) => value < edge),
    max: many((value) => value > edge),
    gt: many((value) => value <= edge),
    lt: many((value) => value >= edge),
    among: many((value) => !among.has(value)),
    where: many((value) => among.has(value)),
  }
  return { got, naive, categories: categories.value.length }
}

describe(`identity and limits are exact (seed ${SEED})`, () => {
  test.each(Object.entries(ofIntegers))('integers of %s', async (name, open) => {
    const samples = fc.sample(fc.tuple(fc.array(integers, { minLength: 2, maxLength: 40 }), integers), {
      numRuns: 4,
      seed: SEED,
    })
    for (const [texts, limit] of samples) {
      const data = await open(texts)
      const listed = [BigInt(limit), ...texts.slice(0, 3).map(BigInt)]
      const { got, naive, categories } = await answers(data, texts, BigInt(limit), listed)
      expect(got, `${name}: ${texts.join()} ${limit}`).toEqual(naive)
      if (name !== 'CSV declared number') expect(categories).toBe(naive.distinct)
    }
  })

  test.each(Object.entries(ofDecimals))('decimals of %s', async (name, open) => {
    const limits = fc.constantFrom(
      0.3,
      -0.3,
      1.5,
      Number('90071992547409.93'),
      0.305,
      10n ** 30n,
      -(10n ** 30n),
      12345678901234568n,
    )
    const samples = fc.sample(fc.tuple(fc.array(decimals, { minLength: 2, maxLength: 30 }), limits), {
      numRuns: 5,
      seed: SEED,
    })
    for (const [texts, limit] of samples) {
      const { got, naive } = await answers(await open(texts), texts, limit, [3n, 12345678901234568n])
      expect(got, `${name}: ${texts.join()} ${limit}`).toEqual(naive)
    }
  })

  test('a reference is held by value, between whatever formats', async () => {
    const there = ['1234567890123456789012', '1234567890123456789014', '5', '2.5']
    const here = ['1234567890123456789012', '1234567890123456789013', '5.00', '2.50', '6']
    const target = file('csv', `id\n${there.join('\n')}\n`)
    const other = dataset(target, { name: 'there' })
    for (const open of [
      csv,
      ofDecimals['CSV declared number'] as Open,
      (texts: readonly string[]) => parquet(texts, 'decimal(38,4)'),
    ])
      expect(await failed(keyExists(await open(here), 'v', other, 'id'))).toBe(2)
  })
})
