import { AssayError, kindOf, textOf } from '../errors.ts'
import { isPlainObject, ownOptions } from '../options.ts'
import { articleOf } from '../lexicons/article.ts'
import { seeded } from '../stats/random.ts'
import type { Perturbation } from './perturbation.ts'

/** What every perturbation with a choice can be told. */
export interface SeedOptions {
  /**
   * Which changes are drawn; the same seed draws the same. Default 1.
   * @example { seed: 7 }
   */
  readonly seed?: number
}

/** What a perturbation that changes some places can be told. */
export interface AmountOptions extends SeedOptions {
  /**
   * How many places are changed; default 1.
   * @example { n: 2 }
   */
  readonly n?: number
}

/** Numbers in [0, 1), and what is drawn with them. */
export interface Draw {
  next(): number
  /** One of several, of which there must be one. */
  pick<T>(from: readonly T[]): T
}

interface Definition<I> {
  readonly name: string
  readonly capability?: string
  readonly seed?: number | undefined
  readonly identity?: unknown
  /** The changed input, or several; nothing where there is nothing to change. */
  change(input: I, draw: Draw): I | readonly I[] | undefined
}

const isText = (input: unknown): input is string => typeof input === 'string'
const isRecord = (input: unknown): input is Readonly<Record<string, unknown>> => isPlainObject(input)

/** A perturbation of texts; other inputs are nothing to change. */
export const onText = (definition: Definition<string>): Perturbation =>
  defined(definition, isText, { none: 'no input is a text: perturb.inField changes one in a record', fits: isText })

/** A perturbation of records; other inputs are nothing to change. */
export const onRecord = (definition: Definition<Readonly<Record<string, unknown>>>): Perturbation =>
  defined(definition, isRecord, { none: 'no input is a record', fits: isRecord })

/** A perturbation of one field of records. */
export const onField = (field: string, definition: Definition<Readonly<Record<string, unknown>>>): Perturbation =>
  defined(definition, isRecord, fieldsNeeded([field]))

export const fieldsNeeded = (fields: readonly string[]): NonNullable<Perturbation['needs']> => ({
  none: `no input has the field ${fields.map((field) => JSON.stringify(field)).join(' or ')}`,
  fits: (input) => isRecord(input) && fields.some((field) => Object.hasOwn(input, field)),
})

/** A perturbation of the number in a field. Whole numbers of a dataset are bigints, and stay such while they are whole. */
export const onNumber = (
  field: string,
  definition: Omit<Definition<never>, 'change'> & { change(value: number, draw: Draw): number },
): Perturbation =>
  onField(field, {
    ...definition,
    change(record, draw) {
      const value = record[field]
      if (typeof value === 'number' && Number.isFinite(value))
        return { ...record, [field]: definition.change(value, draw) }
      if (typeof value !== 'bigint') return undefined
      const moved = definition.change(Number(value), draw)
      if (!Number.isInteger(moved)) return { ...record, [field]: moved }
      // Beyond 2^53 a change is added, so that the digits it does not reach stay.
      return { ...record, [field]: value + (BigInt(moved) - BigInt(Number(value))) }
    },
  })

/** Whether two values of a field are the same; whole numbers are, be they bigints or not. */
export const isSameValue = (one: unknown, other: unknown): boolean =>
  // The loose comparison of a bigint with a number is exact.
  one === other || (typeof one !== typeof other && isNumber(one) && isNumber(other) && one == other) // eslint-disable-line eqeqeq

const isNumber = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint'

/** A perturbation of inputs that a test tells. */
export function defined<I>(
  { name, capability, seed = 1, identity, change }: Definition<I>,
  accepts: (input: unknown) => input is I,
  needs?: Perturbation['needs'],
): Perturbation {
  return {
    name,
    ...(capability === undefined ? {} : { capability }),
    ...(needs ? { needs } : {}),
    seed,
    ...(identity === undefined ? {} : { identity }),
    apply: (input) => (accepts(input) ? change(input, drawing(`${seed} ${name} ${keyOf(input)}`)) : undefined),
  }
}

export function drawing(seed: string): Draw {
  const next = seeded(seed)
  return { next, pick: (from) => from[Math.floor(next() * from.length)] as never }
}

