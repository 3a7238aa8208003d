import type { RunCheck } from '../checks/check.ts'
import { AssayError, textOf } from '../errors.ts'
import { type Model, model as modelOf } from '../models/model.ts'
import { isNumber, numberOf, type AnswerValue } from '../models/value.ts'
import { isPlainObject } from '../options.ts'
import { canonical } from '../results/canonical.ts'
import { checkLabelled } from './gathered.ts'
import { labelOf } from './comparators/comparator.ts'
import type { MftCase } from './mft.ts'
import { comparison, type NoWorseOptions } from './noWorseThan.ts'

/** What is known without looking at the input: the commonest label, the mean or the median of the right numbers. */
export type Baseline = 'majority' | 'mean' | 'median'

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
  return comparison(model, constant, scored, {
    kind: 'beatsBaseline',
    aim: 'better',
    title: `better than the ${baseline}`,
    reference: `the ${baseline}`,
  })
}

function commonest(cases: readonly MftCase[]): AnswerValue {
  const counts = new Map<string, { value: AnswerValue; count: number }>()
  for (const { expected } of cases) {
    const value = labelOf(expected as AnswerValue)
    const own = counts.get(canonical(value)) ?? { value, count: 0 }
    own.count++
    counts.set(canonical(value), own)
  }
  return [...counts.values()].reduce((best, one) => (one.count > best.count ? one : best)).value
}

function middle(cases: readonly MftCase[], baseline: 'mean' | 'median'): number {
  const numbers = cases.map(({ expected, name }) => {
    const number = typeof expected === 'string' ? numberOf(expected) : expected
    if (isNumber(number)) return Number(number)
    throw new AssayError('wrong-argument', `beatsBaseline: the case ${JSON.stringify(name)} expects no number`, {
      hint: "the mean and the median are of numbers; labels have 'majority'",
    })
  })
  if (baseline === 'mean') return numbers.reduce((sum, one) => sum + one, 0) / numbers.length
  const sorted = [...numbers].sort((a, b) => a - b)
  const half = sorted.length / 2
  return ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2
}
