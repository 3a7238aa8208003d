import { type Bounds, checkedBounds, inWords, metBy } from '../checks/bounds.ts'
import type { OnInconclusive } from '../checks/undecided.ts'
import { nearestHint, textOf, wrongArgument } from '../errors.ts'
import { isPlainObject, ownOptions } from '../options.ts'
import type { Severity } from '../results/checkResult.ts'
import { type ScoreName, scores } from '../scores/index.ts'
import { type Average, defaultSettings, type Score, type ScoreSettings } from '../scores/score.ts'
import { checkScore, type ScoreOf } from './scoreOf.ts'
import { checkSliceBy, type SliceBy } from './slices.ts'
import { checkVerdictOptions } from '../checks/verdictOptions.ts'

/** Limits by the name of the score. */
export type ScoreLimits = { readonly [K in ScoreName]?: Bounds }

/** What `scored` can be told. */
export interface ScoreOptions {
  /**
   * The label that is looked for, of two: precision, recall, F, ROC and PR are then about it.
   * @example { positive: 'spam' }
   */
  readonly positive?: string
  /**
   * How scores of several labels become one; default `binary` with `positive`, else `macro`.
   * @example { average: 'weighted' }
   */
  readonly average?: Average
  /**
   * Whether `rocAuc` of several labels is that of each against all others (`ovr`, the default) or of every two (`ovo`).
   * @example { multiClass: 'ovo' }
   */
  readonly multiClass?: 'ovr' | 'ovo'
  /**
   * For `kappa` of labels in an order: a mistake counts by how far it is off, or by the square of that. The order is that of
   * numbers, or of `labels`.
   * @example { kappaWeights: 'quadratic', labels: ['low', 'middle', 'high'] }
   */
  readonly kappaWeights?: 'linear' | 'quadratic'
  /**
   * How many of the first answers count, for `topK`, `ndcg`, `recallAtK`, `precisionAtK` and `hitRate`; default 5.
   * @example { k: 3 }
   */
  readonly k?: number
  /**
   * How much more recall counts than precision, for `f1`; default 1.
   * @example { beta: 2 }
   */
  readonly beta?: number
  /**
   * The quantile that is predicted, for `pinball`; default 0.5.
   * @example { quantile: 0.9 }
   */
  readonly quantile?: number
  /**
   * How many bins of confidence calibration is looked at in, for `ece`, `mce` and the like; default 10.
   * @example { bins: 15 }
   */
  readonly bins?: number
  /**
   * The share of cases that is answered, the surest first, for `riskAtCoverage`; default 0.8.
   * @example { coverage: 0.9 }
   */
  readonly coverage?: number
  /**
   * The share of answers that may be wrong, for `coverageAtRisk`; default 0.05.
   * @example { risk: 0.01 }
   */
  readonly risk?: number
  /**
   * The label by which the model says that it does not know, for `answeredShare` and `answeredAccuracy`.
   * @example { abstain: 'unknown' }
   */
  readonly abstain?: string
  /**
   * Which number of the answer is meant, where it is not the answer itself.
   * @example { score: 'price' }
   */
  readonly score?: ScoreOf
  /**
   * The labels there are; an answer with another one is an error of its case.
   * @example { labels: ['ham', 'spam'] }
   */
  readonly labels?: readonly string[]
  /**
   * A field of the inputs, `capability`, or a function of the case: scores are told by slice, the weakest first. Several
   * fields make slices by each of them and by every two together, `*` by all fields there are.
   * @example { sliceBy: ['country', 'device'] }
   */
  readonly sliceBy?: SliceBy
  /**
   * Limits that each slice of at least `floor` cases must keep.
   * @example { sliceBy: 'country', slices: { accuracy: { min: 0.8 } } }
   */
  readonly slices?: ScoreLimits
  /**
   * The least number of cases of a slice that is judged; default 20.
   * @example { floor: 50 }
   */
  readonly floor?: number
  /**
   * Turns limits into a guarantee: the interval of this confidence must lie within them.
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

const known =
  'positive average multiClass kappaWeights k beta quantile bins coverage risk abstain score labels sliceBy slices floor confidence onInconclusive severity'.split(
    ' ',
  )
export const wrong = wrongArgument('scored')

const needed = { abstain: "name the label that is no answer, e.g. abstain: 'unknown'" } as const

/** The scores and their limits, in the order in which they are given. */
export function checkedLimits(
  limits: ScoreLimits,
  what: string,
  { settings }: Checked,
): readonly (readonly [Score, Bounds])[] {
  if (!isPlainObject(limits) || Object.keys(limits).length === 0)
    throw wrong(
      `got ${what} without a score`,
      `name one: { accuracy: { min: 0.9 } }; there are ${Object.keys(scores).join(', ')}`,
    )
  return Object.entries(limits).map(([name, limit]) => {
    if (!Object.hasOwn(scores, name)) {
      const names = Object.keys(scores)
      throw wrong(
        `does not know the score ${JSON.stringify(name)}`,
        nearestHint(name, names, `there are ${names.join(', ')}`, String),
      )
    }
    const score: Score = scores[name as ScoreName]
    if (score.needs !== undefined && settings[score.needs] === undefined)
      throw wrong(`got ${name} without ${score.needs}`, needed[score.needs])
    const bounds = checkedBounds(limit, `scored: ${name}`)
    const met = metBy(bounds, score.range)
    if (met)
      throw wrong(`got limits that ${met} ${name} meets: ${inWords(bounds)}`, `${name} ${rangeText(score.range)}`)
    return [score, bounds] as const
  })
}

function rangeText([low, high]: readonly [number, number]): string {
  if (high === Infinity) return `is at least ${low}`
  return low === -Infinity ? `is at most ${high}` : `lies between ${low} and ${high}`
}

export function checkedOptions(options: ScoreOptions) {
  const own = ownOptions('scored', options, known)
  const {
    positive,
    average,
    multiClass = defaultSettings.multiClass,
    kappaWeights,
    k = defaultSettings.k,
    beta = defaultSettings.beta,
    quantile = defaultSettings.quantile,
    bins = defaultSettings.bins,
    coverage = defaultSettings.coverage,
    risk = defaultSettings.risk,
    abstain,
    floor = 20,
    confidence,
    labels,
  } = own
  checkScore(own.score, 'scored')
  checkSliceBy(own.sliceBy, 'scored')
  const rules: readonly [name: string, value: unknown, holds: boolean, hint: string][] = [
    ['positive', positive, positive === undefined || typeof positive === 'string', 'it is a label'],
    [
      'average',
      average,
      average === undefined || ['binary', 'micro', 'macro', 'weighted'].includes(average),
      "it is 'binary', 'micro', 'macro' or 'weighted'",
    ],
    ['multiClass', multiClass, ['ovr', 'ovo'].includes(multiClass), "it is 'ovr' or 'ovo'"],
    [
      'kappaWeights',
      kappaWeights,
      kappaWeights === undefined || ['linear', 'quadratic'].includes(kappaWeights),
      "it is 'linear' or 'quadratic'",
    ],
    ['k', k, Number.isInteger(k) && k >= 1, 'it is a whole number from 1'],
    ['beta', beta, typeof beta === 'number' && beta > 0 && beta < Infinity, 'it is more than 0'],
    ['quantile', quantile, typeof quantile === 'number' && quantile > 0 && quantile < 1, 'it lies between 0 and 1'],
    ['bins', bins, Number.isInteger(bins) && bins >= 1, 'it is a whole number from 1'],
    ['coverage', coverage, typeof coverage === 'number' && coverage > 0 && coverage <= 1, 'it lies between 0 and 1'],
    ['risk', risk, typeof risk === 'number' && risk >= 0 && risk < 1, 'it lies between 0 and 1'],
    ['abstain', abstain, abstain === undefined || (typeof abstain === 'string' && abstain !== ''), 'it is a label'],
    ['floor', floor, Number.isInteger(floor) && floor >= 1, 'it is a whole number from 1'],
    ['labels', labels, labels === undefined || (Array.isArray(labels) && labels.length > 0), 'it is a list of labels'],
    [
      'confidence',
      confidence,
      confidence === undefined || (typeof confidence === 'number' && confidence > 0 && confidence < 1),
      'it lies between 0 and 1, e.g. 0.95',
    ],
  ]
  for (const [name, value, holds, hint] of rules) if (!holds) throw wrong(`got ${name}: ${textOf(value)}`, hint)
  if (multiClass === 'ovo' && average === 'micro')
    throw wrong("got multiClass: 'ovo' with average: 'micro'", "pairs of labels are averaged by 'macro' or 'weighted'")
  checkVerdictOptions('scored', own)
  if (average === 'binary' && positive === undefined)
    throw wrong("got average: 'binary' without positive", 'name the label that is looked for')
  const settings: ScoreSettings = {
    positive,
    average: average ?? (positive === undefined ? 'macro' : 'binary'),
    k,
    beta,
    quantile,
    bins,
    coverage,
    risk,
    abstain,
    multiClass,
    kappaWeights,
    labels,
  }
  return { ...own, settings, floor }
}

/** The options as scores are judged by. */
export type Checked = ReturnType<typeof checkedOptions>
