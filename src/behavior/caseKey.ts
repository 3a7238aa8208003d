import { createHash } from 'node:crypto'
import { inputKey } from '../models/inputKey.ts'
import { type AnswerJudge, identityOf } from './comparators/satisfies.ts'
import type { MftCase } from './mft.ts'
import { nameOf } from './mft.ts'
import { shown } from './shown.ts'

/**
 * What tells a case from the others of its table in every run, whatever their order: its name, else a hash of input and
 * capability, with what is asked where several cases may ask about one input.
 */
export function caseKey({ name, capability, input, compare, expected }: MftCase): string {
  if (name.length <= 80 && name !== nameOf(input)) return name
  const asked = typeof expected === 'function' ? identityOf(expected as AnswerJudge) : shown(expected)
  return hashOf(input, capability ?? '', ...(compare === 'equals' ? [] : [compare, asked]))
}

/** A short hash of an input and what else belongs to its case. */
export function hashOf(input: unknown, ...parts: readonly string[]): string {
  const key = inputKey(input)
  const text = `${typeof key} ${typeof key === 'string' ? key : shown(key)}`
  return createHash('sha256')
    .update(JSON.stringify([text, ...parts]))
    .digest('hex')
    .slice(0, 12)
}
