import { numberText, shareText } from '../words/text/numbers.ts'
import { blockOf } from './blocks/index.ts'
import type { CheckResult } from './checkResult.ts'

/** How far a waiver accepts a failure. */
interface Ceiling {
  readonly unit: 'rows' | 'cases' | 'findings' | '%' | 'measured'
  readonly most: number
}

/** Milliseconds of the last instant that a date can be. */
const LAST_INSTANT = 8.64e15

/** What a ceiling may look like, for messages. */
export const CEILINGS = '"3 rows", "3 cases", "3 findings", "5 %" or "measured 12.5"'

/** The published schema has it too. */
const forms =
  /^(?:(\d[\d,]*) (row|case|finding)s?|((?:\d|[1-9]\d)(?:\.\d+)?|100(?:\.0+)?) ?%|measured (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?))$/u

/** Reads a ceiling; undefined for text that is none. */
export function readCeiling(text: string): Ceiling | undefined {
  const [, count, unit, share, value] = forms.exec(text) ?? []
  if (count !== undefined) return { unit: `${unit as 'row'}s`, most: Number(count.replaceAll(',', '')) }
  if (share !== undefined) return { unit: '%', most: Number(share) }
  return value === undefined ? undefined : { unit: 'measured', most: Number(value) }
}

/** The failure of a result as a ceiling that just covers it; undefined where it has no size, as of a missing column. */
export function ceilingOf(result: CheckResult): string | undefined {
  const counted = countOf(result)
  if (counted) return `${counted.count} ${counted.count === 1 ? counted.unit.slice(0, -1) : counted.unit}`
  const { value, negated } = result
  if (negated || value === undefined || !Number.isFinite(value)) return undefined
  return `measured ${outward(value, sideOf(value, result))}`
}

/** Why a failure is not within a ceiling, in words that follow "accepts up to 3 rows, "; undefined when it is. */
export function beyond(result: CheckResult, text: string): string | undefined {
  const ceiling = readCeiling(text)
  const counted = countOf(result)
  const { value } = result
  if (ceiling === undefined) return 'which is no ceiling'
  const { unit, most } = ceiling
  if (unit === '%') {
    if (counted?.tested === undefined || counted.tested === 0) return 'and this result has no share that fails'
    const share = counted.count / counted.tested
    return 100 * share > most ? `and ${shareText(share)} fail` : undefined
  }
  if (unit !== 'measured') {
    if (counted?.unit !== unit) return `and this result counts no ${unit}`
    return counted.count > most ? `and there are ${numberText(counted.count)}` : undefined
  }
  if (result.negated || value === undefined) return 'and this result measures no number'
  return covers(most, value, result) ? undefined : `and it measures ${asMeasured(value, result)}`
}

/**
 * Whether a number is no farther from its limits than a ceiling. What fails within them fails for what it was before, or
 * for what else was found: nothing says in which direction it would be worse, so only that number itself is covered.
 */
function covers(most: number, value: number, result: CheckResult): boolean {
  const side = sideOf(value, result)
  if (side === 'within') return outward(value, side) === outward(most, side)
  return side === 'above' ? value <= most : value >= most
}

/** A ceiling as it reads: of a day or a time as the result tells it, which stands in files as milliseconds. */
export function ceilingText(upTo: string, result: CheckResult): string {
  const ceiling = readCeiling(upTo)
  return ceiling?.unit === 'measured' ? `measured ${asMeasured(ceiling.most, result)}` : upTo
}

/** A number, as an instant where what the result measured is one. */
function asMeasured(number: number, { value, measured }: Pick<CheckResult, 'value' | 'measured'>): string {
  if (value === undefined || ![number, value].every((ms) => Math.abs(ms) <= LAST_INSTANT)) return String(number)
  const isInstant = measured.startsWith(new Date(value).toISOString().slice(0, 10))
  return isInstant ? new Date(number).toISOString().replace(/(?:T00:00:00)?\.000Z$/, endOf) : String(number)
}

const endOf = (end: string): string => (end.startsWith('T') ? '' : 'Z')

interface Counted {
  readonly count: number
  readonly unit: 'rows' | 'cases' | 'findings'
  readonly tested?: number
}

/** How much of a result fails. Under `.not` what is counted are rows that hold, of which no fewer would do. */
function countOf(result: CheckResult): Counted | undefined {
  const { kind, counts, value, negated } = result
  if (negated) return undefined
  if (counts) return { count: counts.failed, unit: 'rows', tested: counts.tested }
  const rates = blockOf(result, 'rates')
  if (rates) {
    const { passed, failed, errors } = rates.overall
    return { count: failed + errors, unit: 'cases', tested: passed + failed + errors }
  }
  return kind === 'wellFormed' && value !== undefined ? { count: value, unit: 'findings' } : undefined
}

type Side = 'below' | 'above' | 'within'

/** On which side of the limits a number lies; without limits more is worse. */
function sideOf(value: number, { limit }: CheckResult): Side {
  if (!limit) return 'above'
  const { min, max, gt, lt } = limit
  if ((min !== undefined && value < min) || (gt !== undefined && value <= gt)) return 'below'
  return (max !== undefined && value > max) || (lt !== undefined && value >= lt) ? 'above' : 'within'
}

/** A number with six digits, rounded away from a limit that it is past: sums differ in their last digits from run to run. */
function outward(value: number, side: Side): string {
  if (Number.isInteger(value)) return String(value)
  const rounded = Number(value.toPrecision(6))
  if (side === 'within') return String(rounded)
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 5)
  const past = side === 'below' ? rounded > value : rounded < value
  return String(past ? Number((rounded + (side === 'below' ? -step : step)).toPrecision(6)) : rounded)
}
