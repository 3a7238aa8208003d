import { createHash } from 'node:crypto'
import { canonical } from './canonical.ts'
import type { Subject } from './checkResult.ts'

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
  /** What may change while the statement stays the same: bounds, lists of allowed values, shares, options, cases. */
  readonly limits: Values
}

/** How long the hash of an id is, in hex digits. */
const DIGITS = 12

/** The two keys of a result: `id` of the whole question, `trend` of the question without limits. */
export function resultIds(
  kind: string,
  { type, name, column, capability }: Subject,
  { about, follows = about, statement, limits }: Question,
): { readonly id: string; readonly trend: string } {
  const versionless = type === 'model' ? bareName(name) : name
  const words = (called: string): string => idWords(kind, { name: called, ...(column === undefined ? {} : { column }) })
  return {
    id: `${words(name)}~${hash([type, name, kind, capability, about, statement, limits])}`,
    trend: `${words(versionless)}~${hash([type, versionless, kind, capability, follows, statement])}`,
  }
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
