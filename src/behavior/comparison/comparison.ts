import type { Judgement } from '../../checks/check.ts'
import { type OnInconclusive, undecided } from '../../checks/undecided.ts'
import { checkVerdictOptions } from '../../checks/verdictOptions.ts'
import { textOf, wrongArgument } from '../../errors.ts'
import type { Model } from '../../models/model.ts'
import { ownOptions } from '../../options.ts'
import type { Severity } from '../../results/checkResult.ts'
import type { ScoreName } from '../../scores/index.ts'
import { countText, exactShare, numberText } from '../../words/text/numbers.ts'
import type { MftCase, PersonalParts } from '../mft.ts'

/** What every comparison of two models can be told. */
export interface ComparisonOptions {
  /**
   * How much worse (or, to beat a baseline, better) is worth nothing: a share of cases, or an amount of the score.
   * Default 0.
   * @example { margin: 0.01 }
   */
  readonly margin?: number
  /**
   * How sure a verdict must be; default 0.95.
   * @example { confidence: 0.99 }
   */
  readonly confidence?: number
  /**
   * What too few cases mean; default `warn`.
   * @example { onInconclusive: 'fail' }
   */
  readonly onInconclusive?: OnInconclusive
  /**
   * `warn` reports a failure without failing the test.
   * @example { severity: 'warn' }
   */
  readonly severity?: Severity
}

/** What `noWorseThan` can be told. */
export interface NoWorseOptions extends ComparisonOptions {
  /**
   * The cases with their right answers.
   * @example { on: mft('cases.csv') }
   */
  readonly on: readonly MftCase[]
  /**
   * The score that is compared, in place of how many cases are right.
   * @example { score: 'mae', margin: 0.5 }
   */
  readonly score?: ScoreName
  /**
   * The label that is looked for, of two, for scores that are about one.
   * @example { score: 'f1', positive: 'spam' }
   */
  readonly positive?: string
}

const known = ['margin', 'confidence', 'onInconclusive', 'severity']

/** Checks the options; an AssayError that names what is wrong with them. */
export function checkedComparison<O extends ComparisonOptions>(
  options: O | undefined,
  asker: string,
  more: readonly string[],
): O & { readonly margin: number; readonly confidence: number; readonly isGuarantee: boolean } {
  const wrong = wrongArgument(asker)
  const own = ownOptions(asker, options, [...known, ...more])
  const { margin = 0, confidence = 0.95 } = own
  if (!(typeof margin === 'number' && margin >= 0 && margin < Number.POSITIVE_INFINITY))
    throw wrong(`got margin: ${textOf(margin)}`, 'margin is how much difference is worth nothing: 0 or more')
  if (!(typeof confidence === 'number' && confidence > 0 && confidence < 1))
    throw wrong(`got confidence: ${textOf(confidence)}`, 'confidence lies between 0 and 1, e.g. 0.95')
  checkVerdictOptions(asker, own)
  const isGuarantee = margin > 0 || own.confidence !== undefined
  return Object.assign(own, { margin, confidence, isGuarantee })
}

/** Two models and the cases that both are asked. */
export interface ModelComparison {
  readonly model: Model
  readonly other: Model
  readonly cases: readonly MftCase[]
  /** What each case expects, as its comparator takes it. */
  readonly expected: readonly unknown[]
  /** What tells the table of the cases from others. */
  readonly table: string
  readonly own: ReturnType<typeof checkedComparison<NoWorseOptions>>
  readonly aim: Aim
  readonly parts: PersonalParts
}

/** A difference of two models, better above 0, with its interval. */
export interface Difference {
  readonly value: number
  readonly interval: readonly [number, number]
}

export type Aim = 'no worse' | 'better'

/** Whether a difference shows that a model is no worse than another by more than the margin, or better by more. */
export function verdictOf({ value, interval: [low, high] }: Difference, aim: Aim, margin: number) {
  if (aim === 'no worse') {
    if (low >= -margin) return 'pass'
    return high < -margin ? 'fail' : 'inconclusive'
  }
  if (low > margin) return 'pass'
  return value <= margin || high <= margin ? 'fail' : 'inconclusive'
}

export const signed = (value: number): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${numberText(Math.abs(Number(value.toPrecision(4))))}`

/** A judgement of a difference; undecided where the interval has the limit inside. */
export function compared(
  status: ReturnType<typeof verdictOf>,
  { confidence, onInconclusive, severity }: ComparisonOptions,
  judgement: Omit<Judgement, 'status'>,
): Judgement {
  if (status !== 'inconclusive') return { ...judgement, status }
  const why = `the interval has the limit inside, at ${exactShare(confidence ?? 0.95)} confidence: more cases would decide`
  return undecided(
    { ...judgement, message: judgement.message === undefined ? why : `${why}\n${judgement.message}` },
    { ...(onInconclusive === undefined ? {} : { onInconclusive }), ...(severity === undefined ? {} : { severity }) },
  )
}

/** The judgement where two models are both wrong throughout: nothing could break. */
export const nothingToBreak = (model: Model, other: Model, count: number): Judgement => ({
  status: 'vacuous',
  measured: 'nothing to judge',
  message: `neither ${model.name} nor ${other.name} is right in ${count === 1 ? 'the one case' : `any of ${countText(count, 'case')}`}, so nothing could break`,
})
