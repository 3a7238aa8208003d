// Written without Intl: the first use of its tables costs a process more than ten milliseconds.

/** What stands for a number that is not there. */
export const noValue = '—'

/** More digits after the point than any double has. */
const MOST_DIGITS = 20

/** Digits in groups of three: `1,284,310`. */
function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Text of a number with its thousands apart, and no zeros at the end of its fraction. */
function spelled(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = ''] = /^(-?)(\d+)(?:\.(\d+))?(e.*)?$/.exec(text) ?? []
  if (whole === '') return text
  const rest = fraction.replace(/0+$/, '')
  const body = `${grouped(whole)}${rest === '' ? '' : `.${rest}`}${power}`
  return body === '0' ? '0' : sign + body
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return noValue
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞'
  return value === 0 ? '0' : undefined
}

/** Whether a number reads better in powers of ten. */
const inPowers = (value: number): boolean =>
  Math.abs(value) < 1e-4 || (Math.abs(value) >= 1e15 && !Number.isSafeInteger(value))

/** A number with every digit it has, as limits read: no two numbers read the same. */
export function exactText(value: number | bigint): string {
  if (typeof value === 'bigint') return numberText(value)
  return special(value) ?? spelled(inPowers(value) ? value.toExponential() : String(value))
}

function rounded(value: number, digits: number): string {
  const known = special(value)
  if (known !== undefined) return known
  return spelled(inPowers(value) ? value.toExponential(Math.max(0, digits - 1)) : String(Number(value.toFixed(digits))))
}

/** Spells a number with so many digits; `undefined` for all it has. */
type Spell = (value: number, digits: number | undefined) => string

/**
 * Numbers that stand beside each other, with the same digits and no more than it takes: at least `digits`, and so many
 * that different numbers read differently, however exactly the others are written.
 */
function apart(values: readonly number[], digits: number, spell: Spell): (value: number) => string {
  const all = [...new Set(values)]
  if (all.length > 1) {
    const exact = all.map((value) => spell(value, undefined))
    for (let d = digits; d <= MOST_DIGITS; d++) {
      const texts = all.map((value) => spell(value, d))
      const clash = texts.some(
        (text, i) => texts.indexOf(text) !== i || exact.some((one, j) => j !== i && one === text),
      )
      if (!clash) return (value) => spell(value, d)
    }
    return (value) => spell(value, undefined)
  }
  return (value) => spell(value, digits)
}

const spellNumber: Spell = (value, digits) => (digits === undefined ? exactText(value) : rounded(value, digits))

/**
 * A measured number: thousands apart, at most 6 digits after the point, or more where it takes more to tell it from
 * the numbers it stands beside, its limits say. A bigint has all its digits.
 */
export function numberText(value: number | bigint, beside: readonly number[] = []): string {
  if (typeof value === 'bigint') return `${value < 0n ? '-' : ''}${grouped(String(value).replace('-', ''))}`
  return apart([value, ...beside], 6, spellNumber)(value)
}

/** The digits after the point that show so many significant ones; whole digits are all kept. */
const digitsOf = (value: number, significant: number): number =>
  value === 0 || !Number.isFinite(value)
    ? 0
    : inPowers(value)
      ? significant
      : Math.max(0, significant - 1 - Math.floor(Math.log10(Math.abs(value))))

/** A measured number in short, `0.0312`, `12,400.5`, with more digits where it takes more to tell it from those beside it. */
export function decimal(
  value: number | null | undefined,
  { significant = 3, beside = [] }: { readonly significant?: number; readonly beside?: readonly number[] } = {},
): string {
  if (typeof value !== 'number' || Number.isNaN(value)) return noValue
  const more = (one: number, d: number | undefined) =>
    spellNumber(one, d === undefined ? undefined : d + digitsOf(one, significant) - 1)
  return apart([value, ...beside], 1, more)(value)
}

/** A count: `1,284,310`. */
export function integer(value: number | null | undefined): string {
  return typeof value !== 'number' || !Number.isFinite(value) ? noValue : numberText(Math.round(value))
}

/** How many there are of something: `1 row`, `1,284,310 rows`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`
}

/** Text of a share times a hundred, digit by digit: a product would round. */
function hundredfold(share: number): string {
  const [mantissa = '', power = '0'] = String(share).split('e')
  const sign = mantissa.startsWith('-') ? '-' : ''
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.')
  const point = whole.length + Number(power) + 2
  const digits = `${whole}${fraction}`
  const padded = point > 0 ? digits.padEnd(point, '0') : '0'.repeat(1 - point) + digits
  const at = Math.max(1, point)
  const text = `${padded.slice(0, at).replace(/^0+(?=\d)/, '')}.${padded.slice(at)}`
  return sign + text.replace(/\.?0*$/, '')
}

const spellShare: Spell = (share, digits) => {
  if (!Number.isFinite(share)) return noValue
  const exact = spelled(hundredfold(share))
  if (digits === undefined || share === 0 || share === 1) return `${exact} %`
  const text = spelled((100 * share).toFixed(digits))
  // Never rounded to nothing or to all when it is neither.
  return `${text === '0' || text === '100' ? exact : text} %`
}

/** One digit after the point; near 0 and 1 two that tell how near. */
function shareDigits(share: number): number {
  const fromEnd = Math.min(Math.abs(share), Math.abs(1 - share))
  if (fromEnd === 0 || fromEnd > 0.1) return 1
  return Math.min(MOST_DIGITS, Math.max(2, Math.ceil(-Math.log10(fromEnd)) - 1))
}

/**
 * A measured share as a percentage: `5.77 %`. Never rounded to 0 % or 100 % when it is neither, with more digits where
 * it takes more to tell it from the shares it stands beside.
 */
export function shareText(share: number | null | undefined, beside: readonly number[] = []): string {
  if (typeof share !== 'number' || !Number.isFinite(share)) return noValue
  const all = [share, ...beside.filter(Number.isFinite)]
  return apart(all, shareDigits(share), spellShare)(share)
}

/** A share with every digit it has, as limits read. */
export function exactShare(share: number): string {
  return spellShare(share, undefined)
}

/** An interval of shares: `92.7–97.3 %`. */
export function shareInterval([low, high]: readonly [number, number]): string {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return noValue
  return `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)} %`
}

/** A probability of a test: small ones as a bound. */
export function probability(p: number | null | undefined): string {
  if (typeof p !== 'number' || !Number.isFinite(p)) return noValue
  return p < 0.0001 ? '< 0.0001' : String(Number(p.toPrecision(2)))
}

/** An interval: `0.21 to 0.25`. */
export function interval(
  bounds: readonly [number, number] | undefined,
  show: (value: number) => string = decimal,
): string {
  return bounds ? `${show(bounds[0])} to ${show(bounds[1])}` : noValue
}
