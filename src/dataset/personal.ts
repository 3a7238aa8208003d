import { isPlainObject } from '../options.ts'

/** Which columns hold personal values, by where the data lives; one for all copies of the package in a process. */
interface Registry {
  /** Whether any column is known to be personal. */
  any: boolean
  readonly places: Map<string, Set<string>>
  readonly objects: WeakMap<object, Set<string>>
}

const key = Symbol.for('assay.personal')
const holder = process as unknown as Record<symbol, Registry | undefined>
const registry = (): Registry => (holder[key] ??= { any: false, places: new Map(), objects: new WeakMap() })

/** Where rows come from: a file or address, or the object that holds them. */
export type SourcePlace = string | object

/** Text that stands for a value of a personal column. */
export const REDACTED = '[redacted]'

/** Says that columns of these places are personal, for all that is shown of them from now on in this process. */
export function tagPersonal(tagged: readonly SourcePlace[], columns: readonly string[]): void {
  if (columns.length === 0) return
  registry().any = true
  const { places, objects } = registry()
  for (const place of tagged) {
    const known = (typeof place === 'string' ? places.get(place) : objects.get(place)) ?? new Set<string>()
    for (const column of columns) known.add(column)
    if (typeof place === 'string') places.set(place, known)
    else objects.set(place, known)
  }
}

/** The columns of these places that were said to be personal. */
export function taggedPersonal(asked: readonly SourcePlace[]): readonly string[] {
  const { places, objects } = registry()
  return asked.flatMap((place) => [...((typeof place === 'string' ? places.get(place) : objects.get(place)) ?? [])])
}

/** Whether columns were said to be personal, of whatever is read in this process. */
export const isAnyPersonal = (): boolean => registry().any

const rows = Symbol.for('assay.personalRows')
const rowHolder = process as unknown as Record<symbol, WeakMap<object, readonly string[]> | undefined>

/** Remembers which cells of a row that was handed over are personal. */
export function tagRow(row: object, columns: readonly string[]): void {
  if (columns.length === 0) return
  rowHolder[rows] ??= new WeakMap()
  rowHolder[rows].set(row, columns)
}

/** Which cells of a row that a dataset handed over are personal. */
export function personalCells(row: object): readonly string[] {
  return rowHolder[rows]?.get(row) ?? []
}

/** Whether a value is a row with personal cells that a dataset handed over, or holds one: also where it cannot be read. */
export function holdsPersonal(value: unknown): boolean {
  return rowHolder[rows] !== undefined && !rowsWithin(value).next().done
}

/** Whether a text is what a personal cell of such a row in the value holds. */
export function isPersonalCell(text: string, value: unknown): boolean {
  for (const row of rowsWithin(value))
    for (const name of personalCells(row))
      if (Object.hasOwn(row, name) && String((row as Readonly<Record<string, unknown>>)[name]) === text) return true
  return false
}

/** The rows with personal cells in a value; what cannot be read is taken for one. */
function* rowsWithin(value: unknown): Generator<object> {
  const left: unknown[] = [value]
  const seen = new Set<object>()
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next !== 'object' || next === null || seen.has(next)) continue
    seen.add(next)
    if (personalCells(next).length > 0) yield next
    try {
      if (!Array.isArray(next) && !isPlainObject(next)) continue
      for (const inner of Object.values(next)) if (typeof inner === 'object') left.push(inner)
    } catch {
      yield next
    }
  }
}

/** A regular expression that one text matches and no other. */
const ofOneText = /^\^(?:[^\\^$.*+?()[\]{}|]|\\[^\p{L}\p{N}])+\$$/u

/** Whether a regular expression spells something out, which may be a value: one text, or six characters of one in a row. */
export function spellsOut({ source }: RegExp): boolean {
  const letters = source.replace(/\\[pP]\{[^}]*\}|\\[a-zA-Z]|\[[^\]]*\]/g, '*').replaceAll('\\', '')
  return ofOneText.test(source) || /[\p{L}\p{N}@._ '’,/+-]{6}/u.test(letters)
}

const words = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []

/** The first of these columns whose name stands in SQL that an author wrote. */
export function namedIn(text: string, columns: readonly string[]): string | undefined {
  const named = new Set(words(text))
  return columns.find((name) => words(name).every((word) => named.has(word)))
}

/** SQL without its values: texts and numbers, but not 0 and 1, which say how often. */
export function withoutLiterals(text: string): string {
  return text.replace(
    /"(?:[^"]|"")*"|'(?:[^']|'')*'?|\$(\w*)\$[\s\S]*?\$\1\$|(?<![\w.])\d[\d_.]*(?:e[+-]?\d+)?(?!\w)/gi,
    (part) => (part.startsWith('"') || part === '0' || part === '1' ? part : REDACTED),
  )
}
