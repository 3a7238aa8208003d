import { isHeldAsText } from '../cells/cell.ts'
import { isoInstant, lexical, saysTrue } from '../cells/lexical.ts'
import type { Column, Value } from '../engine/engine.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { define } from './json.ts'
import { kindsWithin, type Leaves, nestedReader, valueReader } from './nestedValue.ts'
import type { RowValidator } from './rowValidator.ts'

type Read = (cell: Value) => unknown
type Judged = Awaited<ReturnType<RowValidator['judge']>>

const safe = (value: Value): unknown => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : BigInt(value as bigint)
}
/** The instant of a text in ISO 8601; the text itself where no such day or time exists. */
const instant: Read = (value) => {
  const text = String(value)
  const moment = new Date(text)
  const [day = ''] = text.split('T')
  const there = new Date(`${day}T00:00:00Z`)
  const exists = !Number.isNaN(moment.getTime()) && there.toJSON()?.startsWith(day) && !/T24/.test(text)
  return exists ? moment : value
}
const instantOr = (text: Value, iso: string): unknown => {
  const moment = instant(iso)
  return moment === iso ? text : moment
}
const asText: Read = String

/**
 * How a cell reads as a JavaScript value: the likeliest first, then others that hold the same value, so that a schema
 * may ask for any of them. A 64-bit integer is a number, or a bigint; a day a Date, or text.
 */
export function jsReadings(column: Column): readonly Read[] {
  if (isHeldAsText(column)) return textReadings(column)
  const { type } = column
  const iso = valueReader(column) as Read
  if (type === 'integer') return [safe, (value) => BigInt(value as bigint)]
  if (type === 'decimal') return [Number, asText]
  if (type === 'date') return [instant, asText]
  if (type === 'timestamp' || type === 'timestamptz') return [(value) => instant(iso(value) as Value), iso]
  return type === 'list' || type === 'struct' ? nestedReadings(column.native) : [(value) => value]
}

/** Of what is inside of a value all days and instants read one way, all wide numbers, and all missing members. */
function nestedReadings(native: string): readonly Read[] {
  const kinds = kindsWithin(native)
  const times = kinds.has('date') || kinds.has('timestamp') ? [instant, asText] : [instant]
  const decimals: readonly Pick<Leaves, 'decimal' | 'integer'>[] = [
    { decimal: Number, integer: safe },
    { decimal: asText, integer: BigInt },
  ]
  const numbers = kinds.has('decimal') || kinds.has('integer') ? decimals : decimals.slice(0, 1)
  const missing = kinds.has('struct') ? [undefined, null] : [undefined]
  return missing.flatMap((absence) =>
    numbers.flatMap((number) =>
      times.map((time): Read => {
        const leaves: Leaves = { day: time, instant: time, ...number, other: (value) => value, missing: absence }
        return nestedReader(native, leaves)
      }),
    ),
  )
}

const integerText = grammarOf('integer')
const textTypes: readonly (readonly [types: readonly LogicalType[], grammar: RegExp, read: Read])[] = [
  [['integer'], grammarOf('integer'), (text) => safe(whole(text))],
  [['integer'], grammarOf('integer'), whole],
  // A whole number that a double cannot hold stays what it is.
  [
    ['number', 'decimal'],
    grammarOf('number'),
    (text) => (integerText.test(String(text)) && !Number.isSafeInteger(Number(text)) ? text : Number(text)),
  ],
  [['boolean'], grammarOf('boolean'), (text) => saysTrue(String(text))],
  [['date'], grammarOf('date'), instant],
  [['timestamp'], grammarOf('timestamp'), (text) => instantOr(text, `${String(text).replace(' ', 'T')}Z`)],
  [['timestamptz'], grammarOf('timestamptz'), (text) => instantOr(text, isoInstant(String(text)))],
]

function grammarOf(type: LogicalType): RegExp {
  return new RegExp(lexical[type] as string)
}

function whole(text: Value): bigint {
  return BigInt(String(text).replace(/^\+/, ''))
}

/** By the column's type first, then as text, then as whatever the text may be. */
function textReadings({ type }: Column): readonly Read[] {
  const all = textTypes.map(([types, grammar, read]) => {
    const typed: Read = (text) => (grammar.test(String(text)) ? read(text) : text)
    return { own: types.includes(type), typed }
  })
  const own = all.filter((one) => one.own).map(({ typed }) => typed)
  return [...own, asText, ...all.filter((one) => !one.own).map(({ typed }) => typed)]
}

