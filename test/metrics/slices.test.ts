import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  evaluate,
  noMissing,
  rowCount,
  sumBetween,
  uniqueKey,
  valueLengthBetween,
  valuesBetween,
  valuesIn,
} from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import type { Relation } from '../../src/engine/engine.ts'
import type { Filter } from '../../src/dataset/filter.ts'
import { retyped } from '../../src/cells/retyped.ts'
import { countWhere, distinctCount, rowCount as rowsOf } from '../../src/metrics/index.ts'
import { approximateDistinct } from '../../src/metrics/approximate.ts'
import { scansOf } from '../../src/metrics/answers.ts'
import { runMetrics } from '../../src/metrics/run.ts'
import { blockOf } from '../../src/results/blocks/index.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { isSql, sql } from '../../src/sql/sql.ts'
import { folderWith, temporaryFile } from '../helpers/files.ts'

/** A cell as a text file has it, and what it is. */
const cells = {
  part: ['a', 'b', "c'; --", '', 'n/a'],
  n: ['1', '2', '2', '10', 'x', '', 'n/a', '-3', '-5'],
  word: ['ab', 'abc', '', 'n/a', '😀'],
} as const
type Row = { readonly [name in keyof typeof cells]: string }
const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  part: fc.constantFrom(...cells.part),
  n: fc.constantFrom(...cells.n),
  word: fc.constantFrom(...cells.word),
})

const missing = (text: string): boolean => text === '' || text === 'n/a'
const number = (text: string): number | undefined => (/^-?\d+$/.test(text) ? Number(text) : undefined)

/** Slices, each in words of Assay and of JavaScript. */
const slices: readonly (readonly [Filter | undefined, (row: Row) => boolean])[] = [
  [undefined, () => true],
  [{ part: 'a' }, ({ part }) => part === 'a'],
  [{ part: ['a', 'b'] }, ({ part }) => part === 'a' || part === 'b'],
  [{ part: null }, ({ part }) => missing(part)],
  [{ part: "c'; --", n: 2 }, ({ part, n }) => part === "c'; --" && n === '2'],
  [{ n: [2, null] }, ({ n }) => n === '2' || missing(n)],
  [sql`n > ${1}`, ({ n }) => (number(n) ?? Number.NEGATIVE_INFINITY) > 1],
  [sql`t.n > 1 or t.part = 'b' -- a comment`, ({ n, part }) => (number(n) ?? -9) > 1 || part === 'b'],
  [sql`n is null`, ({ n }) => number(n) === undefined],
  [{ part: 'nowhere' }, () => false],
]

const asked = (data: Dataset) => [
  rowCount(data, { min: 2 }),
  noMissing(data.column('part'), { mostly: 0.5 }),
  valuesBetween(data.column('n'), { min: 0, max: 9 }),
  sumBetween(data.column('n'), { min: 0, max: 20 }),
  valuesIn(data.column('part'), ['a', 'b']),
  valueLengthBetween(data.column('word'), { min: 2, max: 2 }),
  uniqueKey(data, ['part', 'word']),
]

