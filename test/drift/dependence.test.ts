import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import { permutationTest } from '../../src/stats/permutation.ts'
import { designEffect, largestDesignEffect } from '../../src/stats/designEffect.ts'
import { numberOf } from '../helpers/blocks.ts'
import { temporaryFile } from '../helpers/files.ts'
import { compare, many, normal, random } from './data.ts'

/** Sessions of rows that share all (alike: 1) or nothing (0) of what they are. */
function sessions(count: number, rows: number, alike: number, next: () => number, first = 0) {
  return many(count, (session) => {
    const [level, words] = [normal(next), next()]
    return many(rows, () => ({
      session_id: `s-${first + session}`,
      x: Math.sqrt(alike) * level + Math.sqrt(1 - alike) * normal(next),
      word: (next() < alike ? words : next()) < 0.3 ? 'app' : 'web',
    }))
  }).flat()
}

describe('rows that belong together', () => {
  test('are shuffled as wholes by a permutation test, those of no cluster one by one', async () => {
    const next = random(12)
    const side = (first: number) =>
      sessions(40, 8, 0.8, next, first).map((row, i) => (i % 20 === 0 ? { ...row, session_id: null } : row))
    const [now, then] = [side(0), side(100)]
    const [result] = await compare(dataset(now), dataset(then), {
      clusterBy: 'session_id',
      method: { x: 'permutation' },
      columns: ['x'],
    })
    const blocks = [...now, ...then].map(({ session_id }, i) =>
      session_id === null ? -1 - i : Number(session_id.slice(2)),
    )
    const values = (rows: typeof now) => Float64Array.from(rows, ({ x }) => x)
    const { p } = permutationTest(values(now), values(then), { blocks })
    expect(Math.abs((numberOf(result)?.p as number) - p)).toBeLessThan(0.08)
  })

  test('weigh as many as clusters where they are equal, and as all rows where they are not alike', async () => {
    const next = random(7)
    const compared = async (alike: number) => {
      const [now, then] = [dataset(sessions(60, 20, alike, next)), dataset(sessions(60, 20, alike, next, 100))]
      const [x] = await compare(now, then, { clusterBy: 'session_id' })
      const [, rows] = /1,200 rows weigh as (\d{1,3}(?:,\d{3})?)/.exec(numberOf(x)?.note ?? '') ?? []
      return { result: x, rows: Number(rows?.replace(',', '')) }
    }
    const equal = await compared(1)
    expect(equal.rows).toBeGreaterThanOrEqual(45)
    expect(equal.rows).toBeLessThanOrEqual(80)
    expect(equal.result?.status).toBe('inconclusive')
    const free = await compared(0)
    expect(free.rows).toBeGreaterThan(600)
    expect(free.result?.status).toBe('pass')
  })

  test('weigh as many as clusters where they hardly differ: no session failed is little evidence of three', async () => {
    const flags = (count: number, rows: number, first = 0) =>
      many(count * rows, (i) => ({ session_id: `s-${first + (i % count)}`, failed: false, paid: 9 }))
    const statuses = async (count: number, rows: number) => {
      const reference = dataset(flags(600, 3, 1000))
      const results = await compare(dataset(flags(count, rows)), reference, { clusterBy: 'session_id' })
      return results.map(({ status }) => status)
    }
    expect(await statuses(3, 300)).toEqual(['inconclusive', 'inconclusive'])
    expect(await statuses(600, 3)).toEqual(['pass', 'pass'])
  })

  test('without it a call says that they are alike, and with it says nothing', async () => {
    const next = random(8)
    const [now, then] = [dataset(sessions(60, 20, 0.9, next)), dataset(sessions(60, 20, 0.9, next, 100))]
    const warned = (results: Awaited<ReturnType<typeof compare>>) =>
      results.filter(({ measured }) => measured === 'rows are not independent')
    const [said] = warned(await compare(now, then))
    expect(said).toMatchObject({ status: 'warn', blocking: false, subject: { column: 'session_id' } })
    expect(said?.message).toContain('give clusterBy: "session_id"')
    expect(warned(await compare(now, then, { clusterBy: 'session_id' }))).toEqual([])
    const free = dataset(sessions(60, 20, 0, next))
    expect(warned(await compare(free, dataset(sessions(60, 20, 0, next, 100))))).toEqual([])
  })

  test('a cluster column that a side lacks is an error with the nearest name', async () => {
    const rows = dataset(sessions(10, 2, 0, random(9)))
    const [result] = await compare(rows, rows, { clusterBy: 'sesion_id' })
    expect(result).toMatchObject({ status: 'error', message: expect.stringContaining('did you mean "session_id"?') })
    expect(() => noDriftFrom(rows, rows, { clusterBy: 5 as never })).toThrow(/clusterBy is the name of a column/)
  })

  test('the design effect is that of the variance between clusters, at most the rows of a cluster', () => {
    const moments = (sums: readonly number[], sizes: readonly number[]) => ({
      clusters: sizes.length,
      rows: sizes.reduce((all, n) => all + n, 0),
      squares: sizes.reduce((all, n) => all + n * n, 0),
      events: [
        {
          sum: sums.reduce((all, s) => all + s, 0),
          square: sums.reduce((all, s) => all + s * s, 0),
          cross: sums.reduce((all, s, i) => all + s * (sizes[i] as number), 0),
        },
      ],
    })
    // Half of 20 clusters of 10 are all so, half are not: the variance is that of 20 rows, but for n - 1.
    const equal = moments(
      many(20, (i) => (i < 10 ? 10 : 0)),
      many(20, () => 10),
    )
    expect(designEffect(equal)).toBe(10)
    expect(largestDesignEffect(equal)).toBe(10)
    const even = moments(
      many(20, () => 5),
      many(20, () => 10),
    )
    expect(designEffect(even)).toBe(1)
    expect(designEffect(moments([3], [10]))).toBeUndefined()
    const hardly = (sums: readonly number[]) =>
      moments(
        sums,
        many(sums.length, () => 10),
      )
    expect(designEffect(hardly([0, 0, 0]))).toBeUndefined()
    expect(designEffect(hardly([4, 0, 0]))).toBeUndefined()
    expect(designEffect(hardly([5, 0, 0]))).toBeGreaterThan(4)
  })
})

