import { expect, test } from 'vitest'
import { rowCount, missingShareBetween, standardDeviationBetween } from '../../src/checks/index.ts'
import type { Bounds } from '../../src/checks/bounds.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { thrown } from '../helpers/judge.ts'

const rows = dataset([{ x: 1 }])
const counts = (bounds: Bounds) => rowCount(rows, bounds)
const shares = (bounds: Bounds) => missingShareBetween(rows.column('x'), bounds)
const magnitudes = (bounds: Bounds) => standardDeviationBetween(rows.column('x'), bounds)

test.each<[string, (bounds: Bounds) => unknown, Bounds, 'no' | 'every' | undefined]>([
  ['a count', counts, { gt: 0.5, lt: 1 }, 'no'],
  ['a count', counts, { gt: 1, lt: 2 }, 'no'],
  ['a count', counts, { gt: 1, max: 2 }, undefined],
  ['a count', counts, { min: 1.2, max: 1.8 }, 'no'],
  ['a count', counts, { lt: 0 }, 'no'],
  ['a count', counts, { lt: 1 }, undefined],
  ['a count', counts, { min: 0 }, 'every'],
  ['a count', counts, { gt: -1 }, 'every'],
  ['a count', counts, { gt: 0 }, undefined],
  ['a share', shares, { min: 1.01 }, 'no'],
  ['a share', shares, { gt: 1 }, 'no'],
  ['a share', shares, { max: -0.01 }, 'no'],
  ['a share', shares, { lt: 0 }, 'no'],
  ['a share', shares, { min: 1 }, undefined],
  ['a share', shares, { max: 0 }, undefined],
  ['a share', shares, { max: 1 }, 'every'],
  ['a share', shares, { min: 0 }, 'every'],
  ['a share', shares, { gt: 0 }, undefined],
  ['a deviation', magnitudes, { max: -1 }, 'no'],
  ['a deviation', magnitudes, { min: 0 }, 'every'],
  ['a deviation', magnitudes, { gt: 0 }, undefined],
])('%s: limits that none meets, or every one, are refused: %#', (_, check, bounds, met) => {
  expect(thrown(() => check(bounds))).toMatch(met ? new RegExp(`limits that ${met} `) : /^nothing$/)
})
