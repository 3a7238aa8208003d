import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate, meanBetween, sameSum, sumBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { exactMean, exactSum } from '../../src/metrics/exactSum.ts'
import { runMetrics } from '../../src/metrics/run.ts'
import { decimalText } from '../../src/cells/decimals.ts'
import { join, raw, sql } from '../../src/sql/sql.ts'
import { seeded } from '../../src/stats/random.ts'
import { temporaryFile } from '../helpers/files.ts'

/** A double as an integer of 2^-1074, the least there is. */
function units(value: number): bigint {
  const bits = new BigUint64Array(Float64Array.of(Math.abs(value)).buffer)[0] as bigint
  const exponent = bits >> 52n
  const digits = bits & ((1n << 52n) - 1n)
  const size = exponent === 0n ? digits : (digits | (1n << 52n)) << (exponent - 1n)
  return value < 0 ? -size : size
}

/** The double next to `whole / divisor` units of 2^-1074, found by halving between doubles. */
function nearest(whole: bigint, divisor: bigint): number {
  const size = whole < 0n ? -whole : whole
  const doubles = new Float64Array(1)
  const bits = new BigUint64Array(doubles.buffer)
  const at = (place: bigint): number => {
    bits[0] = place
    return doubles[0] as number
  }
  let [low, high] = [0n, 0x7fefffffffffffffn]
  while (high - low > 1n) {
    const middle = (low + high) >> 1n
    if (units(at(middle)) * divisor <= size) low = middle
    else high = middle
  }
  const [under, over] = [size - units(at(low)) * divisor, units(at(high)) * divisor - size]
  const place = under < over || (under === over && low % 2n === 0n) ? low : high
  return whole < 0n ? -at(place) : at(place)
}

const number = fc.oneof(
  fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 })
    .filter((x) => x === 0 || Math.abs(x) > 1e-250),
  fc.double({ noNaN: true, min: -100, max: 100 }).filter((x) => x === 0 || Math.abs(x) > 1e-250),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => cents / 100),
  fc.constantFrom(0, -0, 0.1, 0.2, -0.3, 1 / 3, 2 ** 32, 2 ** 32 - 2 ** -20, 2 ** -32, 1 - 2 ** -53, 1e16, -1e16, 1),
)

test('the exact sum and mean are those of all digits, rounded once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof({ weight: 9, arbitrary: number }, { weight: 1, arbitrary: fc.constant(null) }), {
        minLength: 1,
        maxLength: 40,
      }),
      async (values) => {
        const present = values.filter((value) => value !== null)
        const relation = await relationOf(dataset([...values.map((x) => ({ x })), { x: 0.5 }]))
        const all = [...present, 0.5]
        const total = all.reduce((sum, value) => sum + units(value), 0n)
        const results = await runMetrics([exactSum('x'), exactMean('x')], relation)
        const told = [exactSum('x'), exactMean('x')].map(({ key }) => {
          const result = results.get(key)
          return result?.ok ? result.value : result?.error
        })
        expect(told).toEqual([nearest(total, 1n) + 0, nearest(total, BigInt(all.length)) + 0])
      },
    ),
    { numRuns: process.env.ASSAY_SUITE === 'all' ? 200 : 8 },
  )
})

test('of no values there is no sum', async () => {
  const relation = await relationOf(dataset([{ x: 0.5 }]).where(sql`x > 1`))
  const result = (await runMetrics([exactSum('x')], relation)).get(exactSum('x').key)
  expect(result?.ok ? result.value : result?.error.message).toBeNull()
})

test('a limit that is the sum, or the mean, is met in whatever order the rows stand', async () => {
  const random = seeded('exact sums')
  const tenths = Array.from({ length: 10_000 }, () => ({ x: 0.1 }))
  const cents = Array.from({ length: 2000 }, () => Math.round(random() * 1e9) / 100)
  // What is added is taken off again: the sum is nothing.
  const balanced = [...cents, ...cents.map((x) => -x)].map((x) => ({ x, at: random() })).sort((a, b) => a.at - b.at)
  const status = async (rows: readonly { readonly x: number }[], exactly: number, above = exactly) => {
    const column = dataset(rows.map(({ x }) => ({ x }))).column('x')
    const mean = exactly / rows.length
    const checks = [
      sumBetween(column, { min: exactly, max: above }),
      sumBetween(column, { gt: exactly }),
      sumBetween(column, { lt: exactly }),
      meanBetween(column, { min: mean, max: mean }),
    ]
    return (await evaluate(checks)).map((result) => result.status)
  }
  expect(tenths.reduce((sum, { x }) => sum + x, 0)).not.toBe(1000)
  for (const [rows, exactly] of [
    [tenths, 1000],
    [balanced, 0],
  ] as const) {
    expect(await status(rows, exactly)).toEqual(['pass', 'fail', 'fail', 'pass'])
    expect(await status(rows.toReversed(), exactly)).toEqual(['pass', 'fail', 'fail', 'pass'])
  }
})

