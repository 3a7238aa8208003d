import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { portableRegex } from '../../src/sql/portableRegex.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { join, sql } from '../../src/sql/sql.ts'
import { openPostgres } from '../helpers/pglite.ts'
import { patterns, texts } from '../helpers/regexes.ts'

const seed = 20_261_124

interface Case {
  readonly source: string
  readonly flags: string
  readonly portable: string
}

function cases(count: number): Case[] {
  const drawn = fc.sample(fc.tuple(patterns, fc.constantFrom('u', 'iu', 'su')), { numRuns: count, seed })
  return drawn.flatMap(([source, flags]) => {
    const portable = portableRegex(source, flags)
    return portable === undefined ? [] : [{ source, flags, portable }]
  })
}

const samples = [...new Set(['', 'a', 'ab', '$a', 'a%b', ...fc.sample(texts, { numRuns: 95, seed })])]
const expected = ({ source, flags }: Case) => samples.map((text) => new RegExp(source, flags).test(text))

describe('a translated regular expression matches what RegExp matches', () => {
  for (const [name, count, open] of [
    ['DuckDB', 1200, sharedDuckDB],
    ['Postgres', 200, openPostgres],
  ] as const) {
    test(`in a table, on ${name} (seed ${seed})`, async () => {
      const engine = await open()
      const all = cases(count)
      expect(all.length).toBeGreaterThan(count / 2)
      // Of a table, not of constants: what engines fold they do not rewrite.
      const values = join(samples.map((text, i) => sql`(cast(${i} as integer), cast(${text} as varchar))`))
      await engine.query(sql`create temp table regex_texts as select * from (values ${values}) as t(i, s)`)
      const wrong: unknown[] = []
      for (let start = 0; start < all.length; start += 100) {
        const part = all.slice(start, start + 100)
        const matched = join(part.map(({ portable }) => engine.dialect.matches(sql`s`, portable)))
        const rows = await engine.query(sql`select ${matched} from regex_texts order by i`)
        part.forEach((one, k) => {
          const wanted = expected(one)
          rows.forEach((row, i) => {
            if (row[k] !== wanted[i]) wrong.push({ ...one, text: samples[i], engine: row[k] })
          })
        })
      }
      await engine.query(sql`drop table regex_texts`)
      expect(wrong).toEqual([])
    })
  }
})

test('generated expressions both match and fail to match', () => {
  const outcomes = cases(500).flatMap(expected)
  const share = outcomes.filter(Boolean).length / outcomes.length
  expect(share).toBeGreaterThan(0.1)
  expect(share).toBeLessThan(0.9)
})

describe('what cannot be kept is not translated', () => {
  for (const [source, flags] of [
    ['(?=a)b', 'u'],
    ['(?!a)b', 'u'],
    ['(?<=a)b', 'u'],
    ['(?<!a)b', 'u'],
    ['(a)\\1', 'u'],
    ['(?<x>a)\\k<x>', 'u'],
    ['\\bword\\b', 'u'],
    ['\\p{L}', 'u'],
    ['[\\p{L}]', 'u'],
    ['^a$', 'mu'],
    ['é', 'iu'],
    ['[α-ω]', 'iu'],
    ['\\W', 'iu'],
    ['a{256}', 'u'],
    ['(?:a{20}){20}', 'u'],
    ['[a&&b]', 'v'],
    ['\\ud800', 'u'],
  ] as const) {
    test(`/${source}/${flags}`, () => {
      expect(portableRegex(source, flags)).toBeUndefined()
    })
  }
})
