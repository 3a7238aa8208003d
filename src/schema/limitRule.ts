import type { Finding } from './findings.ts'
import type { Tolerance } from './parts.ts'
import type { SchemaRowRule } from './rows/rowRule.ts'
import type { ColumnSchema, ValueLimit } from './tableSchema.ts'

/** The rule that values hold to limits for which JSON Schema has no word. */
export function limitRule(
  limits: readonly ValueLimit[],
  { name, rules, field, physical }: ColumnSchema,
  options: Tolerance,
): SchemaRowRule {
  const words = limits.map((limit) => limit.words).join(', ')
  return {
    kind: 'schemaKeyword',
    title: `values ${words}`,
    expected: words,
    discreet: { title: 'values within the limits', expected: limits.map((limit) => limit.keyword).join(', ') },
    columns: [{ name, rules }],
    judging: {
      values: 'json',
      nullIsMissing: true,
      judge: (row) => (Object.hasOwn(row, name) ? beyond(limits, row[name]) : 'absent'),
    },
    subject: [name],
    statement: { keywords: limits.map(({ keyword }) => keyword) },
    limits: { field, words: limits.map((limit) => limit.words), physical },
    ...options,
  }
}

/** The limits that a value does not hold to; undefined when it holds to all. */
export function beyond(limits: readonly ValueLimit[], value: unknown): readonly Finding[] | undefined {
  const broken = limits.filter(({ holds }) => !holds(value))
  if (broken.length === 0) return undefined
  return broken.map(({ keyword, words }) => ({ keyword, message: `must be ${words}`, path: '' }))
}