const absent: readonly unknown[] = [undefined, null]

/** Readings of one row that are tried at most. */
const MOST_TRIED = 64

/**
 * Judges rows under the readings of their cells: a row holds when some reading does. What a column needed is tried
 * first on the next row. The issues of a row say which columns to read otherwise; those of a union say it for each of
 * its alternatives, and where none is named every column is tried.
 */
export function judgeReadings(
  names: readonly string[],
  readings: readonly (readonly Read[])[],
  judge: RowValidator['judge'],
): (cells: readonly Value[]) => Judged | Promise<Judged> {
  const chosen = names.map(() => 0)
  const chosenAbsent = names.map(() => 0)
  const read = (cell: Value, i: number, place: number): unknown =>
    cell === null ? absent[place] : (readings[i] as readonly Read[])[place]?.(cell)
  const count = (cell: Value, i: number): number =>
    cell === null ? absent.length : (readings[i] as readonly Read[]).length
  /** The next place in turn that holds another value; the same one when there is none. */
  const next = (cell: Value, i: number, place: number): number => {
    const value = read(cell, i, place)
    for (let step = 1; step < count(cell, i); step++) {
      const other = (place + step) % count(cell, i)
      if (!same(read(cell, i, other), value)) return other
    }
    return place
  }
  return (cells) => {
    const first = cells.map((cell, i) => (cell === null ? chosenAbsent : chosen)[i] as number)
    const waiting: (readonly number[])[] = [first]
    const seen = new Set([first.join()])
    let best: Judged
    const tried: (readonly number[])[] = []
    const wait = (places: readonly number[], turning: ReadonlySet<string>): void => {
      const turned = places.map((place, i) =>
        turning.has(names[i] as string) ? next(cells[i] as Value, i, place) : place,
      )
      const key = turned.join()
      if (seen.has(key) || seen.size >= MOST_TRIED) return
      seen.add(key)
      waiting.push(turned)
    }
    /** The issues may blame one alternative of a union while the columns of another one are read wrong. */
    const others = (): Judged | Promise<Judged> => {
      for (let places = tried.shift(); places && waiting.length === 0; places = tried.shift())
        for (const name of names) wait(places, new Set([name]))
      return waiting.length > 0 ? attempt() : best
    }
    const attempt = (): Judged | Promise<Judged> => {
      const places = waiting.shift()
      if (!places) return others()
      tried.push(places)
      const row: Record<string, unknown> = {}
      names.forEach((name, i) => {
        const cell = cells[i] as Value
        const value = read(cell, i, places[i] as number)
        if (value !== undefined || cell !== null) define(row, name, value)
      })
      const judged = judge(row)
      return isPromise(judged) ? judged.then((issues) => settle(issues, places)) : settle(judged, places)
    }
    const settle = (issues: Judged, places: readonly number[]): Judged | Promise<Judged> => {
      if (!issues) {
        cells.forEach((cell, i) => ((cell === null ? chosenAbsent : chosen)[i] = places[i] as number))
        return undefined
      }
      if (best === undefined || issues.length < best.length) best = issues
      for (const faulty of blamed(issues, names)) wait(places, faulty)
      return attempt()
    }
    return attempt()
  }
}

/** The sets of columns that may be read wrong, likeliest first. */
function blamed(issues: NonNullable<Judged>, names: readonly string[]): readonly ReadonlySet<string>[] {
  const sure = issues.flatMap(({ path }) => {
    const name = path.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~')
    return name === undefined ? [] : [name]
  })
  if (sure.length > 0 && issues.every(({ path }) => path !== '')) return [new Set(sure)]
  const alternatives = issues.flatMap((issue) => issue.alternatives ?? [])
  const sets = alternatives.length > 0 ? alternatives : [names]
  const single = [...new Set(sets.flat())].map((name) => [name])
  return [...sets, ...single].map((set) => new Set([...sure, ...set]))
}

const same = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) || (a instanceof Date && b instanceof Date && a.getTime() === b.getTime())

const isPromise = <T>(value: T | Promise<T>): value is Promise<T> =>
  typeof (value as { then?: unknown } | undefined)?.then === 'function'
