import type { NumberBlock } from '../../results/blocks/number.ts'
import { boundOf } from '../../stats/boundOf.ts'
import { countText, decimal, numberText } from '../../words/text/numbers.ts'
import type { Judgement } from '../check.ts'
import { type OnInconclusive, undecided } from '../undecided.ts'
import type { DistributionQuestion, Deviation } from './asking.ts'

interface Question {
  readonly within: number
  readonly confidence: number
  readonly onInconclusive: OnInconclusive
  readonly severity: 'error' | 'warn'
  readonly tested: number
  readonly missing: number
}

/**
 * Fails when the deviation is surely over the limit, passes when it surely is not: each test has the whole level, since
 * the two verdicts exclude each other.
 */
export function judgeDeviation(
  deviation: Deviation | Judgement,
  { unit, meaning, column }: Pick<DistributionQuestion, 'unit' | 'meaning'> & { readonly column: string },
  { within: limit, confidence, tested, missing, ...options }: Question,
): Judgement {
  if ('status' in deviation) return deviation
  const { effect, over, under, p, message, discreetMessage, charts } = deviation
  const level = Math.round((1 - confidence) * 1e12) / 1e12
  const status = over(limit) <= level ? 'fail' : under(limit) <= level ? 'pass' : 'inconclusive'
  const lower = over(0) > level ? 0 : boundOf(over, level, { inside: effect, outside: 0, point: limit })
  const upper = boundOf(under, level, { inside: effect, outside: 1, point: limit })
  const needed = Math.ceil(deviation.rowsToDecide({ limit, level }))
  const number: NumberBlock = {
    kind: 'number',
    name: unit,
    meaning,
    value: effect,
    interval: [lower, upper],
    confidence,
    limit: { max: limit },
    ...(p === undefined ? {} : { p }),
    current: { rows: tested + missing, missing },
    ...(status === 'inconclusive' && needed > tested ? { rowsToDecide: needed } : {}),
    note: message,
    of: [],
    noteOf: [column],
  }
  const short = (value: number) => decimal(value, { significant: 2, beside: [effect, lower, upper, limit] })
  const backed = {
    measured: `${unit} = ${short(effect)} [${short(lower)}, ${short(upper)}]`,
    value: effect,
    evidence: [number, ...charts],
  }
  const { noteOf: _, ...shown } = number
  const discreet = (words?: string) => [
    {
      columns: [column],
      ...(words === undefined ? {} : { message: words }),
      evidence: [{ ...shown, note: discreetMessage }],
    },
  ]
  if (status === 'fail') return { status, ...backed, message, discreet: discreet(discreetMessage) }
  if (status === 'pass') return { status, ...backed, discreet: discreet() }
  const decides =
    needed > tested ? `about ${numberText(needed)} values would decide` : 'the deviation is near the limit'
  const little = `too little evidence in ${countText(tested, 'value')}: ${decides}`
  const both = { ...backed, message: `${little}; ${message}`, discreet: discreet(`${little}; ${discreetMessage}`) }
  return undecided(both, options)
}
