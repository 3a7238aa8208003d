import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { numberOf } from '../helpers/blocks.ts'
import { compare, many, normal, random } from './data.ts'

/** Rows of days, each row near the one before (AR(1), 0.9); a day begins anew. */
function days(count: number, next: () => number) {
  return many(count, (day) => {
    let state = normal(next)
    return many(25, () => {
      state = 0.9 * state + Math.sqrt(1 - 0.81) * normal(next)
      return { day: `d${day}`, x: state }
    })
  }).flat()
}

test('of autocorrelated rows without drift a permutation of blocks calls 5 % different, one of rows most', async () => {
  const next = random(77)
  const [calls, several] = [60, 10]
  let [byRows, byBlocks] = [0, 0]
  for (let call = 0; call < calls; call++) {
    const [now, then] = [dataset(days(24, next)), dataset(days(24, next))]
    const p = async (more: object) => {
      const [result] = await compare(now.column('x'), then.column('x'), { method: 'permutation', ...more })
      return numberOf(result)?.p as number
    }
    if (call < several && (await p({})) <= 0.05) byRows++
    if ((await p({ clusterBy: 'day' })) <= 0.05) byBlocks++
  }
  // Of 60 calls at 5 % more than 8 are as unlikely as 0.3 %.
  expect(byBlocks).toBeLessThanOrEqual(8)
  expect(byRows).toBeGreaterThan(3)
})