describe('rows that each stand several times in a cluster of their own', () => {
  const next = random(14)
  const side = (shift: number) =>
    many(300, (i) => ({
      x: i % 10 === 0 ? null : normal(next) + shift,
      word: next() < 0.3 + shift ? 'app' : next() < 0.5 ? 'web' : 'shop',
      paid: i % 9 === 0 ? null : next() < 0.4 + shift,
    }))
  const sides = { now: side(0.2), then: side(0) }
  const copies = (rows: ReturnType<typeof side>, times: number) =>
    rows.flatMap((row, i) => many(times, () => ({ ...row, order: `o-${i}` })))
  const numbers = (results: Awaited<ReturnType<typeof compare>>) =>
    results.map((result) => {
      const { interval, p, adjustedP } = numberOf(result) ?? {}
      return [result.subject.column, result.status, interval, p, adjustedP]
    })
  const byOrder = { clusterBy: 'order', except: ['order'] }

  test('weigh as each of them once, whatever they hold', async () => {
    const once = await compare(dataset(sides.now), dataset(sides.then))
    const weighed = await compare(dataset(copies(sides.now, 4)), dataset(copies(sides.then, 4)), byOrder)
    expect(numbers(weighed)).toEqual(numbers(once))
    expect(once.map(({ subject, status }) => [subject.column, status])).toEqual([
      ['x', 'inconclusive'],
      ['word', 'inconclusive'],
      ['paid', 'fail'],
    ])
    // The mean and the deviation of what is left are those of all.
    const welch = { method: { x: 'welch' }, findings: false } as const
    const [mine] = await compare(dataset(copies(sides.now, 4)), dataset(copies(sides.then, 4)), {
      ...byOrder,
      ...welch,
    })
    const [whole] = await compare(dataset(sides.now), dataset(sides.then), welch)
    expect(numberOf(mine)?.p).toBeCloseTo(numberOf(whole)?.p as number, 12)
    const [needed, each] = [weighed, once].map(([x]) =>
      Number(/about ([\d,]+) rows on each side/.exec(x?.message ?? '')?.[1]?.replace(',', '')),
    ) as [number, number]
    expect(Math.abs(needed - 4 * each)).toBeLessThanOrEqual(4)
  })

  test('so do those of a text file whose cells are none of their type, or missing', async () => {
    const file = async (rows: ReturnType<typeof side>, times: number) => {
      const lines = rows.flatMap(({ x, word }, i) =>
        many(times, () => `o-${i},${i % 8 === 0 ? '?' : (x ?? '')},${i % 7 === 0 ? '' : word === 'app'}`),
      )
      const path = await temporaryFile('side.csv', ['order,x,app', ...lines, ''].join('\n'))
      return dataset(path, { types: { x: 'number', app: 'boolean' } })
    }
    const once = await compare(await file(sides.now, 1), await file(sides.then, 1), { except: ['order'] })
    const weighed = await compare(await file(sides.now, 4), await file(sides.then, 4), byOrder)
    expect(numbers(weighed)).toEqual(numbers(once))
  })

  test('a row without a cluster is one of its own', async () => {
    const mixed = (rows: ReturnType<typeof side>, of: (i: number) => string | null) =>
      dataset(copies(rows, 3).map((row, i) => (i % 5 < 2 ? { ...row, order: of(i) } : row)))
    const told = async (of: (i: number) => string | null) =>
      numbers(await compare(mixed(sides.now, of), mixed(sides.then, of), byOrder))
    expect(await told(() => null)).toEqual(await told((i) => `alone-${i}`))
  })
})

