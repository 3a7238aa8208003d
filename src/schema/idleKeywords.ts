import { aboutDataset, type Check, measured } from '../checks/check.ts'
import type { DatasetColumn } from '../dataset/dataset.ts'
import { isHeldAsText } from '../cells/cell.ts'
import type { Column } from '../engine/engine.ts'
import { discreetTypeWords, typeWords } from '../engine/typeWords.ts'
import { missingCount } from '../metrics/kinds/missingCount.ts'
import { rowCount } from '../metrics/kinds/rowCount.ts'
import type { LogicalType } from '../sql/dialect.ts'
import type { JsonObject } from './json.ts'
import { type JudgedValues, judgedValues, judgesOnly, judgesOthers } from './keywords.ts'
import type { Tolerance } from './parts.ts'
import { readingOf } from './reading.ts'

/**
 * Says that nothing a schema asks of a column can be judged of what the column holds, as of `minimum` where there are
 * texts: JSON Schema has them hold. Undefined where something can.
 */
export function idleKeywords(
  { dataset, name }: Pick<DatasetColumn, 'dataset' | 'name'>,
  column: Column,
  rules: JsonObject,
  { severity }: Tolerance,
): Check | undefined {
  if (!isIdle(rules, column)) return undefined
  const judged = judgedValues(rules)
  const keywords = [...judged.keys()]
  const words = `${judgesOnly(rules)}; the column holds`
  return measured({
    kind: 'schemaKeyword',
    family: 'schema',
    ...aboutDataset(dataset, [name], { statement: { keywords }, limits: { rules } }),
    title: `values that hold to ${keywords.join(', ')}`,
    expected: [...new Set(judged.values())].join(' and '),
    severity,
    inputs: [dataset],
    metrics: () => ({ rows: rowCount(), missing: missingCount(name) }),
    judge({ rows, missing }) {
      const measured = 'nothing was judged'
      // Missing values hold to a schema.
      if (missing === rows) return { status: 'vacuous', measured, counts: { rows, missing, tested: 0, failed: 0 } }
      const message = `${words} ${typeWords(column)}; say "type", or leave ${keywords.length === 1 ? 'it' : 'them'} out`
      const discreet = `${words} ${discreetTypeWords(column)}`
      return { status: 'vacuous', measured, message, discreet: [{ columns: [name], message: discreet }] }
    },
  })
}

/** Whether a schema says something of values, and nothing of what a column holds. */
export const isIdle = (schema: JsonObject, column: Column): boolean => judgesOthers(schema, valuesHeld(column))

/** What values a column holds, as schemas tell them apart: a text file's cells may be read as texts or numbers. */
function valuesHeld(column: Column): readonly (JudgedValues | 'others')[] {
  if (isHeldAsText(column)) return ['texts', 'numbers']
  return kinds[column.type] ?? (readingOf(column) === 'other' ? ['any'] : ['numbers'])
}

const kinds: Readonly<Partial<Record<LogicalType, readonly (JudgedValues | 'others')[]>>> = {
  boolean: ['others'],
  string: ['texts'],
  date: ['texts'],
  timestamp: ['texts'],
  timestamptz: ['texts'],
  time: ['texts'],
  list: ['lists'],
  struct: ['objects'],
}
