import type { Bounds } from '../checks/bounds.ts'
import type { Judgement } from '../checks/check.ts'
import { undecided } from '../checks/undecided.ts'
import { kindOf, nearestHint, wrongArgument } from '../errors.ts'
import { isPlainObject } from '../options.ts'
import type { PassRate } from '../results/blocks/rates.ts'
import type { CaseTally } from './tally.ts'
import type { CapabilityText } from './caseRows.ts'
import { checkedPassRate, expectedRate, judgeRate, type Rated } from './passRate.ts'

type Limits = ReadonlyMap<string, Pick<Bounds, 'min' | 'gt'>>

const wrong = wrongArgument('passMft')

/** Limits by capability, as they are checked. */
export function capabilityLimits(limits: unknown): Limits {
  if (limits === undefined) return new Map()
  if (!isPlainObject(limits) || Object.keys(limits).length === 0)
    throw wrong(`got ${kindOf(limits)} as capabilities`, 'e.g. { capabilities: { negation: { min: 0.7 } } }')
  return new Map(
    Object.entries(limits).map(([name, bounds]) => [
      name,
      checkedPassRate({ passRate: bounds as Bounds }, `passMft: ${name}`).passRate,
    ]),
  )
}

/** Throws an AssayError for a limit of a capability that no case is about. */
export function checkCapabilities(limits: Limits, all: readonly string[], capabilityText: CapabilityText): void {
  const names = all.filter((name) => capabilityText(name) === name)
  for (const name of limits.keys()) {
    if (all.includes(name)) continue
    throw wrong(
      `got a limit for the capability ${JSON.stringify(name)}, which no case is about`,
      nearestHint(
        name,
        names,
        names.length < all.length
          ? 'the others are left out, since columns are personal'
          : `there are ${names.join(', ') || 'none'}`,
        String,
      ),
    )
  }
}

const order = ['error', 'fail', 'vacuous', 'inconclusive', 'warn', 'pass', 'skipped'] as const

/** The judgement of a whole test, held to the limits of its capabilities, too: the worst of all counts. */
export function withCapabilities(
  whole: Judgement,
  rates: readonly PassRate[],
  tallies: ReadonlyMap<string, CaseTally>,
  limits: Limits,
  options: Rated,
  capabilityText: CapabilityText,
): Judgement {
  const judged = [...limits].map(([name, passRate]) => {
    const rate = rates.find((one) => one.name === name)
    const rated = { ...options, passRate }
    // Of the cases that a budget drew, none may be about it.
    const judgement = rate
      ? judgeRate(rate, rated, 'cases', tallies.get(name))
      : undecided({ measured: 'no case of it was asked' }, options)
    return { name, rated, judgement }
  })
  const short = judged.filter(({ judgement }) => judgement.status !== 'pass')
  const [worst] = short.toSorted((a, b) => order.indexOf(a.judgement.status) - order.indexOf(b.judgement.status))
  if (!worst) return whole
  const lines = short.map(
    ({ name, rated, judgement }) =>
      `${capabilityText(name)}: ${judgement.measured}, expected ${expectedRate(rated, 'cases')}`,
  )
  const message = [whole.message, ...lines].filter((line) => line !== undefined).join('\n')
  const graver = order.indexOf(worst.judgement.status) < order.indexOf(whole.status)
  const { status, blocking } = graver ? worst.judgement : whole
  return { ...whole, status, ...(blocking === undefined ? {} : { blocking }), message }
}
