import type { RunCheck } from '../../checks/check.ts'
import { AssayError, textOf } from '../../errors.ts'
import { type Model, model as modelOf } from '../../models/model.ts'
import { isNumber, numberOf, type AnswerValue } from '../../models/value.ts'
import { isPlainObject } from '../../options.ts'
import { canonical } from '../../results/canonical.ts'
import { checkLabelled } from '../gathered.ts'
import { labelOf } from '../comparators/comparator.ts'
import type { MftCase } from '../mft.ts'
import type { NoWorseOptions } from '../comparison/comparison.ts'
import { comparisonCheck } from '../comparison/comparisonCheck.ts'

/** What is known without looking at the input: the commonest label, the mean or the median of the right numbers, by the weights of their cases. */
export type Baseline = 'majority' | 'mean' | 'median'

/** What `beatsBaseline` can be told. */
export interface BeatOptions extends NoWorseOptions {
  /**
   * The cases that the baseline is taken from; default: those of `on`.
   * @example { train: labelled(train, { expected: 'species' }) }
   */
  readonly train?: readonly MftCase[]
}

/**
 * The model is better than what is known without looking: the commonest label (`majority`), or the `mean` or `median` of
 * the right numbers, by more than `margin`. Numbers are compared by `score` (default `mae`), labels by how many are right.
 * `pass` where the interval of the paired difference lies above the margin.
 */
export function beatsBaseline(model: Model, baseline: Baseline, options: BeatOptions): RunCheck {
  if (baseline !== 'majority' && baseline !== 'mean' && baseline !== 'median')
    throw new AssayError('wrong-argument', `beatsBaseline got ${textOf(baseline)} as baseline`, {
      hint: "it is 'majority' for labels, 'mean' or 'median' for numbers",
    })
  const { train, ...rest } = isPlainObject(options) ? options : ({} as BeatOptions)
  checkLabelled(rest.on, 'beatsBaseline')
  if (train !== undefined) checkLabelled(train, 'beatsBaseline')
  const known = train ?? rest.on
  const answer = baseline === 'majority' ? commonest(known) : middle(known, baseline)
  const constant = modelOf(`the ${baseline}`, () => answer)
  const scored = baseline === 'majority' ? rest : { score: 'mae' as const, ...rest }
  return comparisonCheck(model, constant, scored, {
    kind: 'beatsBaseline',
    aim: 'better',
    title: `better than the ${baseline}`,
    reference: `the ${baseline}`,
  })
}

function commonest(cases: readonly MftCase[]): AnswerValue {
  const counts = new Map<string, { value: AnswerValue; count: number }>()
  for (const { expected, weight = 1 } of cases) {
    const value = labelOf(expected as AnswerValue)
    const own = counts.get(canonical(value)) ?? { value, count: 0 }
    own.count += weight
    counts.set(canonical(value), own)
  }
  return [...counts.values()].reduce((best, one) => (one.count > best.count ? one : best)).value
}

function middle(cases: readonly MftCase[], baseline: 'mean' | 'median'): number {
  const numbers = cases.map(({ expected, name, weight = 1 }) => {
    const number = typeof expected === 'string' ? numberOf(expected) : expected
    if (isNumber(number)) return { number: Number(number), weight }
    throw new AssayError('wrong-argument', `beatsBaseline: the case ${JSON.stringify(name)} expects no number`, {
      hint: "the mean and the median are of numbers; labels have 'majority'",
    })
  })
  const all = numbers.reduce((sum, { weight }) => sum + weight, 0)
  if (baseline === 'mean') return numbers.reduce((sum, { number, weight }) => sum + weight * number, 0) / all
  const sorted = numbers.toSorted((a, b) => a.number - b.number)
  // The number at which half of the weight is reached; between two of them where one ends just there.
  let sum = 0
  for (const [i, { number, weight }] of sorted.entries()) {
    sum += weight
    if (2 * sum === all) return (number + (sorted[i + 1]?.number ?? number)) / 2
    if (2 * sum > all) return number
  }
  return Number.NaN
}
