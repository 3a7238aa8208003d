import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import path from 'node:path'
import { keyTwiceIn } from '../../bytes/jsonFaults.ts'
import { fileRead } from '../../bytes/reads.ts'
import { type Dataset, dataset } from '../../dataset/dataset.ts'
import { AssayError, firstLine } from '../../errors.ts'
import { checkedProfile, noProfile } from './checkedProfile.ts'
import { DRIFT_PROFILE, type DriftProfile, type FrozenColumn } from './driftProfile.ts'

/** Rows that a reference is given at most; one of more counts as so many, which makes bounds wider, never tighter. */
const MOST_ROWS = 200_000

const profiles = new WeakMap<Dataset, DriftProfile>()

/** The columns that a frozen reference has left out; none of another dataset. */
export const leftOutOf = (reference: Dataset): ReadonlySet<string> =>
  new Set(profiles.get(reference)?.leftOut.map(({ name }) => name))

export const isThawed = (reference: Dataset): boolean => profiles.has(reference)

/** Whether a column's times have the zone that their type says: those of a frozen reference without one are instants. */
export function tellsZone(reference: Dataset, name: string): boolean {
  const profile = profiles.get(reference)
  return profile?.columns.find((column) => column.name === name)?.type !== 'timestamp'
}

/**
 * A frozen reference as a dataset whose columns have the distributions that were kept. Its rows mean nothing. Read again when
 * the path is asked for again. An AssayError where the file is none.
 */
export function thaw(reference: string | DriftProfile): Dataset {
  const profile = typeof reference === 'string' ? read(reference) : checkedProfile(reference, 'the profile')
  const rows = Math.min(profile.rows, MOST_ROWS)
  const columns = Object.fromEntries(
    profile.columns.map((column) => [column.name, valuesOf(column, profile.rows, rows)]),
  )
  const thawed = dataset(columns, { name: profile.name })
  profiles.set(thawed, profile)
  return thawed
}

/** Whether a file says by its beginning that it is a frozen reference; no for one that cannot be read. */
export function isProfileFile(file: string): boolean {
  const head = Buffer.alloc(200)
  try {
    const handle = openSync(file, 'r')
    try {
      readSync(handle, head)
    } finally {
      closeSync(handle)
    }
  } catch {
    return false
  }
  return new RegExp(`^\\s*\\{\\s*"assay"\\s*:\\s*"${DRIFT_PROFILE}"`).test(head.toString('utf8'))
}

function read(file: string): DriftProfile {
  const name = path.basename(file)
  fileRead(file)
  let text: string
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    throw new AssayError(
      'unreadable-file',
      `noDriftFrom cannot read the profile ${JSON.stringify(name)}: ${firstLine(error)}`,
      {
        hint: 'make it with freeze(dataset, path) or `assay profile <data> --freeze <path>`',
      },
    )
  }
  try {
    const profile: unknown = JSON.parse(text)
    const lost = keyTwiceIn(text)
    if (lost !== undefined) throw noProfile(JSON.stringify(name), `it ${lost}`)
    return checkedProfile(profile, JSON.stringify(name))
  } catch (error) {
    if (error instanceof AssayError) throw error
    const conflict = /^<{7} /m.test(text)
    throw noProfile(JSON.stringify(name), conflict ? 'it holds the marks of a merge' : 'it holds no JSON')
  }
}

/** The values of a column, as many as rows: each part gets its share of them, rounded so that all add up. */
function valuesOf(column: FrozenColumn, all: number, rows: number): readonly unknown[] {
  const { type } = column
  const values: unknown[] = []
  let seen = 0
  const take = (count: number): number => {
    seen += count
    return Math.round((seen / all) * rows) - values.length
  }
  const repeat = (value: unknown, count: number) => {
    for (let left = take(count); left > 0; left--) values.push(value)
  }
  repeat(null, column.missing)
  if (column.kind === 'categories') {
    repeat('(unreadable)', column.unreadable)
    for (const [value, count] of column.counts) repeat(type === 'boolean' ? value === 'true' : value, count)
    return values
  }
  const time = type === 'date' || type === 'timestamp' || type === 'timestamptz'
  const written = (value: number) => (time ? new Date(value) : value)
  repeat(Number.NEGATIVE_INFINITY, column.infinite[0])
  for (const [value, count] of column.counts ?? []) repeat(written(value), count)
  if (column.quantiles) {
    const kept = take(column.finite)
    for (let i = 0; i < kept; i++)
      values.push(
        written(between(column.quantiles, kept > 1 ? i / (kept - 1) : 0, type !== 'number' && type !== 'decimal')),
      )
  }
  repeat(Number.POSITIVE_INFINITY, column.infinite[1])
  repeat(time ? null : Number.NaN, column.notNumbers)
  return values
}

/** The quantile of a share, between its neighbors. */
function between(quantiles: readonly number[], share: number, whole: boolean): number {
  const place = share * (quantiles.length - 1)
  const low = Math.floor(place)
  const [left, right] = [quantiles[low] as number, quantiles[low + 1] ?? (quantiles[low] as number)]
  const value = left + (right - left) * (place - low)
  return whole ? Math.round(value) : value
}
