import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { freeze, noDriftFrom } from '../../src/drift/index.ts'
import { numberOf } from '../helpers/blocks.ts'
import { temporaryFile } from '../helpers/files.ts'
import { compare, many, normal, random } from './data.ts'

/** Orders of some countries, which may have moved each by itself. */
const orders = (seed: number, moved: Readonly<Record<string, number>>) => {
  const next = random(seed)
  return dataset(
    Object.entries(moved).flatMap(([country, shift]) =>
      many(2000, () => ({ country, amount: normal(next) + shift, paid: next() < 0.3 })),
    ),
    { name: 'orders' },
  )
}

test('each segment is compared with its own, and one that moved is found where all together hide it', async () => {
  const [now, then] = [orders(1, { DE: 0, FR: 0.9, IT: -0.9 }), orders(2, { DE: 0, FR: 0, IT: 0 })]
  const results = await compare(now, then, { segmentBy: 'country', columns: ['amount'] })
  expect(results.map(({ subject, status }) => [subject.slice, subject.column, status])).toEqual([
    ['country = "DE"', 'amount', 'pass'],
    ['country = "FR"', 'amount', 'fail'],
    ['country = "IT"', 'amount', 'fail'],
  ])
  expect(new Set(results.map(({ id }) => id)).size).toBe(3)
})

test('fails are corrected over all segments and columns', async () => {
  const [now, then] = [orders(3, { DE: 0.55, FR: 0, IT: 0 }), orders(4, { DE: 0, FR: 0, IT: 0 })]
  const options = { findings: false } as const
  const [alone] = await compare(now.where({ country: 'DE' }), then.where({ country: 'DE' }), {
    ...options,
    columns: ['amount'],
  })
  const [of6] = await compare(now, then, { ...options, segmentBy: 'country' })
  expect(numberOf(of6)?.adjustedP).toBeCloseTo(6 * (numberOf(alone)?.adjustedP ?? 1), 15)
})

test('a segment that is gone fails, a new one is listed, and the column itself is not compared', async () => {
  const [now, then] = [orders(5, { DE: 0, FR: 0 }), orders(6, { DE: 0, IT: 0 })]
  const results = await compare(now, then, { segmentBy: 'country' })
  expect(results.map(({ subject, status, blocking }) => [subject.column, status, blocking])).toEqual([
    ['amount', 'pass', false],
    ['paid', 'pass', false],
    ['country', 'fail', true],
    ['country', 'warn', false],
  ])
  expect(results[2]?.message).toContain('"IT"')
  expect(results[3]?.message).toContain('"FR"')
})

test('a column of too many values, and a reference without rows, are errors', async () => {
  const wide = dataset(many(300, (i) => ({ id: i, x: 1 })))
  const [many300] = await compare(wide, wide, { segmentBy: 'id' })
  expect(many300).toMatchObject({ status: 'error', message: expect.stringContaining('judges 200 segments at most') })
  const then = orders(7, { DE: 0 })
  const profile = await freeze(then)
  for (const options of [{ segmentBy: 'country' }, { clusterBy: 'country' }])
    expect(() => noDriftFrom(then, profile, options)).toThrow(/a frozen reference has no rows/)
  expect(await evaluate(noDriftFrom(then, profile))).not.toHaveLength(0)
})

test.each([
  ['0.0', '1.0', '0', '1'],
  ['-0.0', '1.0', '0', '1'],
  ['2.50', '1e3', '2.5', '1000'],
])('segments and categories are numbers, however they are written: %s and %s', async (a, b, c, d) => {
  const next = random(31)
  const file = async (first: string, second: string) => {
    const lines = many(800, (i) => `${i % 2 ? first : second},${Math.floor(7 * next())}`)
    return dataset(await temporaryFile('segments.csv', ['s,v', ...lines, ''].join('\n')))
  }
  const [now, then] = [await file(a, b), await file(c, d)]
  const options = { findings: false } as const
  const results = await compare(now, then, { ...options, segmentBy: 's', columns: ['v'] })
  expect(results.map(({ status }) => status)).not.toContain('fail')
  expect(results.map(({ title }) => title).join()).not.toContain('missing')
  expect(results).toHaveLength(2)
  for (const method of ['largestShare', 'cramersV', 'chiSquare'])
    expect((await compare(now.column('s'), then.column('s'), { method, ...options }))[0]?.value ?? 0).toBeCloseTo(0, 9)
})