test('what large numbers leave where they cancel out is no rounding, however far from it the limit is', async () => {
  // Added one after the other they are 0.
  const data = (values: readonly number[]) => dataset(values.map((x) => ({ x })))
  const balance = data([1e16, 1, -1e16])
  const cancelling = balance.column('x')
  const results = await evaluate([
    sumBetween(cancelling, { min: -0.5, max: 0.5 }),
    sumBetween(cancelling, { min: 0.5 }),
    meanBetween(cancelling, { min: -0.1, max: 0.1 }),
    meanBetween(cancelling, { min: 0.2 }),
  ])
  expect(results.map(({ status, value }) => [status, value])).toEqual([
    ['fail', 1],
    ['pass', 1],
    ['fail', 1 / 3],
    ['pass', 1 / 3],
  ])
  const same = await evaluate([sameSum(balance, data([0, 0]), 'x'), sameSum(balance, data([0.25, 0.75]), 'x')])
  expect(same.map(({ status }) => status)).toEqual(['fail', 'pass'])
})

test('the exact sum and mean of decimals are those of their digits, whatever the type holds', async () => {
  const random = seeded('exact sums of decimals')
  for (const [precision, scale] of [
    [4, 2],
    [18, 0],
    [18, 18],
    [19, 3],
    [38, 0],
    [38, 10],
    [38, 38],
  ] as const) {
    const most = 10n ** BigInt(precision) - 1n
    const digits = (): bigint =>
      (BigInt(Math.floor(random() * 2 ** 53)) ** 3n % (most + 1n)) * (random() < 0.4 ? -1n : 1n)
    const units = [most, most, most, -1n, ...Array.from({ length: 20 }, digits)]
    const type = raw(`decimal(${precision}, ${scale})`)
    const rows = units.map((count) => sql`(cast(${decimalText(count, scale)} as ${type}))`)
    const data = dataset(sql`select x from (values ${join(rows)}, (null)) as t(x)`)
    const results = await runMetrics([exactSum('x'), exactMean('x')], await relationOf(data))
    const [sum, mean] = [exactSum('x'), exactMean('x')].map(({ key }) => {
      const result = results.get(key)
      return result?.ok ? result.value : result?.error
    })
    const total = units.reduce((all, count) => all + count, 0n)
    expect(Number(sum), `${precision}, ${scale}`).toBe(Number(decimalText(total, scale)))
    if (scale === 0) expect(BigInt(sum as bigint)).toBe(total)
    const exact = decimalText((total * 10n ** 30n) / BigInt(units.length), scale + 30)
    expect(mean).toBe(Number(exact))
  }
})

test('decimals add up to their digits, and their mean is one of digits', async () => {
  const cents = await temporaryFile('cents.csv', 'a\n0.10\n0.20\n\n')
  for (const data of [
    dataset(cents, { types: { a: 'decimal' } }),
    dataset(sql`select unnest([0.10, 0.20])::decimal(5, 2) as a`),
  ]) {
    const column = data.column('a')
    const checks = [
      sumBetween(column, { min: 0.3, max: 0.3 }),
      sumBetween(column, { gt: 0.3 }),
      meanBetween(column, { min: 0.15, max: 0.15 }),
      meanBetween(column, { gt: 0.15 }),
    ]
    const results = await evaluate(checks)
    expect(results.map(({ status, value }) => [status, value])).toEqual([
      ['pass', 0.3],
      ['fail', 0.3],
      ['pass', 0.15],
      ['fail', 0.15],
    ])
  }
})

test('sums without a tolerance are the same in whatever order the rows stand, and differ by the last digit of a decimal', async () => {
  const random = seeded('same sums')
  const cents = Array.from({ length: 3000 }, () => (Math.round(random() * 1e9) / 100).toFixed(2))
  const file = async (name: string, texts: readonly string[], type: 'number' | 'decimal') =>
    dataset(await temporaryFile(name, `a\n${texts.join('\n')}\n`), { types: { a: type } })
  const status = async (one: readonly string[], other: readonly string[], type: 'number' | 'decimal') => {
    const [here, there] = [await file('here.csv', one, type), await file('there.csv', other, type)]
    return (await evaluate(sameSum(here, there, 'a', { tolerance: 0 })))[0]?.status
  }
  const forwards = cents.reduce((sum, text) => sum + Number(text), 0)
  expect(cents.toReversed().reduce((sum, text) => sum + Number(text), 0)).not.toBe(forwards)
  for (const type of ['number', 'decimal'] as const) {
    expect(await status(cents, cents.toReversed(), type)).toBe('pass')
    expect(await status(cents, [...cents.slice(1), '0.01'], type)).toBe('fail')
  }
  expect(await status(['0.10', '0.20'], ['0.30'], 'decimal')).toBe('pass')
})