/** What an input draws by. */
export function keyOf(input: unknown): string {
  if (typeof input === 'string') return input
  try {
    return JSON.stringify(input, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ?? ''
  } catch {
    return ''
  }
}

/** Checks the options of a perturbation; an AssayError that names what is wrong with them. */
export function seedOptions<O extends SeedOptions>(
  name: string,
  options: O | undefined,
  more: readonly string[] = [],
): O {
  const own = ownOptions(`perturb.${name}`, options, ['seed', ...more])
  const { seed, n } = own as AmountOptions
  if (seed !== undefined && !Number.isFinite(seed)) throw wrong(name, `got seed: ${textOf(seed)}`, 'a seed is a number')
  if (n !== undefined && (!Number.isInteger(n) || n < 1))
    throw wrong(name, `got n: ${textOf(n)}`, 'n is how many places are changed: 1 or more')
  return own
}

export function wrong(name: string, found: string, hint: string): AssayError {
  return new AssayError('wrong-argument', `perturb.${name} ${found}`, { hint })
}

/** Throws where something is no text with a letter in it. */
export function checkedText(name: string, value: unknown, what: string): string {
  if (typeof value !== 'string' || value.trim() === '')
    throw wrong(
      name,
      `got ${typeof value === 'string' ? 'an empty text' : kindOf(value)} as ${what}`,
      `${what} is a text`,
    )
  return value
}

/** Throws where there are no two values that differ. */
export function checkedValues(name: string, values: unknown, example: string): void {
  const list: readonly unknown[] = Array.isArray(values) ? (values as unknown[]) : []
  if (list.some((value) => !isSameValue(value, list[0]))) return
  const found = list.length > 1 ? 'one value alone' : kindOf(values)
  throw wrong(name, `got ${found} as values`, `give at least two values that differ, e.g. ${example}`)
}

/** Up to `n` of the places, at random, in order. */
export function places<T>(all: readonly T[], n: number, draw: Draw): readonly T[] {
  const taken: number[] = []
  for (const place of shuffled(all.length, draw)) {
    if (taken.length >= n) break
    taken.push(place)
  }
  return taken.sort((a, b) => a - b).map((place) => all[place] as T)
}

/** The numbers below `count` in an order drawn at random, as far as they are asked for. */
export function* shuffled(count: number, draw: Draw): Generator<number> {
  const moved = new Map<number, number>()
  for (let left = count; left > 0; left--) {
    const at = Math.floor(draw.next() * left)
    yield moved.get(at) ?? at
    moved.set(at, moved.get(left - 1) ?? left - 1)
  }
}

/** The text with each of these parts of it, which stand in order, made another. */
export function spliced(
  text: string,
  parts: readonly { readonly at: number; readonly length: number; readonly by: string }[],
): string {
  const pieces: string[] = []
  let end = 0
  for (const { at, length, by } of parts) {
    pieces.push(text.slice(end, at), by)
    end = at + length
  }
  return pieces.join('') + text.slice(end)
}

/** The text with what a function makes of each character at one of `n` places it can change. */
export function atCharacters(
  text: string,
  n: number,
  draw: Draw,
  change: (character: string, draw: Draw) => string | undefined,
): string {
  const characters = Array.from(text)
  const able: { i: number; changed: string }[] = []
  characters.forEach((character, i) => {
    const changed = change(character, draw)
    if (changed !== undefined && changed !== character) able.push({ i, changed })
  })
  for (const { i, changed } of places(able, n, draw)) characters[i] = changed
  return characters.join('')
}

/** `Word` as `word` was written: all capitals, a capital, or as it is. */
export function likeCase(word: string, model: string): string {
  if (model.length > 1 && model === model.toUpperCase() && model !== model.toLowerCase()) return word.toUpperCase()
  const first = model.charAt(0)
  return first !== first.toLowerCase() ? word.charAt(0).toUpperCase() + word.slice(1) : word
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What a word may have behind it: nothing, the ’s of `Mary’s` and `he’s`, the mark of `the boys’` and of a quotation. */
const END = "(?![\\p{L}\\p{M}\\p{N}_]|['’](?!(?:s|d|ll|m|re|ve)(?![\\p{L}\\p{M}])|[^\\p{L}\\p{N}]|$))"

/** Finds whole words of a list, longest first, be they in quotation marks or have an ’s. */
export function wordsOf(list: readonly string[], flags = 'gu'): RegExp {
  const longest = [...list].sort((a, b) => b.length - a.length).map(escaped)
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}_]|[\\p{L}\\p{M}\\p{N}]['’])(?:${longest.join('|')})${END}`, flags)
}

/**
 * Each distinct word of a list in the text becomes another one of it, the same everywhere. It is written as the one before:
 * in capitals, or with one at the beginning of a sentence; an article before it becomes that of the new word.
 */
export function swapWords(text: string, list: readonly string[], draw: Draw): string {
  const forms = new Map(list.flatMap((word) => [[word.toUpperCase(), word] as const, [capital(word), word] as const]))
  for (const word of list) forms.set(word, word)
  const swaps = new Map<string, string>()
  return text.replace(withArticle([...forms.keys()]), (whole, article: string | undefined, space = '', at: number) => {
    const matched = article === undefined ? whole : whole.slice(article.length + space.length)
    const word = forms.get(matched) as string
    const taken = new Set(swaps.values())
    const others = list.filter((one) => one !== word)
    const free = others.filter((one) => !taken.has(one))
    const other = swaps.get(word) ?? draw.pick(free.length > 0 ? free : others)
    swaps.set(word, other)
    const begins = article === undefined && /(?:^|[.!?]\s+)$/.test(text.slice(Math.max(0, at - 5), at))
    const written =
      matched !== word ? likeCase(other, matched) : begins && matched === capital(matched) ? capital(other) : other
    return article === undefined ? written : `${articleLike(article, written)}${space}${written}`
  })
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function withArticle(words: readonly string[]): RegExp {
  const { source } = wordsOf(words)
  return new RegExp(`(?:(?<![\\p{L}\\p{M}\\p{N}_'’])(an?|An?|AN?)(\\s{1,3}))?${source}`, 'gu')
}

const articleLike = (article: string, word: string): string => {
  const own = articleOf(word, 'a')
  return article === article.toUpperCase() && article.length > 1 ? own.toUpperCase() : likeCase(own, article)
}
