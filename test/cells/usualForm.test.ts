import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lexical, valueOfText } from '../../src/cells/lexical.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import type { LogicalType } from '../../src/sql/dialect.ts'
import { raw, type Sql, sql } from '../../src/sql/sql.ts'

const SEED = 20_261_126
const MANY = 1_000_000
const text = raw('x')

/** The texts of a table whose value is another than that of grammar and cast. */
async function misread(type: LogicalType, texts: Sql): Promise<readonly unknown[]> {
  const engine = await sharedDuckDB()
  const { dialect } = engine
  const value = valueOfText(text, type, dialect, { rows: MANY })
  const truth = sql`case when ${dialect.matches(text, lexical[type] as string)} then ${dialect.tryCast(text, type)} end`
  return engine.query(sql`select x, ${value}::varchar as value, ${truth}::varchar as truth from ${texts}
    where ${value} is distinct from ${truth} limit 20`)
}

/** A table of all texts of up to so many of the characters. */
const everyText = (characters: string, most: number): Sql => {
  const each = sql`(select unnest(['', ${raw(Array.from(characters, (one) => `chr(${one.codePointAt(0)})`).join(', '))}]))`
  const places = Array.from({ length: most }, (_, i) => ({ place: raw(`p${i}`), cell: raw(`p${i}.c`) }))
  const from = places.map(({ place }) => sql`${each} as ${place}(c)`)
  const [first, ...more] = from as [Sql, ...Sql[]]
  const [cell, ...cells] = places.map(({ cell }) => cell) as [Sql, ...Sql[]]
  const joined = more.reduce((all, one) => sql`${all}, ${one}`, first)
  const concatenated = cells.reduce((all, one) => sql`${all} || ${one}`, cell)
  return sql`(select distinct ${concatenated} as x from ${joined}) as t`
}

const listed = (texts: readonly string[]): Sql =>
  sql`(select unnest(${JSON.stringify(texts)}::json::varchar[]) as x) as t`

describe('the value of a text is the same whichever way it is proven to be written like its type', () => {
  test('of every short text of what stands in numbers, or seems to', async () => {
    expect(await misread('number', everyText('019.-+eE_, \t\vxn\u{a0}٣', 3))).toEqual([])
  })

  test.each(['integer', 'boolean', 'date', 'timestamp'] as const)('of every short text as %s', async (type) => {
    expect(await misread(type, everyText('01.-+e_ \ttTfx:', 3))).toEqual([])
  })

  const ends = ['', ' ', '\t', '\n', '\v', '\f', '\r', '\0', '_', '-', '+', '0', '.', 'e', "'", '\u{a0}', '\u{ff10}']
  const cores: Partial<Record<LogicalType, string>> = {
    number: `1|0|0.5|12.75|1e5|1E-7|.5|5.|1_000|1_0.5|1__0|0_1|0x1F|0b1|1,5|1 000|nan|NaN|NAN|inf|INF|Infinity|infinity
      |nan(1)|iNf|007|00.5|1e400|1e-400|٣|${'9'.repeat(40)}|0.${'3'.repeat(60)}|1.7976931348623157e308|4.9e-324|1d|1f|1e
      |1e+|9\u{7f}`,
    integer: '0|7|007|1_000|1.0|1.|1e3|0x1F|0b11|9223372036854775807|9223372036854775808',
    date: '2024-02-29|2023-02-29|0044-03-15 (BC)|infinity|2024/02/29|2024-2-29|20-1-05-01|12024-01-01',
    timestamp: `2024-02-29 10:00:00|2024-02-29T10:00:00|2024-02-29 10:00:0|2024-2-29  10:00:00|2024-02-29  1:00:00
      |2024-02-29 10:00:00.5|2024-02-29 10:00+01|2024/02/29 10:00:00|0044-03-15 (BC) 10:00:00|-infinity`,
    boolean: 'true|false|True|FALSE|t|F|yes|1|0|tRuE',
  }
  test.each(Object.entries(cores))('of what %s look like, with something before or after it', async (type, looks) => {
    const texts = looks.split(/\s*[|]/)
    const all = ends.flatMap((start) => texts.flatMap((one) => ends.map((end) => `${start}${one}${end}`)))
    expect(await misread(type as LogicalType, listed(all))).toEqual([])
  })

  const types = ['integer', 'number', 'boolean', 'date', 'timestamp'] as const
  test.each(types)(`of texts that are nearly %s (seed ${SEED})`, async (type) => {
    const shaped = fc.stringMatching(new RegExp(lexical[type] as string))
    const changed = fc
      .tuple(shaped, fc.nat(20), fc.constantFrom(...ends, 'T', 'Z', ':', '/', '9'), fc.nat(1))
      .map(([one, at, put, gone]) => one.slice(0, at) + put + one.slice(at + gone))
    const texts = fc.sample(fc.oneof(shaped, changed), { numRuns: 4000, seed: SEED })
    expect(await misread(type, listed(texts))).toEqual([])
  })
})