/** What each check comes to, from the rows. */
function truth(rows: readonly (Row & { readonly at: number })[]): readonly unknown[] {
  const of = (column: keyof Row, breaks: (text: string) => boolean) => {
    const present = rows.filter((row) => !missing(row[column]))
    const failing = present.filter((row) => breaks(row[column]))
    return counted(
      rows.length,
      present.length,
      failing.map(({ at }) => at),
    )
  }
  const keys = rows.filter(({ part, word }) => !missing(part) && !missing(word))
  const times = (row: Row) => keys.filter(({ part, word }) => part === row.part && word === row.word).length
  const numbers = rows.flatMap(({ n }) => number(n) ?? [])
  const unread = rows.filter(({ n }) => !missing(n) && number(n) === undefined)
  const total = numbers.reduce((a, b) => a + b, 0)
  const gaps = rows.filter(({ part }) => missing(part)).map(({ at }) => at)
  return [
    { value: rows.length, status: rows.length >= 2 ? 'pass' : 'fail' },
    rows.length === 0
      ? { status: 'vacuous' }
      : {
          status: (rows.length - gaps.length) / rows.length >= 0.5 ? 'pass' : 'fail',
          counts: { rows: rows.length, missing: 0, tested: rows.length, failed: gaps.length },
        },
    of('n', (text) => {
      const value = number(text)
      return value === undefined || value < 0 || value > 9
    }),
    unread.length > 0
      ? { status: 'fail', rowNumbers: unread.map(({ at }) => at) }
      : numbers.length === 0
        ? { status: 'vacuous' }
        : { status: total >= 0 && total <= 20 ? 'pass' : 'fail', value: total },
    of('part', (text) => text !== 'a' && text !== 'b'),
    of('word', (text) => text.match(/./gsu)?.length !== 2),
    counted(
      rows.length,
      keys.length,
      keys.filter((row) => times(row) > 1).map(({ at }) => at),
    ),
  ]
}

function counted(rows: number, tested: number, failing: readonly number[]): unknown {
  const status = tested === 0 ? 'vacuous' : failing.length > 0 ? 'fail' : 'pass'
  return {
    status,
    counts: { rows, missing: rows - tested, tested, failed: failing.length },
    ...(status === 'fail' ? { rowNumbers: failing } : {}),
  }
}

function essence(result: CheckResult, expected: unknown): unknown {
  const { status, value, counts } = result
  const all = { status, value, counts, rowNumbers: blockOf(result, 'rows')?.rowNumbers }
  return Object.fromEntries(Object.keys(expected as object).map((name) => [name, all[name as keyof typeof all]]))
}

async function holdsFor(rows: readonly Row[], data: Dataset): Promise<void> {
  const numbered = rows.map((row, i) => ({ ...row, at: i + 1 }))
  const parts = [
    ...slices.map(([filter, keeps]) => ({
      part: filter ? data.where(filter) : data,
      kept: numbered.filter(keeps),
      bySql: isSql(filter),
    })),
    // A slice of a slice, whose condition only makes sense of what is left.
    {
      bySql: true,
      part: data
        .where(sql`n > 0`)
        .where(sql`10 % n = 0`)
        .where({ part: ['a', 'b'] }),
      kept: numbered.filter(
        ({ n, part }) => (number(n) ?? 0) > 0 && 10 % Number(n) === 0 && 'ab'.includes(part) && part,
      ),
    },
  ]
  const results = (await Promise.all(parts.map(({ part }) => evaluate(asked(part))))).map((list) =>
    list.filter(({ kind }) => kind !== 'wellFormed'),
  )
  // A filter in SQL would take such a cell for missing.
  const unread = rows.some(({ n }) => !missing(n) && number(n) === undefined)
  parts.forEach(({ part, kept, bySql }, i) => {
    const expected = bySql && unread ? truth(kept).map(() => ({ status: 'error' })) : truth(kept)
    const got = expected.map((one, j) => essence(results[i]?.[j] as CheckResult, one))
    expect([part.slice, got]).toEqual([part.slice, expected])
  })
}

test('slices asked together are judged as plain JavaScript judges their rows, in a text file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rowArbitrary, { minLength: 1, maxLength: 19 }), async (rows) => {
      const text = rows.map(({ part, n, word }) => `${part},${n},${word}\n`).join('')
      const file = await temporaryFile('rows.csv', `part,n,word\n${text}`)
      // Declared, since a column's type would be read off its first rows, and these are all there are.
      const options = { missing: ['', 'n/a'], types: { part: 'string', n: 'integer', word: 'string' } } as const
      await holdsFor(rows, dataset(file, options))
    }),
    { numRuns: 8 },
  )
})

