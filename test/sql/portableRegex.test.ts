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
  readonly text: string
}

function cases(count: number): Case[] {
  const found: Case[] = []
  const drawn = fc.sample(
    fc.tuple(patterns, fc.constantFrom('u', 'iu', 'su'), fc.array(texts, { minLength: 6, maxLength: 6 })),
    {
      numRuns: count,
      seed,
    },
  )
  for (const [source, flags, samples] of drawn) {
    const portable = portableRegex(source, flags)
    if (portable !== undefined) for (const text of samples) found.push({ source, flags, portable, text })
  }
  return found
}

const expected = ({ source, flags, text }: Case) => new RegExp(source, flags).test(text)

describe('a translated regular expression matches what RegExp matches', () => {
  for (const [name, count, open] of [
    ['DuckDB', 1500, sharedDuckDB],
    ['Postgres', 300, openPostgres],
  ] as const) {
    test(`on ${name} (seed ${seed})`, async () => {
      const engine = await open()
      const all = cases(count)
      expect(all.length).toBeGreaterThan(count * 3)
      const wrong: unknown[] = []
      for (let start = 0; start < all.length; start += 200) {
        const part = all.slice(start, start + 200)
        const [row] = await engine.query(
          sql`select ${join(part.map(({ text, portable }) => engine.dialect.matches(sql`cast(${text} as varchar)`, portable)))}`,
        )
        part.forEach((one, i) => {
          if (row?.[i] !== expected(one)) wrong.push({ ...one, engine: row?.[i] })
        })
      }
      expect(wrong).toEqual([])
    })
  }
})

test('generated expressions both match and fail to match', () => {
  const outcomes = cases(500).map(expected)
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