test('each side is weighed by its own clusters: which one is the reference does not matter', async () => {
  const next = random(11)
  const one = dataset(sessions(60, 20, 1, next), { name: 'one' })
  const other = dataset(sessions(1200, 1, 0, next, 100), { name: 'other' })
  const told = async (now: typeof one, then: typeof one) => {
    const [result] = await compare(now, then, { clusterBy: 'session_id' })
    const { p, interval, value } = numberOf(result) ?? {}
    return [result?.status, p, interval, value]
  }
  expect(await told(one, other)).toEqual(await told(other, one))
})

describe('calls that are made together', () => {
  const rows = (seed: number, shift: number) => {
    const next = random(seed)
    return dataset(many(400, () => ({ a: normal(next) + shift, b: normal(next), c: normal(next) })))
  }

  test('on single columns are corrected like one call, one after another they are not', async () => {
    const [now, then] = [rows(1, 0.6), rows(2, 0)]
    const columns = ['a', 'b', 'c'] as const
    const whole = await compare(now, then)
    const p = (results: typeof whole) => results.map((result) => numberOf(result)?.adjustedP)
    const one = (name: (typeof columns)[number]) => noDriftFrom(now.column(name), then.column(name))
    expect(p(await evaluate(columns.map(one)))).toEqual(p(whole))
    const apart = await Promise.all(columns.map((name) => evaluate(one(name))))
    expect(p(apart.flat())).toEqual(p(whole))
    const [alone] = await evaluate(one('a'))
    expect(numberOf(alone)?.adjustedP).toBeCloseTo((numberOf(whole[0])?.adjustedP ?? 0) / 3, 12)
  })

  test('one that cannot run keeps nobody waiting', async () => {
    const [now, then] = [rows(3, 0), rows(4, 0)]
    const results = await evaluate([
      noDriftFrom(now.column('a'), then.column('a')),
      noDriftFrom(now.column('z' as 'a'), then.column('a')),
    ])
    expect(results.map(({ status }) => status)).toEqual(['inconclusive', 'error'])
  })
})

