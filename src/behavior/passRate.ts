import { type Bounds, checkedBounds, inWords } from '../checks/bounds.ts'
import { numberText, shareText } from '../numberText.ts'
import type { Judgement } from '../checks/check.ts'
import { AssayError, nearest } from '../errors.ts'
import type { PassRate, Severity } from '../results/checkResult.ts'
import { wilsonInterval } from '../stats/wilson.ts'

/** What every behavioral test can be told. */
export interface PassRateOptions {
  /**
   * Limits of the share of cases that pass; default `{ min: 1 }`.
   * @example { passRate: { min: 0.95 } }
   */
  readonly passRate?: Pick<Bounds, 'min' | 'gt'>
  /**
   * Turns the limit into a guarantee: the interval of this confidence must lie above it.
   * @example { confidence: 0.95 }
   */
  readonly confidence?: number
  /**
   * What too few cases mean under `confidence`; default `warn`.
   * @example { onInconclusive: 'fail' }
   */
  readonly onInconclusive?: 'warn' | 'fail' | 'pass'
  /**
   * `warn` reports a failure without failing the test.
   * @example { severity: 'warn' }
   */
  readonly severity?: Severity
}

const known = ['passRate', 'confidence', 'onInconclusive', 'severity']

/** Checks the options; an AssayError that names what is wrong with them. */
export function checkedPassRate(
  options: PassRateOptions,
  asker: string,
  more: readonly string[] = [],
): PassRateOptions & { passRate: Bounds } {
  const names = [...known, ...more]
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue
    const near = nearest(name, names)
    throw new AssayError('wrong-argument', `${asker} does not know the option ${JSON.stringify(name)}`, {
      hint: near ? `did you mean ${near}?` : `it knows ${names.join(', ')}`,
    })
  }
  const passRate = checkedBounds(options.passRate ?? { min: 1 }, `${asker}: passRate`)
  for (const value of Object.values(passRate)) {
    if (value < 0 || value > 1)
      throw new AssayError('wrong-argument', `${asker} got a pass rate of ${value}`, {
        hint: 'a pass rate is a share between 0 and 1, e.g. { min: 0.95 }',
      })
  }
  const { confidence } = options
  if (confidence !== undefined && !(confidence > 0 && confidence < 1)) {
    throw new AssayError('wrong-argument', `${asker} got confidence: ${String(confidence)}`, {
      hint: 'confidence lies between 0 and 1, e.g. 0.95',
    })
  }
  return { ...options, passRate }
}

/** A tally with its interval. */
export function passRateOf(
  name: string,
  tally: { cases: number; passed: number; failed: number; errors: number },
  limit: number,
  confidence = 0.95,
): PassRate {
  const tested = tally.passed + tally.failed + tally.errors
  return {
    name,
    ...tally,
    notApplicable: tally.cases - tested,
    ...(tested === 0
      ? {}
      : { rate: tally.passed / tested, interval: wilsonInterval(tally.passed, tested, confidence) }),
    limit,
  }
}

/** What is expected of the pass rate, in words. */
export function expectedRate({ passRate, confidence }: PassRateOptions & { passRate: Bounds }, unit: string): string {
  const limit = passRate.min === 1 ? `all ${unit}` : `${inWords(passRate, shareText)} of ${unit}`
  return confidence === undefined ? limit : `${limit}, with ${shareText(confidence)} confidence`
}

/** Judges a pass rate: by the share itself, or under `confidence` by its interval. */
export function judgeRate(
  rate: PassRate,
  { passRate, confidence, onInconclusive = 'warn' }: PassRateOptions & { passRate: Bounds },
  unit: string,
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
  const measured = `${shareText(rate.rate)} of ${numberText(tested)} ${unit} (${parts.join(', ')})`
  const limit = passRate.min ?? passRate.gt ?? 0
  const meets = (share: number) =>
    (passRate.min === undefined || share >= passRate.min) && (passRate.gt === undefined || share > passRate.gt)
  const base = { measured, value: rate.rate }
  if (confidence === undefined) return { ...base, status: meets(rate.rate) ? 'pass' : 'fail' }
  const [low, high] = rate.interval
  if (meets(low)) return { ...base, status: 'pass' }
  if (!meets(high)) return { ...base, status: 'fail' }
  const message = `the pass rate lies between ${shareText(low)} and ${shareText(high)} with ${shareText(confidence)} confidence, on both sides of ${shareText(limit)}: more ${unit} would decide`
  if (onInconclusive === 'pass') return { ...base, status: 'pass', message }
  return { ...base, status: 'inconclusive', blocking: onInconclusive === 'fail', message }
}
