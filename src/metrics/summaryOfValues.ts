import type { Column, QueryOptions, Relation } from '../engine/engine.ts'
import { narrowed } from '../engine/narrowing.ts'
import { id, join, sql } from '../sql/sql.ts'
import { binIn } from './bins.ts'
import { asDouble } from './metric.ts'
import { sortedTexts } from './sortedTexts.ts'
import { PERCENTS, SHAPE_LENGTH, SHAPES, type Summarized, type ValueSummary } from './kinds/valueSummary.ts'

/** A value, and how many rows have it. */
interface Counted<V> {
  readonly value: V
  readonly count: number
}

/**
 * `valueSummary` of columns of few rows, whose values are handed over: the same to the letter, for less than planning the
 * engine's query for it costs. Without those whose values, or their texts, are only the engine's to tell.
 */
export async function summariesOfValues(
  relation: Relation,
  columns: readonly Summarized[],
  { top, mostRows }: { readonly top: number; readonly mostRows: number },
  options: QueryOptions,
): Promise<ReadonlyMap<string, ValueSummary>> {
  const { engine } = relation
  const summaries = new Map<string, ValueSummary>()
  const read: (Summarized & Column)[] = []
  for (const { name, edges } of columns) {
    const column = relation.columns.find((one) => one.name === name) as Column
    if (isText(column) || endings.has(column.native)) read.push({ ...column, edges })
    if (column.type !== 'integer' && column.type !== 'number') continue
    const double = asDouble({ dialect: engine.dialect, columns: relation.columns }, column)
    const values = await engine.numbers(sql`select ${double} from ${narrowed(relation, [name]).from}`, options)
    if (column.type === 'number' || values.every((value) => Number.isSafeInteger(value)))
      summaries.set(name, summaryOfNumbers(values, String, top, edges))
  }
  const texts = read.filter(isText)
  const fetched = texts.length * mostRows <= FEW_TEXTS ? read : read.filter((column) => !isText(column))
  if (fetched.length === 0) return summaries
  const { from } = narrowed(
    relation,
    fetched.map(({ name }) => name),
  )
  const rows = await engine.query(sql`select ${join(fetched.map(({ name }) => id(name)))} from ${from}`, options)
  for (const [i, column] of fetched.entries()) {
    const cells: readonly unknown[] = rows.flatMap((row) => (row[i] === null ? [] : [row[i]]))
    const summary = isText(column)
      ? summaryOfTexts(cells.map(String), column.type === 'string', top)
      : summaryOfTimes(cells, column, top)
    if (summary) summaries.set(column.name, summary)
  }
  return summaries
}

/** Texts from which on it is the engine that looks at them faster. */
const FEW_TEXTS = 4_000

const isText = ({ type }: Column): boolean => type === 'string' || type === 'boolean'

/** What the engine's text of a time ends with, by its name of the type. */
const endings: ReadonlyMap<string, string> = new Map([
  ['DATE', ''],
  ['TIMESTAMP', ''],
  ['TIMESTAMP_MS', ''],
  ['TIMESTAMP WITH TIME ZONE', '+00'],
])

/** Years that are written with four digits. */
const isPlain = (time: Date): boolean => time.getUTCFullYear() >= 1 && time.getUTCFullYear() <= 9999

/** Of times that a Date holds, and the engine writes like one. */
function summaryOfTimes(
  times: readonly unknown[],
  { type, native, edges }: Column & Summarized,
  top: number,
): ValueSummary | undefined {
  if (!times.every((time) => time instanceof Date && isPlain(time))) return undefined
  const whole = (time: number): string => new Date(time).toISOString().replace('T', ' ')
  const textOf = (time: number): string =>
    type === 'date' ? whole(time).slice(0, 10) : whole(time).replace(/\.?0*Z$/, endings.get(native) as string)
  return summaryOfNumbers(Float64Array.from(times, Number), textOf, top, edges)
}

function summaryOfNumbers(
  values: Float64Array,
  textOf: (value: number) => string,
  top: number,
  edges: readonly number[] | undefined,
): ValueSummary {
  const rising = runsOf(values.sort())
  const finite = rising.filter(({ value }) => Number.isFinite(value))
  return {
    values: values.length,
    distinct: rising.length,
    top: commonest(rising, top).map(({ value, count }) => ({ value: textOf(value), count })),
    ...(finite.length > 0 ? { ordered: orderedOf(finite, textOf) } : {}),
    ...(edges ? { bins: binsOf(finite, edges) } : {}),
  }
}

