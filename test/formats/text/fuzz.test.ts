import { expect, test } from 'vitest'
import * as csv from '../../../bench/fuzz/csv.mjs'
import { faultOf, randomFrom } from '../../../bench/fuzz/judge.mjs'
import { dataset } from '../../../src/dataset/dataset.ts'
import { relationOf } from '../../../src/dataset/opened.ts'
import { textFiles } from './helpers.ts'

const file = textFiles()
const SEED = 20_261_124

test(`mutated files have the strict reader's rows on its lines, or a finding (seed ${SEED})`, async () => {
  const faults: string[] = []
  let refused = 0
  for (let i = 0; i < 150; i++) {
    const random = randomFrom(SEED + i)
    const bytes = csv.mutate(random, csv.make(random))
    const expected = csv.reference(bytes)
    if (expected.problem !== undefined) refused++
    const data = dataset(file(`${i}.csv`, bytes), csv.options)
    const fault = await faultOf(
      () => relationOf(data),
      expected,
      () => data.rows(),
    )
    if (fault !== undefined) faults.push(`seed ${SEED + i}: ${fault}`)
  }
  expect(faults).toEqual([])
  expect(refused).toBeGreaterThan(30)
  expect(refused).toBeLessThan(120)
})
