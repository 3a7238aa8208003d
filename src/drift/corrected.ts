import { holm } from '../stats/holm.ts'
import type { Compared, Uncorrected, Work } from './compared.ts'
import { type FindingAtLimit, findingsWithin } from './findingsWithin.ts'

/** The share of the level that belongs to the effects of the methods, where something is looked for beside them. */
const OWN_SHARE = 0.8

/** The comparisons with their p-values adjusted for each other; what could not be compared counts for nothing. */
export async function corrected(all: readonly Uncorrected[], { options, seat }: Work): Promise<readonly Compared[]> {
  // Of joined rows nothing else is asked.
  const share = options.findings === false || options.joinBy !== undefined ? 1 : OWN_SHARE
  const ps = all.map((one) => (one.kind === 'compared' ? one.comparison.over(one.limit) : Number.NaN))
  const findings = all.map((one) => (one.kind === 'compared' ? findingsWithin(one, options) : []))
  const { tests, at } = await seat.settle({ effects: ps, findings: findings.flat().map(({ p }) => p) })
  const effects = stepped(tests.effects)
  const beside = stepped(tests.findings)
  let next = at.findings
  return all.map((comparison, i): Compared => {
    if (comparison.kind !== 'compared') return comparison
    const { adjusted, factor } = effects[at.effects + i] as Stepped
    const judged = (findings[i] as readonly FindingAtLimit[]).map((finding) => {
      const own = beside[next++] as Stepped
      const left = 1 - OWN_SHARE
      return { ...finding, adjustedP: Math.min(1, own.adjusted / left), factor: own.factor / left }
    })
    return { ...comparison, adjustedP: Math.min(1, adjusted / share), beside: factor / share, findings: judged }
  })
}

interface Stepped {
  readonly adjusted: number
  /** What Holm's procedure multiplies the p-value with. */
  readonly factor: number
}

function stepped(ps: readonly number[]): readonly Stepped[] {
  const adjusted = holm(ps)
  const tests = ps.filter((p) => !Number.isNaN(p)).length
  return ps.map((p, i) => {
    const smaller = ps.filter((other, j) => other < p || (other === p && j < i)).length
    return { adjusted: adjusted[i] as number, factor: tests - smaller }
  })
}
