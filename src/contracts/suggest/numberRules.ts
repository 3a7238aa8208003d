import { exactText, numberText } from '../../words/text/numbers.ts'
import type { ColumnProfile } from '../../results/runDocument.ts'
import { outward } from './outward.ts'
import type { ColumnRule } from './proposal.ts'

/** Ranges that things have by nature, with the names that say so. */
const natural: readonly (readonly [low: number, high: number, names?: RegExp])[] = [
  [1, 12, /month/i],
  [1, 31, /(^|[_\W])day(s)?([_\W]|$)|day_?of_?month|dayOfMonth/i],
  [0, 23, /hour/i],
  [0, 59, /minute|second/i],
  [0, 6],
  [1, 7],
  [1, 53],
  [0, 100, /percent|pct/i],
  [-180, 180, /(^|[_\W])(lon|lng|longitude)([_\W]|$)|longitude/i],
  [-90, 90, /(^|[_\W])(lat|latitude)([_\W]|$)|latitude/i],
]

/** The range that a column's name says it has, where its values fit; else one that its values fill, each of them seen. */
function naturalRange(
  name: string,
  { low, high, full }: { readonly low: number; readonly high: number; readonly full: boolean },
): readonly [number, number] | undefined {
  const range =
    natural.find(([from, to, names]) => names?.test(name) && low >= from && high <= to) ??
    natural.find(([from, to]) => full && low === from && high === to)
  return range && [range[0], range[1]]
}

/** What numbers suggest: the range that things of the name have, else limits with head room; of a key that it is not below 0. */
export function numberRules(
  { name, type, min, max, quantiles, distinct = 0 }: ColumnProfile,
  isKey: boolean,
): ColumnRule[] {
  const [low, high] = [Number(min), Number(max)]
  const numeric = ['integer', 'number', 'decimal'].includes(type)
  if (!numeric || min === undefined || max === undefined || !quantiles || !Number.isSafeInteger(Math.trunc(low + high)))
    return []
  const [p5, middle, p95] = [Number(quantiles.p5), Number(quantiles.p50), Number(quantiles.p95)]
  const seen = `values from ${numberText(low)} to ${numberText(high)}, half of them up to ${numberText(middle)}`
  const natural = naturalRange(name, { low, high, full: type === 'integer' && distinct === high - low + 1 })
  if (natural && !isKey) {
    const [minimum, maximum] = natural
    return [
      {
        constraint: `between ${numberText(minimum)} and ${numberText(maximum)}`,
        evidence: seen,
        rules: { minimum, maximum },
      },
    ]
  }
  // Numbers that only count rows grow without limit.
  if (isKey || distinct < 2) return low >= 0 ? [{ constraint: 'minimum 0', evidence: seen, rules: { minimum: 0 } }] : []
  const spread = p95 - p5
  const far = (distance: number): boolean => spread > 0 && distance > 5 * spread
  const [lowest, highest] = [far(p5 - low) ? p5 - 3 * spread : low, far(high - p95) ? p95 + 3 * spread : high]
  const minimum = low >= 0 ? 0 : -outward(-(lowest - (middle - lowest) / 2), 2)
  const maximum = high <= 0 ? 0 : outward(highest + (highest - middle) / 2, 2)
  const outliers = minimum > low || maximum < high
  return [
    {
      constraint: `between ${exactText(minimum)} and ${exactText(maximum)}`,
      evidence: `${seen}${outliers ? `, 90 % from ${numberText(p5)} to ${numberText(p95)}` : ''}`,
      rules: { minimum, maximum, ...(outliers ? { 'x-assay': { mostly: 1 } } : {}) },
    },
  ]
}
