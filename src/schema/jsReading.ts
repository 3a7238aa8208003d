import { isoInstant, lexical, saysTrue } from '../dataset/lexical.ts'
import type { Column, Value } from '../engine/engine.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { valueReader } from './reading.ts'
import type { RowValidator } from './rowValidator.ts'

type Read = (cell: Value) => unknown
type Judged = Awaited<ReturnType<RowValidator['judge']>>

const safe = (value: Value): unknown => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : BigInt(value as bigint)
}
const instant: Read = (value) => new Date(String(value))
const asText: Read = String

/**
 * How a cell reads as a JavaScript value: the likeliest first, then others that hold the same value, so that a schema
 * may ask for any of them. A 64-bit integer is a number, or a bigint; a day a Date, or text.
 */
export function jsReadings(column: Column, textual: boolean): readonly Read[] {
  if (textual) return textReadings(column)
  const { type } = column
  const iso = valueReader(column) as Read
  if (type === 'integer') return [safe, (value) => BigInt(value as bigint)]
  if (type === 'decimal') return [Number, asText]
  if (type === 'date') return [instant, asText]
  if (type === 'timestamp' || type === 'timestamptz') return [(value) => instant(iso(value) as Value), iso]
  return [(value) => value]
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
  [['timestamp'], grammarOf('timestamp'), (text) => instant(`${String(text).replace(' ', 'T')}Z`)],
  [['timestamptz'], grammarOf('timestamptz'), (text) => instant(isoInstant(String(text)))],
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

/**
 * Judges rows under every reading of their cells: a row holds when some reading does. What a column needed is tried
 * first on the next row.
 */
export function judgeReadings(
  names: readonly string[],
  readings: readonly (readonly Read[])[],
  judge: RowValidator['judge'],
): (cells: readonly Value[]) => Judged | Promise<Judged> {
  const chosen = names.map(() => 0)
  const chosenAbsent = names.map(() => 0)
  const count = (cell: Value, i: number): number =>
    cell === null ? absent.length : (readings[i] as readonly Read[]).length
  return (cells) => {
    const places = cells.map((cell, i) => (cell === null ? chosenAbsent : chosen)[i] as number)
    const turned = cells.map(() => 1)
    let best: Judged
    const attempt = (): Judged | Promise<Judged> => {
      const row: Record<string, unknown> = {}
      names.forEach((name, i) => {
        const cell = cells[i] as Value
        const place = places[i] as number
        const value = cell === null ? absent[place] : (readings[i] as readonly Read[])[place]?.(cell)
        if (value !== undefined || cell !== null) define(row, name, value)
      })
      const found = judge(row)
      return isPromise(found) ? found.then(settle) : settle(found)
    }
    const settle = (found: Judged): Judged | Promise<Judged> => {
      if (!found) {
        cells.forEach((cell, i) => ((cell === null ? chosenAbsent : chosen)[i] = places[i] as number))
        return undefined
      }
      if (best === undefined || found.length < best.length) best = found
      const faulty = new Set(found.map(({ path }) => path.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~')))
      let moved = false
      names.forEach((name, i) => {
        const all = count(cells[i] as Value, i)
        if (!faulty.has(name) || (turned[i] as number) >= all) return
        places[i] = ((places[i] as number) + 1) % all
        turned[i] = (turned[i] as number) + 1
        moved = true
      })
      return moved ? attempt() : best
    }
    return attempt()
  }
}

function define(row: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(row, name, { value, enumerable: true, configurable: true, writable: true })
  else row[name] = value
}

const isPromise = <T>(value: T | Promise<T>): value is Promise<T> =>
  typeof (value as { then?: unknown } | undefined)?.then === 'function'