test('ten slices of a text file, and all of it, take one scan', async () => {
  const text = Array.from({ length: 200 }, (_, i) => `${i % 10},${i},w${i % 3}\n`).join('')
  const data = dataset(await temporaryFile('rows.csv', `part,n,word\n${text}`))
  const parts = [data, ...Array.from({ length: 40 }, (_, part) => data.where({ part }))]
  const sums = await Promise.all(
    parts.map((part) => evaluate([sumBetween(part.column('n'), { min: 0 }), rowCount(part, 20)])),
  )
  expect(sums.map(([sum]) => sum?.value ?? null)).toEqual([
    19_900,
    ...Array.from({ length: 10 }, (_, i) => 1900 + 20 * i),
    ...Array.from({ length: 30 }, () => null),
  ])
  for (const part of parts) expect(scansOf(await relationOf(part))).toBe(1)
  expect(new Set(sums.flat().flatMap(({ sql: queries = [] }) => queries)).size).toBe(1)
})

test('keys of slices without a common row share a GROUP BY, and those of others are counted apart', async () => {
  const data = dataset(Array.from({ length: 60 }, (_, i) => ({ part: i % 3, key: i % 2 === 0 ? 0 : i, n: i })))
  const disjoint = [0, 1, 2].map((part) => data.where({ part }))
  const repeats = (list: readonly Dataset[]) =>
    Promise.all(list.map(async (part) => (await evaluate(uniqueKey(part, 'key')))[0]?.counts?.failed))
  expect(await repeats(disjoint)).toEqual([10, 10, 10])
  for (const part of disjoint) expect(scansOf(await relationOf(part))).toBe(2)
  const nested = [data, data.where(sql`n < 30`), data.where(sql`n < 2`)]
  expect(await repeats(nested)).toEqual([30, 15, 0])
})

test('slices of a column that is read anew share their scan too', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `${'ab'[i % 2]},${i === 0 ? 'x' : i}\n`)
  const data = dataset(await temporaryFile('rows.csv', `part,n\n${rows.join('')}`))
  const [a, b] = ['a', 'b'].map((part) => data.where({ part })) as [Dataset, Dataset]
  const results = await evaluate([a, b, data].map((part) => valuesBetween(part.column('n'), { min: 10 })))
  expect(results.map(({ counts }) => counts)).toEqual([
    { rows: 15, missing: 0, tested: 15, failed: 5 },
    { rows: 15, missing: 0, tested: 15, failed: 5 },
    { rows: 30, missing: 0, tested: 30, failed: 10 },
  ])
  const types = (relation: Relation) => retyped(relation, [{ type: 'string' }, { type: 'integer' }])
  const seen = await Promise.all([a, b, data].map(async (part) => types(await relationOf(part))))
  const large = countWhere({ key: 'large', columns: ['n'], sql: () => sql`n > 5` })
  const before = seen.map(scansOf)
  await Promise.all(seen.map((relation) => runMetrics([large, distinctCount('n')], relation)))
  expect(seen.map((relation, i) => scansOf(relation) - (before[i] as number))).toEqual([1, 1, 2])
})

test('slices asked of two readings of their cells are each read as they are asked', async () => {
  const rows = Array.from({ length: 30 }, (_, i) => `${'ab'[i % 2]},${i % 3 === 0 ? '1.0' : '1'}\n`)
  const data = dataset(await temporaryFile('rows.csv', `part,n\n${rows.join('')}`), { types: { n: 'string' } })
  const parts = await Promise.all(['a', 'b'].map((part) => relationOf(data.where({ part }))))
  const views = parts.flatMap((part) => [part, retyped(part, [{ type: 'string' }, { type: 'number' }])])
  const found = await Promise.all(views.map((view) => runMetrics([distinctCount('n')], view)))
  expect(found.map((results) => ([...results.values()][0] as { value: unknown }).value)).toEqual([2, 1, 2, 1])
})

