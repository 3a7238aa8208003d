import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dataset, type Dataset } from '../../src/dataset/dataset.ts'
import { driftMethods } from '../../src/drift/index.ts'
import { cohensD } from '../../src/stats/cohensD.ts'
import { numberOf } from '../helpers/blocks.ts'
import { compare, many, normal, only, random, rowsOf } from './data.ts'

test('every drift method has a case', () => {
  const names = readdirSync(new URL('methods', import.meta.url)).map((file) => file.replace(/\.ts$/, ''))
  expect(names.filter((name) => name !== 'cases').toSorted()).toEqual(driftMethods.map(({ name }) => name).toSorted())
})

const numbers = () => {
  const next = random(1)
  return rowsOf(many(2000, () => normal(next)))
}

test('a limit over what the method can measure is an error, one in its unit is not', async () => {
  const rows = numbers()
  expect((await only(rows, rows, { method: 'psi', limit: 1.5 })).status).toBe('pass')
  await expect(async () => only(rows, rows, { method: 'hellinger', limit: 1.5 })).rejects.toThrow(
    /H of hellinger lies between 0 and 1/,
  )
})

test('a method of two categories says so of more', async () => {
  const rows = rowsOf(many(500, (i) => 'abc'[i % 3]))
  const result = await only(rows, rows, { method: 'fisherExact' })
  expect(result.message).toContain('3 categories, missing values among them, and fisherExact compares two')
})

test('numbers whose squares are more or less than a double holds are compared as others', async () => {
  const methods = driftMethods.filter(
    (method) => method.accepts('number', 'number') && !method.accepts('string', 'string'),
  )
  const next = random(3)
  const samples = [0, 0.8].map((shift) => Float64Array.from({ length: 300 }, () => normal(next) + shift))
  const results = async (unit: number) => {
    const [then, now] = samples.map((sample) =>
      dataset(Object.fromEntries(methods.map(({ name }) => [name, sample.map((value) => value * unit)]))),
    ) as [Dataset, Dataset]
    const method = Object.fromEntries(methods.map(({ name }) => [name, name]))
    const all = await compare(now, then, { method: method as never })
    return all.map((result) => [result.subject.column, result.status, result.measured, numberOf(result)?.p])
  }
  const usual = await results(1)
  expect(usual.filter(([, status]) => status === 'fail').map(([name]) => name)).toContain('wasserstein')
  for (const unit of [2 ** 300, 2 ** 520, 2 ** 1020, 2 ** -300, 2 ** -520, 2 ** -960])
    expect(await results(unit)).toEqual(usual)
})

test('the upper bound of an effect that may be of any size is where its test holds, however far off', async () => {
  const [now, then] = [
    [1, 2, 4, 5, 8],
    [1, 3, 4, 6, 7],
  ] as const
  const result = await only(rowsOf(now), rowsOf(then), { method: 'welch', findings: false })
  const { d, error } = cohensD(now, then)
  // The quantile at 0.95 of Student's t with 4 degrees of freedom.
  expect(numberOf(result)?.interval?.[1]).toBeCloseTo(Math.abs(d) + 2.131847 * error, 3)
  expect(result.status).toBe('inconclusive')
})

test.each(['totalVariation', 'hellinger', 'jensenShannon', 'psi'])(
  '%s of two categories is as far as their shares may lie apart, of equal samples too',
  async (method) => {
    const rows = (share: number) => rowsOf(many(2000, (i) => (i < 2000 * share ? 'yes' : 'no')))
    const upper = async (here: number, there: number) =>
      numberOf(await only(rows(here), rows(there), { method: method as never, findings: false }))
    // The quantile at 0.95 of the normal distribution, times the error of a difference of shares.
    const apart = 1.644854 * Math.sqrt((0.25 * 2) / 2000)
    const [equal, moved] = [await upper(0.5, 0.5), await upper(0.5 + apart / 2, 0.5 - apart / 2)]
    expect(equal?.interval?.[1]).toBeGreaterThan(0.97 * (moved?.value ?? 1))
  },
)
