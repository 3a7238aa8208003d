import { createHash } from 'node:crypto'
import { canonical } from './canonical.ts'
import type { Subject } from './checkResult.ts'
import { isPlainObject } from '../options.ts'
import { isDate } from '../sql/sql.ts'
import { undated } from './undated.ts'

/** Values by name: of any kind, told apart with all their digits. */
export type Values = Readonly<Record<string, unknown>>

/** All that a check asks of its subject. Two checks are one question when all of it is equal. */
export interface Question {
  /** What exactly it is about: identities, the columns one by one. */
  readonly about: Values
  /** What a history follows of that; default: all of it. */
  readonly follows?: Values
  /** What is stated, without its limits: a type, an expression, the other table. */
  readonly statement: Values
  /** What of the statement tells it from others of its kind, where the rest may be another; default: all of it. */
  readonly stated?: Values
  /** What may change while the statement stays the same: bounds, lists of allowed values, shares, options, cases. */
  readonly limits: Values
}

/** How long the hash of an id is, in hex digits. */
const DIGITS = 12
/** How many more a trend has, of what is stated in plain words and numbers. */
const STATED_DIGITS = 4

/**
 * The two keys of a result: `id` of the whole question, `trend` of the question without limits, which ends in what is
 * stated, whichever data it is about.
 */
export function resultIds(
  kind: string,
  { type, name, column, capability }: Subject,
  { about, follows = about, statement, stated = statement, limits }: Question,
): { readonly id: string; readonly trend: string } {
  const versionless = type === 'model' ? bareName(name) : name
  const words = (called: string): string => idWords(kind, { name: called, ...(column === undefined ? {} : { column }) })
  return {
    id: `${words(name)}~${hash([type, name, kind, capability, about, statement, withoutInstants(limits)])}`,
    trend: `${words(versionless)}~${hash([type, versionless, kind, capability, follows, statement])}${statedHash(stated)}`,
  }
}

/** Which limits are instants, not which instants: "at most a day old" is another one in each run, and the same question. */
function withoutInstants(limits: Values): Values {
  return Object.fromEntries(
    Object.entries(limits).map(([name, value]) => [
      name,
      isPlainObject(value)
        ? Object.fromEntries(Object.entries(value).map(([limit, one]) => [limit, isDate(one) ? 'instant' : one]))
        : value,
    ]),
  )
}

/** What tells statements of one kind apart, whichever data they are about and compare it with: a trend ends in it. */
export const statedOf = (trend: string): string => trend.slice(-STATED_DIGITS)

function statedHash(statement: Values): string {
  return hash(
    Object.entries(statement)
      .filter(([, value]) => isPlain(value))
      .map(plainWords)
      .sort(),
    STATED_DIGITS,
  )
}

const plainWords = ([name, value]: readonly [string, unknown]): string => undated(`${name} ${canonical(value)}`)

/** Whether a value is words or numbers, or a list of such: neither data, an expression nor code. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value) || value instanceof Set) return [...(value as Iterable<unknown>)].every(isPlain)
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value)
}

/** What an id begins with, before its `~`. */
export function idWords(kind: string, subject: Pick<Subject, 'name' | 'column'>): string {
  return [subject.name, subject.column, kind]
    .filter(Boolean)
    .join('.')
    .replace(/[^\w.@-]+/g, '-')
    .slice(0, 80)
}

/** The key of the opposite statement, which `.not` asks. */
export function negatedId(id: string): string {
  return id.replace(/~([0-9a-f]+)$/, (_, own: string) => `~${hash(['not', own])}`)
}

/** The name of a model without its version: `sentiment` of `sentiment@1.4.0`. */
export function bareName(name: string): string {
  const at = name.lastIndexOf('@')
  return at > 0 ? name.slice(0, at) : name
}

/** Whether the text is an id, whole. */
export function isResultId(text: string): boolean {
  return /^[\w.@-]{1,80}~[0-9a-f]{12}$/.test(text)
}

/** A key of any values. */
export function hash(value: unknown, digits: number = DIGITS): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, digits)
}
