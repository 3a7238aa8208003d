import { blocksOf } from '../src/results/blocks/index.ts'
import type { PassRate, RatesBlock } from '../src/results/blocks/rates.ts'
import type { CheckResult, Status } from '../src/results/checkResult.ts'

/** Minimum functionality, invariance, direction, regression. */
export type TestType = NonNullable<RatesBlock['test']>

/** One capability probed by one type of test, over all results that did so. */
export interface BehaviorCell {
  readonly model: string
  readonly capability: string
  readonly type: TestType
  readonly tests: number
  /** The worst pass rate of the cell, the one furthest below its limit. */
  readonly worst: PassRate
  /** Whether it falls short of the limit of its test, which fails or warns. */
  readonly over: boolean
  /** How far it falls short: 0 where it does not, else 1 to 4. */
  readonly step: 0 | 1 | 2 | 3 | 4
  /** `skipped` for one that its test did not judge by itself. */
  readonly status: Status
  readonly results: readonly CheckResult[]
}

/** The cells of all models and of these types of test, in the order in which their capabilities first appear. */
export function behaviorCells(
  results: readonly CheckResult[],
  types: readonly TestType[] = ['MFT', 'INV', 'DIR'],
): BehaviorCell[] {
  const cells = new Map<string, Entry[]>()
  for (const result of results) {
    for (const { test, overall, parts } of blocksOf(result, 'rates')) {
      if (test === undefined || !types.includes(test)) continue
      const { subject } = result
      const rates = parts.length > 0 ? parts : [{ ...overall, name: subject.capability ?? overall.name }]
      for (const rate of rates) {
        const key = JSON.stringify([subject.name, rate.name, test])
        const entries = cells.get(key) ?? []
        cells.set(key, entries)
        entries.push({ rate, judged: { ...rate, ...limitOf(rate, overall) }, result })
      }
    }
  }
  return [...cells].map(([key, entries]) => {
    const [model, capability, type] = JSON.parse(key) as [string, string, TestType]
    const sorted = entries.sort((a, b) => shortfall(b.judged) - shortfall(a.judged))
    const [worst] = sorted as [Entry]
    const over = isOver(worst.judged) && worst.result.status !== 'pass'
    return {
      model,
      capability,
      type,
      tests: entries.length,
      worst: worst.rate,
      over,
      step: over && worst.result.status !== 'accepted' ? overStep(worst.judged) : 0,
      status: cellStatus(worst),
      results: sorted.map(({ result }) => result),
    }
  })
}

/** A pass rate as it is told, and as its test judges it: by a limit that is the whole test's. */
interface Entry {
  readonly rate: PassRate
  readonly judged: PassRate
  readonly result: CheckResult
}

function limitOf(rate: PassRate, overall: PassRate): Pick<PassRate, 'limit'> {
  const limit = rate.limit ?? overall.limit
  return limit === undefined ? {} : { limit }
}

/** How strongly a pass rate misses its limit: 0 when it does not, else 1 to 4. */
function overStep({ rate, limit }: PassRate): 0 | 1 | 2 | 3 | 4 {
  if (rate === undefined || limit === undefined || rate >= limit) return 0
  const ratio = (1 - rate) / Math.max(1 - limit, 0.005)
  return ratio <= 1.5 ? 1 : ratio <= 2 ? 2 : ratio <= 4 ? 3 : 4
}

function isOver({ rate, limit }: PassRate): boolean {
  return rate !== undefined && limit !== undefined && rate < limit
}

function shortfall({ rate, limit }: PassRate): number {
  if (rate === undefined) return -2
  return (limit ?? 0) - rate
}

function cellStatus({ judged: rate, rate: { limit: own }, result }: Entry): Status {
  if (rate.rate === undefined) return 'vacuous'
  const undecided = result.status === 'inconclusive'
  // A limit is the whole test's: one capability may lie below it where the test passes, and was not judged by itself.
  if (isOver(rate)) return result.status === 'pass' && own === undefined ? 'skipped' : result.status
  const [low, high] = rate.interval ?? [rate.rate, rate.rate]
  return undecided && rate.limit !== undefined && low < rate.limit && high >= rate.limit ? 'inconclusive' : 'pass'
}
