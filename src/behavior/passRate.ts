import { type Bounds, checkedBounds, inWords, limitsOf } from '../checks/bounds.ts'
import type { Judgement } from '../checks/check.ts'
import { type OnInconclusive, undecided } from '../checks/undecided.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { textOf, wrongArgument } from '../errors.ts'
import { countText, exactShare, shareText } from '../words/text/numbers.ts'
import { ownOptions } from '../options.ts'
import type { PassRate } from '../results/blocks/rates.ts'
import type { Severity } from '../results/checkResult.ts'
import { meanBounds, type Seen } from '../stats/betting.ts'
import { clopperPearson } from '../stats/clopperPearson.ts'
import { effectiveSize } from '../stats/effectiveSize.ts'
import { likelierRate } from '../stats/sequentialRatio.ts'
import { wilsonInterval } from '../stats/wilson.ts'
import { atLimit } from './atLimit.ts'
import type { CaseTally } from './tally.ts'
import { checkVerdictOptions } from '../checks/verdictOptions.ts'

/** What every behavioral test can be told. */
export interface PassRateOptions {
  /**
   * Limits of the share of cases that pass, above 0; default `{ min: 1 }`.
   * @example { passRate: { min: 0.95 } }
   */
  readonly passRate?: Pick<Bounds, 'min' | 'gt'>
  /**
   * Turns the limit into a guarantee: the lower bound of this confidence must reach it (Clopper and Pearson's, exact).
   * @example { confidence: 0.95 }
   */
  readonly confidence?: number
  /**
   * What too few cases mean under `confidence`; default `warn`.
   * @example { onInconclusive: 'fail' }
   */
  readonly onInconclusive?: OnInconclusive
  /**
   * `warn` reports a failure without failing the test.
   * @example { severity: 'warn' }
   */
  readonly severity?: Severity
}

/** The options as they are judged by. */
export type Rated = Omit<PassRateOptions, 'passRate'> & {
  readonly passRate: Pick<Bounds, 'min' | 'gt'>
  /** Calls at most. */
  readonly budget?: number
  /** How far below the limit either verdict will do. */
  readonly indifference?: number
  /** Whether one looks at the rate again and again, and stops where one pleases. */
  readonly isSequential?: true
}

const known = ['passRate', 'confidence', 'onInconclusive', 'severity']

/** Checks the options; an AssayError that names what is wrong with them. */
export function checkedPassRate<O extends PassRateOptions>(
  options: O | undefined,
  asker: string,
  more: readonly string[] = [],
): O & Rated {
  const wrong = wrongArgument(asker)
  const own = ownOptions(asker, options, [...known, ...more])
  const passRate = checkedBounds(own.passRate ?? { min: 1 }, `${asker}: passRate`)
  for (const [name, value] of Object.entries(passRate)) {
    if (name !== 'min' && name !== 'gt')
      throw wrong(`got passRate: { ${name}: ${value} }`, 'a pass rate has a least value: { min } or { gt }')
    if (value < 0 || value > 1 || (name === 'gt' && value === 1))
      throw wrong(`got a pass rate of ${value}`, 'a pass rate is a share between 0 and 1, e.g. { min: 0.95 }')
  }
  if ((passRate.min ?? 0) === 0 && passRate.gt === undefined)
    throw wrong('got a pass rate of 0', 'every model reaches that: give a share above 0, e.g. { min: 0.95 }')
  const { confidence } = own
  if (confidence !== undefined && !(typeof confidence === 'number' && confidence > 0 && confidence < 1))
    throw wrong(`got confidence: ${textOf(confidence)}`, 'confidence lies between 0 and 1, e.g. 0.95')
  checkVerdictOptions(asker, own)
  return Object.assign(own, { passRate })
}

/** The limit as one number. */
export const limitOf = ({ passRate }: Rated): number => Math.max(passRate.min ?? 0, passRate.gt ?? 0)

/** The rate that an indifference tells the limit from, as it would be written. */
const otherRate = (rated: Rated, indifference: number): number =>
  Number((limitOf(rated) - indifference).toPrecision(12))

