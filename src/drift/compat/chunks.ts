import { measure } from '../../checks/measure.ts'
import { type TimeSpan, timeSpans, windowLabel } from '../../dataset/timeWindow.ts'
import { type Column, type Relation, ROW_NUMBER, type Value } from '../../engine/engine.ts'
import { AssayError } from '../../errors.ts'
import { columnNamed, isTime } from '../../metrics/metric.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { ownOptions } from '../../options.ts'
import { cellOf } from '../../cells/cell.ts'
import { id, raw, sql } from '../../sql/sql.ts'
import { numberText } from '../../words/text/numbers.ts'
import { countsOf, numeric, type PeerCounts, type PeerMethod } from './peer.ts'
import { sumOf } from '../../stats/sumOf.ts'

/** How NannyML cuts a reference into chunks, by which it sets its thresholds: one of `size`, `number`, and `every` with `time`. */
export interface DriftChunks {
  /**
   * Rows of a chunk, in the order of rows; the last one may be shorter.
   * @example { compat: 'nannyml', chunks: { size: 500 } }
   */
  readonly size?: number
  /**
   * How many chunks there are, of as many rows each; what is left over is one more.
   * @example { compat: 'nannyml', chunks: { number: 10 } }
   */
  readonly number?: number
  /**
   * A chunk for each span of time, in UTC.
   * @example { compat: 'nannyml', chunks: { every: 'month', time: 'created_at' } }
   */
  readonly every?: TimeSpan
  /**
   * The column of the reference that says when a row is from.
   * @example { compat: 'nannyml', chunks: { every: 'week', time: 'created_at' } }
   */
  readonly time?: string
}

/** Checks the chunks; an AssayError that names what is wrong with them. */
export function checkChunks(asker: string, stated: DriftChunks | undefined, compat: string | undefined): void {
  if (stated === undefined) return
  const wrong = (what: string, hint: string) => new AssayError('wrong-argument', `${asker} got chunks${what}`, { hint })
  if (compat !== 'nannyml') throw wrong(' without NannyML', "they set its thresholds: give compat: 'nannyml', too")
  const { size, number, every, time } = ownOptions(`${asker} chunks`, stated, ['size', 'number', 'every', 'time'])
  for (const [name, value] of Object.entries({ size, number }))
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0))
      throw wrong(`: ${name}: ${JSON.stringify(value)}`, `${name} is a whole number above 0`)
  if (every !== undefined && !timeSpans.includes(every))
    throw wrong(`: every: ${JSON.stringify(every)}`, `it is one of ${timeSpans.join(', ')}`)
  if ((every === undefined) !== (time === undefined) || (time !== undefined && typeof time !== 'string'))
    throw wrong(`: ${JSON.stringify(stated)}`, "chunks of time need both: { every: 'month', time: 'created_at' }")
  if ([size, number, every].filter((one) => one !== undefined).length !== 1)
    throw wrong(
      `: ${JSON.stringify(stated)}`,
      "give one of { size: 500 }, { number: 10 }, { every: 'month', time: 'created_at' }",
    )
}

const MOST_ROWS = 1_000_000

/**
 * NannyML's threshold of a method for a column: the mean of its values for the chunks of the reference, each compared with the
 * whole reference, and three of their standard deviations more (of a population). An AssayError for fewer than two chunks.
 */
export async function chunkThreshold(
  method: PeerMethod,
  { relation, column }: { readonly relation: Relation; readonly column: Column },
  chunks: DriftChunks,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { rows } = (await measure(relation, { rows: rowCount() }, signal)).values
  if (rows > MOST_ROWS)
    throw new AssayError('wrong-argument', `noDriftFrom got chunks of a reference of ${numberText(rows)} rows`, {
      hint: `${numberText(MOST_ROWS)} are read at most: take a sample(), or give limit`,
    })
  const cells = await cellsOf(relation, column, chunks, signal)
  const size = chunks.size ?? Math.max(1, Math.floor(rows / (chunks.number ?? 1)))
  const parts = new Map<string, (string | null)[]>()
  cells.forEach(([cell, label], i) => {
    const part = chunks.every === undefined ? String(Math.floor(i / size)) : label
    if (part === null) return
    const known = parts.get(part)
    if (known) known.push(cell)
    else parts.set(part, [cell])
  })
  if (parts.size < 2)
    throw new AssayError(
      'wrong-argument',
      `noDriftFrom got chunks, and the reference makes ${parts.size === 0 ? 'none' : 'one'}`,
      {
        hint: 'smaller chunks make more of them: a threshold takes two at least, and is worth something from about ten on',
      },
    )
  const whole = cells.map(([cell]) => cell)
  const isNumber = numeric(column.type) && method.numbers !== undefined
  const value = (part: readonly (string | null)[]) =>
    isNumber
      ? (method.numbers?.(numbersIn(whole), numbersIn(part)) ?? Number.NaN)
      : (method.categories?.(countsIn(whole), countsIn(part)) ?? Number.NaN)
  return threshold([...parts.values()].map(value))
}

/** The mean and three deviations more, of the values that there are. */
export function threshold(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value))
  const mean = sumOf(known) / known.length
  return mean + 3 * Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length)
}

const numbersIn = (cells: readonly (string | null)[]) =>
  Float64Array.from(cells.filter((cell) => cell !== null).map(Number))
    .filter(Number.isFinite)
    .sort()

const countsIn = (cells: readonly (string | null)[]): PeerCounts => countsOf(cells.filter((cell) => cell !== null))

/** Each row's cell as text with its window of time, in the order of rows where the source has one. */
async function cellsOf(
  relation: Relation,
  column: Column,
  { every, time }: DriftChunks,
  signal: AbortSignal | undefined,
): Promise<readonly (readonly [cell: string | null, label: string | null])[]> {
  const { dialect } = relation.engine
  const at = time === undefined ? undefined : columnNamed(relation.columns, time)
  if (at && !isTime(at))
    throw new AssayError(
      'wrong-type',
      `noDriftFrom got chunks by ${JSON.stringify(time)}, a column of ${at.type} values`,
      {
        hint: 'chunks of time are of a column of dates or timestamps',
      },
    )
  const label = at && every !== undefined ? windowLabel(at, every, dialect) : raw('null')
  const cell = sql`case when ${cellOf(column, dialect).missing} then null else ${dialect.text(id(column.name))} end`
  const order = relation.numbered ? sql` order by ${id(ROW_NUMBER)}` : raw('')
  const query = sql`select ${cell}, ${label} from ${relation.numbered ?? relation.from}${order}`
  const text = (value: Value | undefined) => (value === null || value === undefined ? null : String(value))
  return (await relation.engine.query(query, { signal })).map(([value, window]) => [text(value), text(window)])
}
