import { personalCells } from '../dataset/personal.ts'
import { kindOf, nearestHint, textOf, wrongArgument } from '../errors.ts'
import { articleOf } from '../lexicons/article.ts'
import { lexicons } from '../lexicons/lexicons.ts'
import { isObject, isPlainObject, ownOptions } from '../options.ts'
import { seeded, shuffle } from '../stats/random.ts'

/** A value of a tag. */
export type FillValue = string | number | bigint | boolean

/**
 * Values of a tag: texts, numbers, true and false, or records whose fields are named behind a dot. No field that a dataset
 * holds as personal: what is made of it would not be known as such.
 */
export type Fill = readonly (FillValue | Readonly<Record<string, FillValue>>)[]

/** How many texts are made of a template, and which. */
export interface TemplateOptions {
  /**
   * How many are drawn, each another one, or all where there are fewer; default: all combinations, up to 100,000.
   * @example { n: 500 }
   */
  readonly n?: number
  /**
   * Which are drawn; the same seed draws the same. Default 1.
   * @example { n: 500, seed: 7 }
   */
  readonly seed?: number
}

const MOST = 100_000
const tag = /\{(?:(a|A):)?([a-zA-Z_]+?)(\d*)(?:\.(\w+))?\}|\{\{|\}\}/g

/**
 * Fills tags in a text, or in all texts of an object or list: `{city}` is each of the values of `city`, or of the built-in
 * list of that name; `{city1}` and `{city2}` are two of them that differ; `{person.name}` is a field; `{a:fruit}` puts the
 * article in front; `{{` and `}}` are braces. Values may hold tags themselves; a tag by
 * itself keeps the type of its value. All combinations, or `n` of them drawn at random; none comes out twice. An
 * object with input and expected makes rows for `mft()`. Throws an AssayError for a tag that is not known, with the near
 * name, for one that nothing uses, and for more combinations than can be made.
 * @example mft(template({ input: 'I {verb} {city}.', expected: 'positive' }, { verb: ['love', 'adore'] }))
 */
export function template<T>(
  pattern: T,
  values: Readonly<Record<string, Fill>> = {},
  options: TemplateOptions = {},
): T[] {
  const { n, seed = 1 } = ownOptions('template()', options, ['n', 'seed'])
  if (n !== undefined && !(Number.isInteger(n) && n >= 1))
    throw wrong(`got n: ${textOf(n)}`, 'n is a whole number from 1')
  if (!Number.isFinite(seed)) throw wrong(`got seed: ${textOf(seed)}`, 'a seed is a number')
  const lists = listsOf(values)
  const used = tagsIn(pattern, lists)
  const unused = Object.keys(values).find((name) => ![...used.values()].includes(name))
  if (unused !== undefined)
    throw wrong(`got values for ${JSON.stringify(unused)}, which no tag names`, 'drop them, or use the tag')
  const tags = [...used]
  const sizes = tags.map(([, name]) => (lists.get(name) as Fill).length)
  const count = sizes.reduce((product, size) => product * size, 1)
  if (n === undefined && count > MOST) throw wrong(`makes ${count} combinations`, 'draw some of them: { n: 1000 }')
  const made: T[] = []
  const seen = new Set<string>()
  const add = (places: readonly number[]): void => {
    const fill = new Map(tags.map(([key, name], i) => [key, (lists.get(name) as Fill)[places[i] as number]]))
    for (const [key, name] of tags)
      for (const [other, same] of tags) if (key < other && name === same && fill.get(key) === fill.get(other)) return
    const entry = filled(pattern, fill as Map<string, Fill[number]>) as T
    const text = JSON.stringify(entry, (_, value: unknown) => (typeof value === 'bigint' ? [String(value)] : value))
    if (seen.has(text)) return
    seen.add(text)
    made.push(entry)
  }
  const at = (place: number): number[] => {
    const places: number[] = []
    let left = place
    for (let i = sizes.length - 1; i >= 0; i--) {
      places[i] = left % (sizes[i] as number)
      left = Math.floor(left / (sizes[i] as number))
    }
    return places
  }
  if (n === undefined || count <= Math.min(MOST, 4 * n)) {
    const order = Array.from({ length: count }, (_, i) => i)
    if (n !== undefined) shuffle(order, seeded(seed))
    for (const place of order) if (n === undefined || made.length < n) add(at(place))
    return made
  }
  const random = seeded(seed)
  for (let tries = 0; made.length < n && tries < 20 * n; tries++) add(sizes.map((size) => Math.floor(random() * size)))
  return made
}