/** A tally with its interval. */
export function passRateOf(
  name: string,
  of: CaseTally,
  limit: number | undefined,
  rated: Partial<Rated> = {},
): PassRate {
  const { cases, passed, failed, errors } = of
  const tested = passed + failed + errors
  const counted = countedOf(of)
  return {
    name,
    cases,
    passed,
    failed,
    errors,
    notApplicable: cases - tested,
    ...(tested === 0 ? {} : { rate: rateOf(counted, rated.passRate), interval: intervalOf(counted, rated) }),
    ...(limit === undefined ? {} : { limit }),
  }
}

/** What was counted, with the worth of each case where several answers to it count. */
interface Counted {
  readonly passed: number
  readonly tested: number
  readonly seen: Seen | undefined
  /** The share that passed, of cases with weights. */
  readonly byWeight?: number
}

/** The share that passed; of cases with weights, the limit where it is that but for rounding. */
const rateOf = ({ passed, tested, byWeight }: Counted, limits: Rated['passRate'] = {}): number =>
  byWeight === undefined ? passed / tested : atLimit(byWeight, limits)

/**
 * What a verdict is made of, errors as failures or as passes. Of cases with weights it is as many as tell as much about a
 * rate (Kish 1965), of which the share by weight passed (Korn and Graubard 1998).
 */
export function countedOf(
  { passed, failed, errors, least, most, weights }: Omit<CaseTally, 'cases'>,
  forgiving = false,
): Counted {
  const tested = passed + failed + errors
  const forgiven = forgiving ? errors : 0
  if (!weights) return { passed: passed + forgiven, tested, seen: forgiving ? most : least }
  const isWhole = passed + forgiven === tested
  // What did not pass is seen beside what weighs 1e16 times as much.
  const share = isWhole
    ? 1
    : Math.min(1 - Number.EPSILON, (weights.passed + (forgiving ? weights.errors : 0)) / weights.all)
  const effective = effectiveSize(weights.all, weights.squares)
  return { passed: share * effective, tested: effective, seen: undefined, byWeight: share }
}

/** The interval of a pass rate as it is shown: Wilson's of 95 %, under `confidence` the bounds that the verdict rests on. */
function intervalOf(counted: Counted, rated: Partial<Rated>): readonly [number, number] {
  if (rated.confidence !== undefined) return boundsOf(counted, { ...rated, confidence: rated.confidence })
  return counted.seen ? meanBounds(counted.seen, 0.025) : wilsonInterval(counted.passed, counted.tested)
}

/**
 * Bounds of a pass rate, each of which holds with `confidence`: exact ones (Clopper and Pearson 1934); where answers to one
 * case count apart or one may stop at any time, those of bets on the mean of the cases.
 */
function boundsOf(
  { passed, tested, seen }: Counted,
  { confidence, isSequential }: Partial<Rated> & { readonly confidence: number },
): readonly [number, number] {
  if (seen || isSequential)
    return meanBounds(
      seen ??
        new Map([
          [1, passed],
          [0, tested - passed],
        ]),
      1 - confidence,
    )
  return clopperPearson(passed, tested, 2 * confidence - 1)
}

/** What a check of a rate is held to, as its question states it. */
export const statedRate = ({ passRate, confidence, onInconclusive, severity }: Rated) => ({
  passRate,
  confidence,
  onInconclusive,
  severity,
})

/** What the units of a rate are drawn from. */
interface Drawn {
  readonly dataset: Dataset | undefined
  readonly personal: readonly string[]
}

/** What a check of a rate says of itself; of a dataset where its units are the rows of one. */
export function ratedInfo(rated: Rated, unit: string, { dataset, personal }: Drawn) {
  const { passRate, severity } = rated
  return {
    expected: expectedRate(rated, unit),
    limit: passRate,
    ...(severity ? { severity } : {}),
    ...(dataset ? { inputs: [dataset] } : {}),
    personal,
  }
}