describe('numbers that doubles do not tell apart', () => {
  const integers = (by: bigint, count = 600) =>
    dataset({ n: BigInt64Array.from({ length: count }, (_, i) => 9_007_199_254_740_992n + 2n * BigInt(i % 50) + by) })

  test('are compared exactly', async () => {
    const [moved] = await compare(integers(1n).column('n'), integers(0n).column('n'), { limit: 0.01 })
    expect(numberOf(moved)?.value).toBeCloseTo(0.02, 12)
    const whole = (by: bigint) => dataset({ n: BigInt64Array.from({ length: 600 }, () => 9_007_199_254_740_992n + by) })
    const [apart] = await compare(whole(1n).column('n'), whole(0n).column('n'))
    expect(apart).toMatchObject({ status: 'fail', value: expect.closeTo(1, 2) })
    expect(apart?.message).toContain('9,007,199,254,740,993')
    const [counted] = await compare(whole(1n).column('n'), whole(0n).column('n'), { method: 'cramersV' })
    expect(counted).toMatchObject({ status: 'fail', value: expect.closeTo(1, 2) })
    const [same] = await compare(integers(0n).column('n'), integers(0n).column('n'))
    expect(same).toMatchObject({ status: 'pass', value: 0 })
  })

  test('decimals too', async () => {
    const { sql } = await import('../../src/sql/sql.ts')
    const cents = (by: string) =>
      dataset(
        sql`select (90071992547409.92 + i % 3)::decimal(20, 4) + ${by}::decimal(20, 4) as price from range(600) as t(i)`,
      )
    const [moved] = await compare(cents('0.0001').column('price' as never), cents('0').column('price' as never))
    expect(moved).toMatchObject({ status: 'fail' })
    expect(numberOf(moved)?.value).toBeCloseTo(1 / 3, 12)
  })

  test('a whole number is one category whatever its type', async () => {
    const side = (values: readonly number[]) => dataset({ n: values })
    const [same] = await compare(side(many(900, (i) => i % 3)), side(many(900, (i) => (i % 3) + (i === 0 ? 0.5 : 0))), {
      method: 'largestShare',
      findings: false,
    })
    expect(same).toMatchObject({ status: 'pass', value: expect.closeTo(1 / 900, 3) })
  })
})

describe('times', () => {
  const DAY = 86_400_000
  test('days are shown as days, and what is none as no time', async () => {
    const { sql } = await import('../../src/sql/sql.ts')
    const days = (from: number) =>
      dataset(sql`select date '2026-01-01' + (${from} + i % 90)::integer as day from range(900) as t(i)`)
    const [moved] = await compare(days(40).column('day' as never), days(0).column('day' as never))
    expect(moved?.message).toMatch(/rows up to 2026-0\d-\d\d \d/)
    expect(moved?.message).toMatch(/median 2026-02-\d\d → 2026-03-\d\d/)
    expect(moved?.message).not.toContain('T00:00')
  })

  test('a zone on one side alone is said', async () => {
    const { sql } = await import('../../src/sql/sql.ts')
    const zoned = dataset(
      sql`select (timestamp '2026-01-01' + to_hours(i::integer)) at time zone 'UTC' as at from range(900) as t(i)`,
    )
    const bare = dataset(sql`select timestamp '2026-01-01' + to_hours(i::integer) as at from range(900) as t(i)`)
    const results = await compare(zoned, bare)
    expect(results.at(-1)).toMatchObject({ status: 'warn', blocking: false, subject: { column: 'at' } })
    expect(results.at(-1)?.message).toContain('"at" (not in the reference)')
    expect((await compare(bare, bare)).map(({ status }) => status)).not.toContain('warn')
    const dates = dataset(many(900, (i) => ({ at: new Date(DAY * 20_000 + i * 3_600_000) })))
    expect((await compare(dates, zoned)).map(({ status }) => status)).not.toContain('warn')
  })
})
