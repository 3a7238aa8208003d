import { expect, test } from 'vitest'
import { valuesBetween } from '../../src/checks/index.ts'
import type { Bounds } from '../../src/checks/bounds.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { judge } from '../helpers/judge.ts'
import { rowsOf } from '../helpers/blocks.ts'

test('values that are no finite numbers fail whatever the limits', async () => {
  const rows = dataset([{ n: 1 }, { n: Number.NaN }, { n: Infinity }, { n: -Infinity }, { n: 2 }, { n: null }])
  const limits: readonly Bounds[] = [
    { min: -1e308 },
    { gt: -1e308 },
    { max: 1e308 },
    { lt: 1e308 },
    { min: 0, max: 10 },
    { gt: 0, lt: 10 },
    { min: 1, lt: 3 },
  ]
  for (const bounds of limits) {
    const result = await judge(valuesBetween(rows.column('n'), bounds))
    expect([bounds, result.status, result.counts, rowsOf(result)?.rowNumbers]).toEqual([
      bounds,
      'fail',
      { rows: 6, missing: 1, tested: 5, failed: 3 },
      [2, 3, 4],
    ])
  }
})

test('min and max are inclusive, gt and lt are not', async () => {
  const rows = dataset([{ n: 1 }, { n: 2 }, { n: 3 }])
  const failed = async (bounds: Bounds) => (await judge(valuesBetween(rows.column('n'), bounds))).counts?.failed
  const limits = [{ min: 1, max: 3 }, { gt: 1 }, { lt: 3 }, { gt: 1, lt: 3 }]
  expect(await Promise.all(limits.map(failed))).toEqual([0, 1, 1, 2])
})
