import type { DatasetColumn } from '../dataset/dataset.ts'
import { spellsOut } from '../dataset/personal.ts'
import { AssayError } from '../errors.ts'
import { columnNamed, type MetricContext } from '../metrics/metric.ts'
import { matchesAll, portableRegex } from '../sql/portableRegex.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { unicodeRegex } from '../sql/unicodeRegex.ts'
import type { Check } from './check.ts'
import { checkedColumn } from './receiver.ts'
import { checkedOptions, type RowCheckOptions, type RowRule, rowCheck } from './rowCheck.ts'
import { textwiseCheck } from './textwiseCheck.ts'

/**
 * Every text of the column matches a regular expression somewhere (use `^` and `$` for all of it), with JavaScript's
 * syntax and meaning under flag `u`. Runs in the engine where that can keep the meaning, else on the column's
 * distinct values in JavaScript. Missing values are counted and not tested. An error for an expression that is not
 * valid under flag `u` or that every text matches, and for a column that holds no text.
 */
export function valuesMatching(column: DatasetColumn, pattern: RegExp | string, options?: RowCheckOptions): Check {
  checkedColumn(column, 'valuesMatching', '/^[A-Z]{3}$/u')
  const regex = unicodeRegex(pattern, 'valuesMatching')
  if (matchesAll(regex.source, regex.flags)) {
    throw new AssayError('wrong-argument', `valuesMatching got ${String(regex)}, which matches every text`, {
      hint: 'say what the whole text is, between ^ and $: /^[A-Z]{3}$/u',
    })
  }
  const checked = checkedOptions(options, 'valuesMatching')
  const shown = String(typeof pattern === 'string' ? regex : pattern)
  const portable = portableRegex(regex.source, regex.flags)
  const about: Omit<RowRule, 'violates'> = {
    kind: 'valuesMatching',
    family: 'pattern',
    title: `values matching ${shown}`,
    expected: `matching ${shown}`,
    // An expression that spells something out may spell a value.
    ...(spellsOut(regex)
      ? { discreet: { title: 'values matching an expression', expected: 'matching an expression' } }
      : {}),
    asked: { pattern: [regex.source, regex.flags] },
    asks: 'string',
  }
  if (portable === undefined) {
    return textwiseCheck(
      column,
      { ...about, holds: (text) => regex.test(text), accepts: (context) => textColumn(column.name, context) },
      checked,
    )
  }
  return rowCheck(
    column,
    {
      ...about,
      violates: (value: Sql, context: MetricContext) => {
        textColumn(column.name, context)
        return sql`not ${context.dialect.matches(value, portable)}`
      },
    },
    checked,
  )
}

function textColumn(name: string, { columns }: MetricContext): void {
  const column = columnNamed(columns, name)
  if (column.type === 'string') return
  throw new AssayError(
    'wrong-type',
    `column ${JSON.stringify(name)} holds ${column.type} values (${column.native}), not text`,
    { hint: 'use valuesBetween or valuesIn; a text file reads a column as text with dataset(…, { types: { … } })' },
  )
}
