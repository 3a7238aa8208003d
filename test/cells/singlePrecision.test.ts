import { describe, expect, test } from 'vitest'
import { type Check, valuesBetween, valuesCovering, valuesIn, valuesNotIn } from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { judge } from '../helpers/judge.ts'
import { parquetOf } from '../helpers/parquet.ts'

/** How cells read; as doubles, most of them are other numbers. */
const numbers = [0.1, -99.9, 0.5, 0.7, 1e20, 3.4e38, 1e-45, 16_777_216, -7, 0.33333334]
const sources: Readonly<Record<string, () => Dataset | Promise<Dataset>>> = {
  memory: () => dataset({ x: Float32Array.from(numbers) }),
  Parquet: () => parquetOf(`(['${numbers.join("', '")}'])[i + 1]::float as x`, numbers.length),
}
const failed = async (check: Check) => (await judge(check)).counts?.failed
const many = (holds: (number: number) => boolean): number => numbers.filter(holds).length

describe.each(Object.entries(sources))('floats of 32 bits (%s) are the numbers they are written as', (_, open) => {
  test('in lists and filters, where they are found as the doubles they are, too', async () => {
    const data = await open()
    const x = data.column('x')
    const long = [...numbers, ...Array.from({ length: 300 }, (_n, i) => i + 1000.5)]
    for (const list of [numbers, long, numbers.map(Math.fround)]) expect(await failed(valuesIn(x, list))).toBe(0)
    for (const number of numbers) {
      expect([number, await failed(valuesNotIn(x, [number]))]).toEqual([number, 1])
      expect(await data.where({ x: number }).rows()).toEqual([{ x: Math.fround(number) }])
    }
    expect(await judge(valuesCovering(x, numbers))).toMatchObject({ status: 'pass' })
    expect(await failed(valuesNotIn(x, [0.100000001, 0.3333333333333333, 16_777_217, 1e-46, 10n ** 20n + 1n]))).toBe(0)
  })

  test('beside limits', async () => {
    const x = (await open()).column('x')
    for (const limit of [...numbers, 0, 0.3, 1])
      expect([
        limit,
        await failed(valuesBetween(x, { min: limit })),
        await failed(valuesBetween(x, { max: limit })),
        await failed(valuesBetween(x, { gt: limit })),
        await failed(valuesBetween(x, { lt: limit })),
      ]).toEqual([
        limit,
        many((number) => number < limit),
        many((number) => number > limit),
        many((number) => number <= limit),
        many((number) => number >= limit),
      ])
  })
})

test('floats of 32 bits that stand for missing values are missing', async () => {
  const data = dataset({ x: Float32Array.from(numbers) }, { missing: [-99.9, 0.5, 0.7000001] })
  expect((await data.where({ x: null }).rows()).length).toBe(2)
})