function listsOf(values: Readonly<Record<string, Fill>>): Map<string, Fill> {
  if (!isPlainObject(values)) throw wrong(`got ${kindOf(values)} as values`, "e.g. { verb: ['love', 'adore'] }")
  const lists = new Map<string, Fill>(Object.entries(lexicons))
  for (const [name, list] of Object.entries(values)) {
    if (!/^[a-zA-Z_]+$/.test(name))
      throw wrong(
        `got values for ${JSON.stringify(name)}`,
        'a tag is made of letters; a number behind it makes another of its kind',
      )
    if (!Array.isArray(list) || list.length === 0)
      throw wrong(
        `got ${Array.isArray(list) ? 'an empty list' : kindOf(list)} for ${JSON.stringify(name)}`,
        'give a list of values',
      )
    lists.set(name, list as Fill)
  }
  return lists
}

/** The tags of a pattern, each with the list it is filled from. */
function tagsIn(pattern: unknown, lists: ReadonlyMap<string, Fill>): Map<string, string> {
  const used = new Map<string, string>()
  const look = (value: unknown, inside: readonly string[]): void => {
    if (Array.isArray(value)) for (const one of value as unknown[]) look(one, inside)
    else if (isPlainObject(value)) for (const one of Object.values(value)) look(one, inside)
    if (typeof value !== 'string') return
    for (const [whole, , name, number = '', field] of value.matchAll(tag)) {
      if (name === undefined) continue
      const list = lists.get(name)
      if (!list) {
        throw wrong(
          `does not know the tag ${whole}`,
          nearestHint(
            name,
            [...lists.keys()],
            `give its values, or use one of ${Object.keys(lexicons).join(', ')}`,
            (near) => `{${near}}`,
          ),
        )
      }
      checkFills(whole, list, { name, field })
      if (inside.includes(name))
        throw wrong(
          `finds the tag ${whole} in values of ${name} itself`,
          'a value may hold other tags: {{ and }} are braces',
        )
      const isNew = !used.has(name + number)
      used.set(name + number, name)
      if (isNew) for (const one of list) look(one, [...inside, name])
    }
  }
  look(pattern, [])
  if (used.size === 0) throw wrong('has no tag', "e.g. template('I love {city}.')")
  return used
}

/** Throws an AssayError where a tag cannot be filled with each value of its list, or would be with what is personal. */
function checkFills(whole: string, list: Fill, { name, field }: { name: string; field: string | undefined }): void {
  for (const entry of list as readonly unknown[]) {
    if (field !== undefined && !(isObject(entry) && Object.hasOwn(entry, field)))
      throw wrong(`cannot fill ${whole} with ${wordsOf(entry)}`, `every value of ${name} needs the field ${field}`)
    if (field !== undefined && personalCells(entry as object).includes(field))
      throw wrong(
        `cannot fill ${whole}: ${JSON.stringify(field)} is a personal column`,
        'what is made of its values would not be known as personal: fill in others, as of {surname}',
      )
    const value = field === undefined ? entry : (entry as Readonly<Record<string, unknown>>)[field]
    if (isFillable(value)) continue
    throw wrong(
      `cannot fill ${whole} with ${wordsOf(value)}`,
      isObject(value) ? 'name a field of it, e.g. {person.name}' : 'it takes texts, numbers, true and false',
    )
  }
}

const isFillable = (value: unknown): boolean =>
  ['string', 'bigint', 'boolean'].includes(typeof value) || Number.isFinite(value)

const wordsOf = (value: unknown): string => (typeof value === 'number' ? String(value) : kindOf(value))

function filled(pattern: unknown, fill: ReadonlyMap<string, Fill[number]>): unknown {
  if (Array.isArray(pattern)) return pattern.map((one: unknown) => filled(one, fill))
  if (isPlainObject(pattern))
    return Object.fromEntries(Object.entries(pattern).map(([name, one]) => [name, filled(one, fill)]))
  if (typeof pattern !== 'string') return pattern
  const only = /^\{([a-zA-Z_]+?)(\d*)(?:\.(\w+))?\}$/.exec(pattern)
  const entry = only ? fill.get(`${only[1]}${only[2]}`) : undefined
  const whole = typeof entry === 'object' ? entry[only?.[3] as string] : entry
  // A tag by itself keeps the type of its value.
  if (whole !== undefined && typeof whole !== 'string') return whole
  return pattern.replace(
    tag,
    (text, article: string | undefined, name: string | undefined, number = '', field?: string) => {
      if (name === undefined) return text.charAt(0)
      const value = fill.get(name + number)
      const own = String(filled(String(typeof value === 'object' ? value[field as string] : value), fill))
      return article === undefined ? own : `${articleOf(own, article)} ${own}`
    },
  )
}

const wrong = wrongArgument('template()')
