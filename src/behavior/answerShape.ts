import { AssayError } from '../errors.ts'
import { isNumber, type AnswerValue } from '../models/value.ts'

/** What a value is, as a consumer of answers has to know. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'null' | 'list' | 'object'

/** Fields of answers that are told apart; more are no fields but data. */
const MOST = 2000

/** What stands at one place of all answers. */
interface Field {
  /** Kinds of value that were seen there. */
  readonly kinds: Set<ValueKind>
  /** Fields of the objects there, and how many of those have each. */
  readonly fields: Map<string, Field>
  readonly counts: Map<string, number>
  objects: number
  /** What the lists there hold. */
  items: Field | undefined
}

/** How an answer differs from the form of others: `score` was a number and is a text. */
export interface ShapeDifference {
  /** `score`, `items[].id`; the answer itself has none. */
  readonly path: string
  /** The kinds that it had, in words. */
  readonly expected: string
  /** The kind that it has; `missing` for a field that was always there. */
  readonly actual: ValueKind | 'missing'
}

/** The form of answers: which fields they have, and of which kinds. */
export interface AnswerShape {
  add(answer: AnswerValue): void
  /** Where an answer has not the form of those that were added; a field that none of them has is none of these. */
  differences(answer: AnswerValue): readonly ShapeDifference[]
  /** Fields of an answer that none of those have. */
  added(answer: AnswerValue): readonly string[]
}

export function answerShape(): AnswerShape {
  let fields = 0
  const field = (): Field => {
    if (fields++ === MOST)
      throw new AssayError('wrong-argument', `answers have more than ${MOST} different fields`, {
        hint: 'names that are data belong into a list: [{ name, value }]',
      })
    return { kinds: new Set(), fields: new Map(), counts: new Map(), objects: 0, items: undefined }
  }
  const root = field()
  const add = (at: Field, value: AnswerValue): void => {
    at.kinds.add(kindOf(value))
    if (isList(value)) {
      if (value.length > 0) at.items ??= field()
      for (const item of value) add(at.items as Field, item)
    } else if (isObject(value)) {
      at.objects++
      for (const [name, inner] of Object.entries(value)) {
        const own = at.fields.get(name) ?? field()
        at.fields.set(name, own)
        at.counts.set(name, (at.counts.get(name) ?? 0) + 1)
        add(own, inner)
      }
    }
  }
  return {
    add: (answer) => add(root, answer),
    differences(answer) {
      const found = new Map<string, ShapeDifference>()
      compare(root, answer, '', (difference) => found.set(`${difference.path} ${difference.actual}`, difference))
      return [...found.values()]
    },
    added: (answer) => [...new Set(addedTo(root, answer, ''))],
  }
}

function compare(at: Field, value: AnswerValue, path: string, tell: (difference: ShapeDifference) => void): void {
  const kind = kindOf(value)
  if (!at.kinds.has(kind)) return tell({ path, expected: [...at.kinds].join(' or '), actual: kind })
  if (isList(value)) {
    const { items } = at
    if (items) for (const item of value) compare(items, item, `${path}[]`, tell)
  } else if (isObject(value)) {
    for (const [name, field] of at.fields) {
      const place = placeOf(path, name)
      if (Object.hasOwn(value, name)) compare(field, value[name] as AnswerValue, place, tell)
      else if (at.counts.get(name) === at.objects)
        tell({ path: place, expected: [...field.kinds].join(' or '), actual: 'missing' })
    }
  }
}

function* addedTo(at: Field, value: AnswerValue, path: string): Generator<string> {
  if (isList(value)) {
    const { items } = at
    if (items) for (const item of value) yield* addedTo(items, item, `${path}[]`)
  } else if (isObject(value) && at.objects > 0) {
    for (const [name, inner] of Object.entries(value)) {
      const field = at.fields.get(name)
      if (field) yield* addedTo(field, inner, placeOf(path, name))
      else yield placeOf(path, name)
    }
  }
}

const placeOf = (path: string, name: string): string => {
  const own = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name)
  return path === '' ? own : `${path}.${own}`
}

const isList = (value: AnswerValue): value is readonly AnswerValue[] => Array.isArray(value)
const isObject = (value: AnswerValue): value is { readonly [name: string]: AnswerValue } =>
  typeof value === 'object' && value !== null && !isList(value)

function kindOf(value: AnswerValue): ValueKind {
  if (value === null) return 'null'
  if (isNumber(value)) return 'number'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'boolean'
  return isList(value) ? 'list' : 'object'
}