test('slices of one reading and of another that only takes other texts for missing are told apart', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${'ab'[i % 2]},${i % 4 === 0 ? '-' : 'x'}\n`)
  const data = dataset(await temporaryFile('rows.csv', `part,n\n${rows.join('')}`))
  const parts = await Promise.all(['a', 'b'].map((part) => relationOf(data.where({ part }))))
  const views = parts.flatMap((part) => [part, retyped(part, [{ type: 'string' }, { type: 'string', missing: ['-'] }])])
  const present = countWhere({ key: 'present', columns: ['n'], sql: () => sql`n is not null` })
  const found = await Promise.all(views.map((view) => runMetrics([present], view)))
  expect(found.map((results) => ([...results.values()][0] as { value: unknown }).value)).toEqual([10, 5, 10, 10])
})

test('slices in SQL that are asked together take one scan, however long each takes to be cut', async () => {
  const text = Array.from({ length: 100 }, (_, i) => `${i % 10},${i}\n`).join('')
  const data = dataset(await temporaryFile('rows.csv', `part,n\n${text}`))
  const parts = Array.from({ length: 10 }, (_, part) => data.where(sql`part = ${part}`))
  const results = await evaluate(parts.map((part) => rowCount(part, 10)))
  expect(results.map(({ status }) => status)).toEqual(parts.map(() => 'pass'))
  expect(new Set(results.flatMap(({ sql: queries = [] }) => queries)).size).toBe(1)
})

test('a condition that looks at other rows is an error beside slices that are fine', async () => {
  const data = dataset(Array.from({ length: 40 }, (_, i) => ({ part: i % 4 })))
  for (const wrong of [sql`row_number() over () < 3`, sql`unnest([true, true])`, sql`part > avg(part) over ()`]) {
    const results = await evaluate([data.where({ part: 1 }), data.where(wrong), data].map((part) => rowCount(part, 10)))
    expect(results.map(({ status }) => status)).toEqual(['pass', 'error', 'fail'])
  }
})

test('a key of a text file that holds takes no scan of its own, rows without one or not', async () => {
  const text = Array.from({ length: 50 }, (_, i) => `${i % 5 === 0 ? '' : i},${i % 2}\n`).join('')
  const data = dataset(await temporaryFile('rows.csv', `id,n\n${text}`))
  const results = await evaluate([uniqueKey(data, 'id'), uniqueKey(data, ['id', 'n']), rowCount(data, 50)])
  expect(results.map(({ status, counts }) => [status, counts?.tested])).toEqual([
    ['pass', 40],
    ['pass', 40],
    ['pass', undefined],
  ])
  expect(scansOf(await relationOf(data))).toBe(1)
  const [broken] = await evaluate(uniqueKey(data, 'n'))
  expect(broken?.counts).toEqual({ rows: 50, missing: 0, tested: 50, failed: 50 })
})

test('a slice that cannot be evaluated breaks its own checks only', async () => {
  const data = dataset(Array.from({ length: 40 }, (_, i) => ({ part: i % 4, text: i === 7 ? 'x' : String(i) })))
  const good = [0, 1, 2].map((part) => data.where({ part }))
  const bad = [
    data.where(sql`cast(text as integer) > 3`),
    data.where(sql`error('no') is null`),
    data.where({ part: 3 }).where(sql`1 / 0 = cast(text as integer)`),
  ]
  const wrong = [
    data.where({ nope: 1 } as never),
    data.where(sql`nope = 1`),
    data.where(sql`part > avg(part)`),
    data.where(sql`row_number() over () < 3`),
    data.where(sql`unnest([true, true])`),
  ]
  const results = await evaluate([...good, ...bad, ...wrong, data].map((part) => rowCount(part, 10)))
  expect(results.map(({ status }) => status)).toEqual([
    'pass',
    'pass',
    'pass',
    ...[...bad, ...wrong].map(() => 'error'),
    'fail',
  ])
})

test('more slices than an integer has bits, each with rows of others, are told apart', async () => {
  const data = dataset(Array.from({ length: 70 }, (_, n) => ({ n })))
  const parts = Array.from({ length: 65 }, (_, i) => data.where(sql`n >= ${i}`))
  const counts = await Promise.all(parts.map(async (part) => (await evaluate(rowCount(part, { min: 1 })))[0]?.value))
  expect(counts).toEqual(parts.map((_, i) => 70 - i))
})

test('slices that cut the rows into more pieces than are handed over are asked in parts', async () => {
  const rows = Array.from({ length: 9000 }, (_, n) => ({ n }))
  const data = dataset(rows)
  const parts = Array.from({ length: 14 }, (_, bit) => data.where(sql`(n // ${2 ** bit}) % 2 = 1`))
  const asked = [rowsOf(), countWhere({ key: 'small', columns: ['n'], sql: () => sql`n < 100` })]
  const found = await Promise.all(parts.map(async (part) => runMetrics(asked, await relationOf(part))))
  expect(found.map((values) => asked.map(({ key }) => (values.get(key) as { value: unknown }).value))).toEqual(
    parts.map((_, bit) => {
      const kept = rows.filter(({ n }) => (n >> bit) & 1)
      return [kept.length, kept.filter(({ n }) => n < 100).length]
    }),
  )
})

