import type { Bounds } from '../checks/bounds.ts'
import type { Judgement } from '../checks/check.ts'
import { AssayError, kindOf, nearest } from '../errors.ts'
import { isPlainObject } from '../options.ts'
import type { PassRate } from '../results/blocks/rates.ts'
import type { MftCase } from './mft.ts'
import type { Tally } from './tally.ts'
import { checkedPassRate, expectedRate, judgeRate, type Rated } from './passRate.ts'

type Limits = ReadonlyMap<string, Pick<Bounds, 'min' | 'gt'>>

/** Limits by capability; throws an AssayError for one that no case is about. */
export function capabilityLimits(limits: unknown, cases: readonly MftCase[]): Limits {
  if (limits === undefined) return new Map()
  const wrong = (found: string, hint: string): AssayError =>
    new AssayError('wrong-argument', `passMft ${found}`, { hint })
  if (!isPlainObject(limits) || Object.keys(limits).length === 0)
    throw wrong(`got ${kindOf(limits)} as capabilities`, 'e.g. { capabilities: { negation: { min: 0.7 } } }')
  const names = [...new Set(cases.flatMap(({ capability }) => capability ?? []))]
  return new Map(
    Object.entries(limits).map(([name, bounds]) => {
      if (!names.includes(name)) {
        const near = nearest(name, names)
        throw wrong(
          `got a limit for the capability ${JSON.stringify(name)}, which no case is about`,
          near ? `did you mean ${near}?` : `there are ${names.join(', ') || 'none'}`,
        )
      }
      return [name, checkedPassRate({ passRate: bounds as Bounds }, `passMft: ${name}`).passRate]
    }),
  )
}

const order = ['error', 'fail', 'vacuous', 'inconclusive', 'warn', 'pass', 'skipped'] as const

/** The judgement of a whole test, held to the limits of its capabilities, too: the worst of all counts. */
export function withCapabilities(
  whole: Judgement,
  rates: readonly PassRate[],
  tallies: ReadonlyMap<string, Tally>,
  limits: Limits,
  options: Rated,
): Judgement {
  const judged = rates.flatMap((rate) => {
    const passRate = limits.get(rate.name)
    if (!passRate) return []
    const rated = { ...options, passRate }
    return [{ rate, rated, judgement: judgeRate(rate, rated, 'cases', tallies.get(rate.name)) }]
  })
  const short = judged.filter(({ judgement }) => judgement.status !== 'pass')
  const [worst] = short.toSorted((a, b) => order.indexOf(a.judgement.status) - order.indexOf(b.judgement.status))
  if (!worst) return whole
  const lines = short.map(
    ({ rate, rated, judgement }) => `${rate.name}: ${judgement.measured}, expected ${expectedRate(rated, 'cases')}`,
  )
  const message = [whole.message, ...lines].filter((line) => line !== undefined).join('\n')
  const graver = order.indexOf(worst.judgement.status) < order.indexOf(whole.status)
  const { status, blocking } = graver ? worst.judgement : whole
  return { ...whole, status, ...(blocking === undefined ? {} : { blocking }), message }
}
