import { AssayError } from '../../errors.ts'
import { isPlainObject } from '../../options.ts'
import { DRIFT_PROFILE, type DriftProfile, VERSION } from './driftProfile.ts'
import { sumOf } from '../../stats/sumOf.ts'

/** The profile, if it is one whose parts agree; an AssayError that says of `what` why it is none: of files that were changed by hand, or by halves. */
export function checkedProfile(value: unknown, what: string): DriftProfile {
  if (!isPlainObject(value) || value.assay !== DRIFT_PROFILE)
    throw noProfile(what, `it does not say "assay": "${DRIFT_PROFILE}"`)
  const { version, name, rows, columns, leftOut } = value
  if (version !== VERSION)
    throw noProfile(what, `its version is ${JSON.stringify(version) ?? 'missing'}, this one reads ${VERSION}`)
  if (!Array.isArray(columns) || !Array.isArray(leftOut) || !isCount(rows) || rows === 0)
    throw noProfile(what, 'it lacks columns or rows')
  const names = [...columns, ...leftOut].map((column: unknown) => (isPlainObject(column) ? column.name : undefined))
  if (typeof name !== 'string' || !names.every((one) => typeof one === 'string'))
    throw noProfile(what, 'it, or a column of it, has no name')
  const twice = names.find((one, i) => names.indexOf(one) !== i)
  if (twice !== undefined) throw noProfile(what, `it has two columns ${JSON.stringify(twice)}`)
  for (const column of columns as Readonly<Record<string, unknown>>[]) {
    const why = wrongIn(column, rows)
    if (why !== undefined) throw noProfile(what, `of column ${JSON.stringify(column.name)} ${why}`)
  }
  return value as unknown as DriftProfile
}

export const noProfile = (what: string, why: string): AssayError =>
  new AssayError('wrong-argument', `${what} is no frozen reference: ${why}`, {
    hint: 'of data, give dataset(path); a profile is made with freeze(dataset, path), and made anew where the reference changes',
  })

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

const CATEGORIES: readonly unknown[] = ['string', 'boolean', 'mixed', 'unknown']
const NUMBERS: readonly unknown[] = ['integer', 'number', 'decimal', 'date', 'timestamp', 'timestamptz']

/** What is wrong with a column; undefined where its parts are all there, and add up to the rows. */
function wrongIn(column: Readonly<Record<string, unknown>>, rows: number): string | undefined {
  const { kind, type, missing, unreadable, counts, notNumbers, infinite, finite } = column
  if (kind === 'categories') {
    const values = rowsOf(counts, type === 'boolean' ? isBoolean : isText)
    if (!CATEGORIES.includes(type)) return `the type is ${JSON.stringify(type)}`
    return addsUp([missing, unreadable, values], rows)
  }
  if (kind !== 'numbers') return `the kind is ${JSON.stringify(kind)}`
  if (!NUMBERS.includes(type)) return `the type is ${JSON.stringify(type)}`
  const [below, above] = Array.isArray(infinite) ? infinite : []
  const wrong = addsUp([missing, notNumbers, below, above, finite], rows)
  return wrong ?? wrongNumbers(column)
}

function wrongNumbers({ counts, quantiles, finite }: Readonly<Record<string, unknown>>): string | undefined {
  if (counts !== undefined) {
    if (quantiles !== undefined) return 'there are counts and quantiles'
    const values = rowsOf(counts, Number.isFinite)
    return values === finite ? undefined : `the counts are not those of ${JSON.stringify(finite)} numbers`
  }
  const rising =
    Array.isArray(quantiles) &&
    quantiles.length > 0 &&
    quantiles.every((one, i) => Number.isFinite(one) && (i === 0 || one >= quantiles[i - 1]))
  return rising ? undefined : 'the quantiles are no list of numbers that rise'
}

function addsUp(parts: readonly unknown[], rows: number): string | undefined {
  if (!parts.every(isCount)) return 'a number of rows is missing, or is none'
  const sum = sumOf(parts)
  return sum === rows ? undefined : `the parts are ${sum} rows, and the profile has ${rows}`
}

/** The rows of all values; undefined for what is no list of values, each once and with its rows. */
function rowsOf(counts: unknown, isValue: (value: unknown) => boolean): number | undefined {
  if (!Array.isArray(counts)) return undefined
  const seen = new Set<unknown>()
  let sum = 0
  for (const pair of counts as unknown[]) {
    const [value, count] = Array.isArray(pair) ? (pair as unknown[]) : []
    if (!isValue(value) || !isCount(count) || seen.has(value)) return undefined
    seen.add(value)
    sum += count
  }
  return sum
}

const isText = (value: unknown): boolean => typeof value === 'string'
const isBoolean = (value: unknown): boolean => value === 'true' || value === 'false'
