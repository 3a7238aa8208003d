import { expect, test } from 'vitest'
import { driftMethods } from '../../src/drift/index.ts'
import type { DriftMethod } from '../../src/drift/drift.ts'
import { many, normal, random } from './data.ts'

const next = random(11)
const draws = { normal: () => normal(next), zeros: () => (next() < 0.8 ? 0 : 1 + next()) }
const side = (numbers: readonly number[]) =>
  ({
    column: { name: 'x', type: 'number', native: 'DOUBLE' },
    rows: numbers.length,
    missing: 0,
    values: { numbers: Float64Array.from(numbers) },
  }) as const

/** In how many of a number of pairs of samples each verdict is given at the level of 5 %. */
function verdicts(method: DriftMethod, limit: number, [here, there]: readonly [() => number[], () => number[]]) {
  const counts = { fails: 0, passes: 0 }
  for (let i = 0; i < 40; i++) {
    const comparison = method.compare(side(here()), side(there()))
    if ('reason' in comparison) continue
    if (comparison.over(limit) <= 0.05) counts.fails++
    if (comparison.under(limit) <= 0.05) counts.passes++
  }
  return counts
}
/** 5 % of 40, and four standard deviations. */
const MOST = 2 + 4 * Math.sqrt(40 * 0.05 * 0.95)

// Of categories the bounds are exact, or their own suites hold them; shuffles cost seconds and are judged as Welch's d is.
const ofNumbers = driftMethods.filter(
  ({ name, metrics, read }) =>
    read === undefined &&
    name !== 'permutation' &&
    'numbers' in metrics('x', { columns: [side([]).column] } as unknown as Parameters<typeof metrics>[1]),
)

test.each(ofNumbers.map((method) => [method.name, method] as const))(
  '%s: few rows of one population are no drift',
  (_, method) => {
    for (const [n, m, draw] of [
      [2, 2, draws.normal],
      [3, 50, draws.zeros],
      [10, 10, draws.normal],
      [20, 500, draws.zeros],
    ] as const) {
      const { fails } = verdicts(method, method.limit, [() => many(n, draw), () => many(m, draw)])
      expect(fails, `${n} × ${m}`).toBeLessThanOrEqual(MOST)
    }
  },
)

test.each(['wasserstein', 'welch', 'studentT', 'energy'])(
  '%s: what moved by the limit does not pass, nor surely fails',
  (name) => {
    const method = ofNumbers.find((one) => one.name === name) as DriftMethod
    // Of normal values the energy distance of a small shift is 3/4 of it.
    const limit = name === 'energy' ? 0.25 * 0.745 : 0.25
    for (const rows of [50, 200]) {
      const { fails, passes } = verdicts(method, limit, [
        () => many(rows, () => draws.normal() + 0.25),
        () => many(rows, draws.normal),
      ])
      expect(fails).toBeLessThanOrEqual(MOST)
      expect(passes).toBeLessThanOrEqual(MOST)
    }
  },
)
