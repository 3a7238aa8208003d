import { statSync } from 'node:fs'
import { checkedDataset, described } from '../../checks/receiver.ts'
import type { Dataset } from '../../dataset/dataset.ts'
import { relationOf } from '../../dataset/opened.ts'
import type { Column, Relation } from '../../engine/engine.ts'
import { AssayError, firstLine } from '../../errors.ts'
import { isMeasured } from '../../metrics/metric.ts'
import { missingCount } from '../../metrics/kinds/missingCount.ts'
import { numbers } from '../../metrics/numbers.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { ownOptions } from '../../options.ts'
import { firstAbove, firstAtLeast } from '../../stats/sorted.ts'
import { haveCategories } from '../categories.ts'
import { categoryCounts } from '../categoryCounts.ts'
import type { ColumnTally } from '../columnTally.ts'
import { measure } from '../../checks/measure.ts'
import { isNothing } from '../../bytes/regularFile.ts'
import { writeWhole } from '../../results/writeWhole.ts'
import { isProfileFile } from './thaw.ts'
import { DRIFT_PROFILE, type DriftProfile, type FrozenColumn, VERSION } from './driftProfile.ts'

/** Different numbers that are kept with their rows; of more, quantiles are. */
const MOST_VALUES = 2000

/** What `freeze` can be told. */
export interface FreezeOptions {
  /**
   * Stops the work.
   * @example { signal: AbortSignal.timeout(60_000) }
   */
  readonly signal?: AbortSignal
}

/**
 * Keeps what drift needs to know of a reference, without its rows: of each column the values and their rows, of numbers with
 * more than 2,000 different ones 2,000 quantiles, which moves shares by at most 0.0005. Personal columns, identifiers and
 * nested values are left out. Written to `path` where one is given, as JSON that `toHaveNoDriftFrom(path)` reads; the same data
 * gives the same file, whole or not at all. An AssayError for a dataset without rows, and where `path` is a file that is no
 * frozen reference: it stays as it is.
 */
export async function freeze(reference: Dataset, path?: string, options: FreezeOptions = {}): Promise<DriftProfile> {
  checkedDataset(reference, 'freeze', "'orders.profile.json'")
  if (path !== undefined && (typeof path !== 'string' || path === ''))
    throw new AssayError('wrong-argument', `freeze got ${described(path)} as its path`, {
      hint: "name the file to write, e.g. 'orders.profile.json', or leave it out",
    })
  const { signal } = ownOptions('freeze', options, ['signal'])
  if (path !== undefined) checkProfilePlace(path)
  const relation = await relationOf(reference)
  const open = relation.columns.filter(({ name }) => !reference.pii.includes(name))
  const counts: Readonly<Record<string, ReturnType<typeof rowCount>>> = {
    rows: rowCount(),
    ...Object.fromEntries(open.map(({ name }, i) => [`missing ${i}`, missingCount(name)])),
  }
  const { values } = await measure(relation, counts, signal)
  const rows = values.rows as number
  if (rows === 0)
    throw new AssayError('wrong-argument', `freeze got ${JSON.stringify(reference.name)}, which has no rows`, {
      hint: 'freeze the data that later data shall be like',
    })
  const columns: FrozenColumn[] = []
  const leftOut: { name: string; why: string }[] = []
  for (const column of relation.columns) {
    const missing = values[`missing ${open.indexOf(column)}`] as number
    const found = open.includes(column) ? await frozen(column, { rows, missing }, relation, signal) : 'personal'
    if (typeof found === 'string') leftOut.push({ name: column.name, why: found })
    else columns.push(found)
  }
  const profile: DriftProfile = { assay: DRIFT_PROFILE, version: VERSION, name: reference.name, rows, columns, leftOut }
  if (path !== undefined) await write(path, profileText(profile))
  return profile
}

/** Throws an AssayError where a file is there that is no frozen reference. */
function checkProfilePlace(file: string): void {
  const stats = isNothing(file) ? undefined : statSync(file, { throwIfNoEntry: false })
  if (!stats || (stats.isFile() && (stats.size === 0 || isProfileFile(file)))) return
  throw new AssayError(
    'wrong-use',
    `freeze would write over ${JSON.stringify(file)}, which is no frozen reference, so it stays as it is`,
    { hint: 'name another file, or move it away' },
  )
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeWhole(file, text)
  } catch (cause) {
    throw new AssayError('unreadable-file', `${JSON.stringify(file)} cannot be written: ${firstLine(cause)}`, { cause })
  }
}

/** The file's text: a column a line. */
function profileText({ columns, ...rest }: DriftProfile): string {
  const head = JSON.stringify(rest).slice(0, -1)
  return `${head},"columns":[\n${columns.map((column) => JSON.stringify(column)).join(',\n')}\n]}\n`
}

/** The column as it is kept, or why it is not. */
async function frozen(
  column: Column,
  { rows, missing }: ColumnTally,
  relation: Relation,
  signal: AbortSignal | undefined,
): Promise<FrozenColumn | string> {
  const { name, type } = column
  const kept = { name, type, missing }
  if (isMeasured(column)) {
    const found = (await measure(relation, { numbers: numbers(name) }, signal)).values.numbers
    return numbersOf(found, rows, kept)
  }
  if (!haveCategories(type, type)) return `${type} values`
  const { counts, unreadable, truncated } = (await measure(relation, { counts: categoryCounts(name) }, signal)).values
    .counts
  if (truncated || (counts.size > 50 && counts.size > (rows - missing) / 2)) return 'identifiers or free text'
  const order = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  return { ...kept, kind: 'categories', counts: order, unreadable }
}

function numbersOf(
  values: Float64Array,
  rows: number,
  kept: Pick<FrozenColumn, 'name' | 'type' | 'missing'>,
): FrozenColumn | string {
  const sorted = values.slice().sort()
  // NaN stands at the end.
  const [from, to] = [firstAbove(sorted, Number.NEGATIVE_INFINITY), firstAtLeast(sorted, Number.POSITIVE_INFINITY)]
  const ends = firstNaN(sorted)
  const finite = sorted.subarray(from, Math.min(to, ends))
  const largest = Math.max(Math.abs(finite[0] ?? 0), Math.abs(finite.at(-1) ?? 0))
  if (kept.type === 'integer' && largest > Number.MAX_SAFE_INTEGER) return 'whole numbers beyond 2^53'
  const counts: [number, number][] = []
  for (const value of finite) {
    const last = counts.at(-1)
    if (last?.[0] === value) last[1]++
    else if (counts.push([value, 1]) > MOST_VALUES) break
  }
  const quantile = (_: unknown, i: number) => finite[Math.round((i / MOST_VALUES) * (finite.length - 1))] as number
  return {
    ...kept,
    kind: 'numbers',
    notNumbers: rows - kept.missing - ends,
    infinite: [from, Math.max(0, ends - Math.min(to, ends))],
    finite: finite.length,
    ...(counts.length <= MOST_VALUES ? { counts } : { quantiles: Array.from({ length: MOST_VALUES + 1 }, quantile) }),
  }
}

function firstNaN(sorted: Float64Array): number {
  let end = sorted.length
  while (end > 0 && Number.isNaN(sorted[end - 1])) end--
  return end
}