/** What is expected of the pass rate, in words. */
export function expectedRate(rated: Rated, unit: string): string {
  const { passRate, confidence, budget, indifference } = rated
  const limit = passRate.min === 1 ? `all ${unit}` : `${inWords(passRate, exactShare)} of ${unit}`
  return [
    limit,
    ...(confidence === undefined ? [] : [`with ${exactShare(confidence)} confidence`]),
    ...(indifference === undefined ? [] : [`told from ${exactShare(otherRate(rated, indifference))}`]),
    ...(budget === undefined ? [] : [`within ${countText(budget, 'call')}`]),
  ].join(', ')
}

/** So many units, of which one is named by their plural: `answers to cases` of one is `answer to cases`. */
const unitText = (count: number, unit: string): string => countText(count, unit.replace(/s(?=$| to )/, ''), unit)

/**
 * Judges a pass rate: by the share itself, or under `confidence` by its interval. What could not be predicted counts as
 * not passed; where the verdict would be another one had it passed, it is an error: nothing was shown either way.
 */
export function judgeRate(
  rate: PassRate,
  options: Rated,
  unit: string,
  more: Pick<CaseTally, 'least' | 'most' | 'weights'> = {},
): Judgement {
  const { passed, failed, errors } = rate
  const tested = passed + failed + errors
  if (tested === 0 || rate.rate === undefined || rate.interval === undefined) {
    return {
      status: 'vacuous',
      measured: 'nothing to judge',
      message: `no ${unit} could be tested, so nothing was shown`,
    }
  }
  const parts = [
    `${passed} pass`,
    ...(failed > 0 ? [`${failed} fail`] : []),
    ...(errors > 0 ? [`${errors} could not be predicted`] : []),
  ]
  const measured = `${shareText(rate.rate, limitsOf(options.passRate))} of ${unitText(tested, unit)}${more.weights ? ' by weight' : ''} (${parts.join(', ')})`
  const base = { measured, value: rate.rate }
  const of = { ...more, passed, failed, errors }
  const status = statusOf(countedOf(of), options)
  if (errors > 0 && status !== statusOf(countedOf(of, true), options)) {
    return {
      ...base,
      status: 'error',
      message: `the verdict hangs on ${unitText(errors, unit)} that could not be predicted`,
    }
  }
  if (status !== 'inconclusive') return { ...base, status }
  const [low, high] = rate.interval
  const { indifference } = options
  if (indifference !== undefined) {
    const rates = `neither for ${exactShare(limitOf(options))} nor for ${exactShare(otherRate(options, indifference))}`
    return undecided({ ...base, message: `the answers speak ${rates}: more ${unit} would decide` }, options)
  }
  return undecided(
    {
      ...base,
      message: `the pass rate lies between ${shareText(low, [high, limitOf(options)])} and ${shareText(high, [low, limitOf(options)])}, each bound with ${exactShare(options.confidence ?? 0)} confidence, on both sides of ${exactShare(limitOf(options))}: more ${unit} would decide`,
    },
    options,
  )
}

/** The verdict on a pass rate, without what could not be predicted. */
export function statusOf(counted: Counted, options: Rated): 'pass' | 'fail' | 'inconclusive' {
  const { passRate, confidence, indifference } = options
  if (indifference !== undefined && confidence !== undefined) {
    const rates = { low: otherRate(options, indifference), high: limitOf(options) }
    const likelier = likelierRate(counted, { ...rates, alpha: 1 - confidence })
    return likelier === undefined ? 'inconclusive' : likelier === 'high' ? 'pass' : 'fail'
  }
  const meets = (share: number): boolean =>
    (passRate.min === undefined || share >= passRate.min) && (passRate.gt === undefined || share > passRate.gt)
  const share = rateOf(counted, passRate)
  const [low, high] = confidence === undefined ? [share, share] : boundsOf(counted, { ...options, confidence })
  return meets(low) ? 'pass' : meets(high) ? 'inconclusive' : 'fail'
}