/** Equal values that follow one another. What is no number comes last, and is one value. */
function runsOf(sorted: Float64Array): readonly Counted<number>[] {
  const runs: Counted<number>[] = []
  for (let start = 0, end = 1; start < sorted.length; start = end++) {
    const value = sorted[start] as number
    while (end < sorted.length && (sorted[end] === value || Number.isNaN(value))) end++
    runs.push({ value, count: end - start })
  }
  return runs
}

/** The commonest first, of equally common ones the first. */
const commonest = <C extends { readonly count: number }>(rising: readonly C[], top: number): readonly C[] =>
  rising.toSorted((a, b) => b.count - a.count).slice(0, top)

function orderedOf(
  finite: readonly Counted<number>[],
  textOf: (value: number) => string,
): NonNullable<ValueSummary['ordered']> {
  const total = finite.reduce((sum, { count }) => sum + count, 0)
  const at = (share: number): string => {
    let upto = 0
    const quantile = finite.find(({ count }) => (upto += count) * 100 >= share * total)
    return textOf((quantile as Counted<number>).value)
  }
  return { min: at(0), quantiles: PERCENTS.map(at), max: at(100) }
}

function binsOf(finite: readonly Counted<number>[], edges: readonly number[]): readonly number[] {
  const bins = edges.slice(1).map(() => 0)
  for (const { value, count } of finite) {
    const bin = binIn(edges, value)
    bins[bin] = (bins[bin] as number) + count
  }
  return bins
}

function summaryOfTexts(texts: readonly string[], isText: boolean, top: number): ValueSummary {
  const rising = countedOf(texts)
  return {
    values: texts.length,
    distinct: rising.length,
    top: commonest(rising, top),
    ...(isText && texts.length > 0 ? textsOf(rising, texts.length) : {}),
  }
}

function countedOf(texts: readonly string[]): readonly Counted<string>[] {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return sortedTexts([...counts.keys()]).map((value) => ({ value, count: counts.get(value) as number }))
}

function textsOf(rising: readonly Counted<string>[], values: number): Pick<ValueSummary, 'text' | 'shapes'> {
  const counts = new Map<string, number>()
  let [empty, min, max, sum] = [0, Number.POSITIVE_INFINITY, 0, 0]
  for (const { value, count } of rising) {
    const length = codePoints(value)
    if (length === 0) empty = count
    min = Math.min(min, length)
    max = Math.max(max, length)
    sum += length * count
    const shape = shapeOf(value, length)
    counts.set(shape, (counts.get(shape) ?? 0) + count)
  }
  const shapes = sortedTexts([...counts.keys()]).map((value) => ({ value, count: counts.get(value) as number }))
  return {
    text: { empty, min, max, mean: sum / values },
    shapes: { top: commonest(shapes, SHAPES), distinct: shapes.length },
  }
}

const isHigh = (code: number): boolean => (code & 0xfc00) === 0xd800

function codePoints(text: string): number {
  let count = text.length
  for (let i = 0; i < text.length; i++) if (isHigh(text.charCodeAt(i))) count--
  return count
}

const ELLIPSIS = '…'
/** What stands for each character of ASCII. */
const stands = Array.from({ length: 128 }, (_, code) =>
  String.fromCharCode(code)
    .replace(/[0-9]/, '9')
    .replace(/[A-Z]/, 'A')
    .replace(/[a-z]/, 'a')
    .replace(/[^ -~]/, '·'),
)

/** How a text is built, of its first characters. */
function shapeOf(text: string, length: number): string {
  let shape = ''
  let count = 0
  for (let i = 0; i < text.length && count < SHAPE_LENGTH; i++, count++) {
    const code = text.charCodeAt(i)
    if (isHigh(code)) i++
    shape += stands[code] ?? (text[i] === ELLIPSIS ? ELLIPSIS : '·')
  }
  return length > SHAPE_LENGTH ? shape + ELLIPSIS : shape
}
