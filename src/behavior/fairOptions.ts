import { type Bounds, checkedBounds, inWords, within } from '../checks/bounds.ts'
import type { OnInconclusive } from '../checks/undecided.ts'
import { nearestHint, textOf, wrongArgument } from '../errors.ts'
import { isPlainObject, ownOptions } from '../options.ts'
import type { Severity } from '../results/checkResult.ts'
import { fairness, type FairnessName } from '../scores/fairness/index.ts'
import type { FairnessMeasure } from '../scores/fairness/measure.ts'
import { checkGroupBy, type GroupBy } from './slices.ts'
import { checkVerdictOptions } from '../checks/verdictOptions.ts'

/** Limits by the name of the measure; `fourFifths` is a `demographicParityRatio` of at least 0.8. */
export type FairnessLimits = { readonly [K in FairnessName]?: Bounds } & { readonly fourFifths?: true }

/** What `fair` can be told. */
export interface FairnessOptions {
  /**
   * What makes the groups: a field of the inputs, `capability`, or a function of the case.
   * @example { by: 'sex', positive: 'approve' }
   */
  readonly by: GroupBy
  /**
   * The label that is good to get.
   * @example { by: 'sex', positive: 'approve' }
   */
  readonly positive: string
  /**
   * The least number of cases of a group that is compared; smaller ones are left out, and told. Default 1.
   * @example { floor: 30 }
   */
  readonly floor?: number
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

const wrong = wrongArgument('fair')

/** The measures and their limits, in the order in which they are given. */
export function checkedFairness(limits: FairnessLimits): readonly (readonly [FairnessMeasure, Bounds])[] {
  const names = [...Object.keys(fairness), 'fourFifths']
  if (!isPlainObject(limits) || Object.keys(limits).length === 0)
    throw wrong(
      'got limits without a measure',
      `name one: { demographicParity: { max: 0.1 } }; there are ${names.join(', ')}`,
    )
  return Object.entries(limits).map(([name, limit]) => {
    if (name === 'fourFifths') {
      if (limit === true) return [fairness.demographicParityRatio, { min: 0.8 }] as const
      throw wrong(
        `got fourFifths: ${textOf(limit)}`,
        'the rule has its limit: fourFifths: true; another one is demographicParityRatio: { min: 0.9 }',
      )
    }
    if (!Object.hasOwn(fairness, name)) {
      throw wrong(
        `does not know the measure ${JSON.stringify(name)}`,
        nearestHint(name, names, `there are ${names.join(', ')}`, String),
      )
    }
    const measure: FairnessMeasure = fairness[name as FairnessName]
    const bounds = checkedBounds(limit, `fair: ${name}`)
    const worst = measure.as === 'difference' ? 1 : 0
    if (within(worst, bounds))
      throw wrong(
        `got ${name}: ${inWords(bounds)}, which the most unfair answers meet`,
        measure.as === 'difference'
          ? 'a difference has a greatest value, e.g. { max: 0.1 }'
          : 'a ratio has a least value, e.g. { min: 0.8 }',
      )
    return [measure, bounds] as const
  })
}

/** Checks the options; an AssayError that names what is wrong with them. */
export function checkedFairOptions(options: FairnessOptions) {
  const own = ownOptions('fair', options, ['by', 'positive', 'floor', 'confidence', 'onInconclusive', 'severity'])
  const { by, positive, floor = 1, confidence = 0.95 } = own
  if (by === undefined)
    throw wrong('needs groups', "say what makes them: { by: 'sex' }, a field of the inputs, or a function of the case")
  checkGroupBy(by, 'fair', 'by')
  const rules: readonly [name: string, value: unknown, holds: boolean, hint: string][] = [
    [
      'positive',
      positive,
      typeof positive === 'string' && positive !== '',
      "it is the label that is good to get, e.g. positive: 'approve'",
    ],
    ['floor', floor, Number.isInteger(floor) && floor >= 1, 'it is a whole number from 1'],
    [
      'confidence',
      confidence,
      typeof confidence === 'number' && confidence > 0 && confidence < 1,
      'it lies between 0 and 1, e.g. 0.95',
    ],
  ]
  for (const [name, value, holds, hint] of rules) if (!holds) throw wrong(`got ${name}: ${textOf(value)}`, hint)
  checkVerdictOptions('fair', own)
  return { ...own, by, positive, floor, confidence }
}