test('what no parts tell of a whole is asked of each slice', async () => {
  const data = dataset(Array.from({ length: 100 }, (_, n) => ({ n })))
  const parts = [data, data.where(sql`n < 50`), data.where(sql`n < 10`)]
  const found = await Promise.all(
    parts.map(async (part) => runMetrics([approximateDistinct('n')], await relationOf(part))),
  )
  const values = found.map((results) => Number(([...results.values()][0] as { value: unknown }).value))
  ;[100, 50, 10].forEach((distinct, i) => {
    expect(values[i]).toBeGreaterThan(distinct * 0.8)
    expect(values[i]).toBeLessThan(distinct * 1.2)
  })
})

test('what a source lacks is told of its slices, once', async () => {
  const file = await temporaryFile('rows.csv', 'part,n\na,1\nb,2,3\na,4\n')
  const data = dataset(file)
  const results = await evaluate(
    [data.where({ part: 'a' }), data.where({ part: 'b' })].map((part) => rowCount(part, 2)),
  )
  expect(results.map(({ kind, status, value }) => [kind, status, value])).toEqual([
    ['rowCount', 'pass', 2],
    ['rowCount', 'fail', 0],
    ['wellFormed', 'fail', 1],
  ])
})

test('failing rows of slices of several files stand in their files', async () => {
  const folder = await folderWith({ '1.csv': 'part,n\na,1\nb,-1\n', '2.csv': 'part,n\nb,2\na,-2\n' })
  const data = dataset(`${folder}/*.csv`)
  const results = await evaluate(
    [data.where({ part: 'a' }), data.where({ part: 'b' })].map((part) => valuesBetween(part.column('n'), { min: 0 })),
  )
  expect(
    results
      .map((result) => blockOf(result, 'rows'))
      .map((rows) => [rows?.rowNumbers, rows?.files?.map((file) => file.slice(-5)), rows?.lines]),
  ).toEqual([
    [[2], ['2.csv'], [3]],
    [[2], ['1.csv'], [3]],
  ])
})

test('a file that is written anew is another one, for its slices too', async () => {
  const { writeFile } = await import('node:fs/promises')
  const file = await temporaryFile('rows.csv', 'part,n\na,1\nb,2\n')
  const data = dataset(file)
  const parts = [data, data.where({ part: 'a' }), data.where({ part: 'b' })]
  const sums = async () =>
    (await evaluate(parts.map((part) => sumBetween(part.column('n'), { min: 0 })))).map(({ value }) => value)
  expect(await sums()).toEqual([3, 1, 2])
  await writeFile(file, 'part,n\na,5\nb,6\n')
  expect(await sums()).toEqual([11, 5, 6])
})
