import { type ColumnCell, cellOf } from '../../cells/cell.ts'
import type { DatasetColumn } from '../../dataset/dataset.ts'
import type { Relation } from '../../engine/engine.ts'
import { countWhere, type Predicate } from '../../metrics/kinds/countWhere.ts'
import { columnNamed, type MetricContext } from '../../metrics/metric.ts'
import { missingCount } from '../../metrics/kinds/missingCount.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { unreadableCount } from '../../metrics/kinds/unreadableCount.ts'
import { canonical } from '../../results/canonical.ts'
import type { Family } from '../../results/checkResult.ts'
import type { Values } from '../../results/resultId.ts'
import { any, type LogicalType } from '../../sql/dialect.ts'
import type { Sql } from '../../sql/sql.ts'
import { type AskedFor, readAsAsked, withFractions } from '../askedReading.ts'
import { aboutDataset, type CheckInfo, type MeasuredCheck, measured, noted } from '../check.ts'
import { withLong } from '../longNumbers.ts'
import type { RowCheckOptions } from '../parameters/options.ts'
import { type Note, unreadableNote } from '../unreadable.ts'
import { judgeRows, rowExpectation } from './judgeRows.ts'

/** What a rule says instead of words that hold values, where the column is personal. */
export interface Discretion {
  readonly title: string
  readonly expected: string
  readonly without?: readonly 'limit'[]
}

/** How the value of a row is judged. */
export interface RowJudge {
  /** The rule judges the text of a text file's cell, and no cell is unreadable. */
  readonly ofText?: boolean
  /** What the rule asks for, where a column's cells may be read as that whatever its first rows looked like. */
  readonly asks?: AskedFor | undefined
  /** The type that the rule asks the text of each cell to be of. */
  readonly ofType?: LogicalType
  /** True for a present value that breaks the rule; never true for a missing one. May throw an AssayError. */
  breaks(cell: ColumnCell, context: MetricContext): Sql
  /** What a failure should say beyond the counts. */
  note?(cell: ColumnCell): Note | undefined
}

/** A statement about the value of each row, in words. */
export interface RuleWords {
  readonly kind: string
  readonly family: Family
  readonly title: string
  readonly expected: string
  readonly limit?: CheckInfo['limit']
  readonly discreet?: Discretion
  /** The rule's arguments: what is asked, and the limits of it. */
  readonly statement?: Values
  readonly limits?: Values
}

/** A statement about the value of each row, and how it is judged. */
export interface RowRule extends RuleWords, RowJudge {}

/** A check of row values by a rule that is no kind of its own. */
export function ruleCheck(column: DatasetColumn, rule: RowRule, options: RowCheckOptions): MeasuredCheck {
  return measuredRows(column, rule, ruleInfo(column, rule, options), options)
}

/** A column's cell as it is measured. */
export function cellIn({ columns, dialect }: MetricContext, name: string): ColumnCell {
  return cellOf(columnNamed(columns, name), dialect)
}

/**
 * A check of row values: rows = missing + tested, and at least `mostly` of the tested rows must not break the rule.
 * In a text file a cell that is not of its column's type is tested and fails.
 */
export function measuredRows(
  { dataset, name }: DatasetColumn,
  rule: RowJudge,
  info: CheckInfo,
  { mostly = 1, nulls = 'ignore' }: RowCheckOptions,
): MeasuredCheck {
  // How many rows may break it changes nothing about which do.
  const { mostly: _, nulls: _nulls, severity: _severity, allowEmpty: _allowEmpty, ...limits } = info.question.limits
  const violation: Predicate = {
    key: canonical([info.kind, info.question.statement, limits]),
    columns: [name],
    sql: (context) => rule.breaks(cellIn(context, name), context),
  }
  const unreadableCells = (context: MetricContext): readonly Sql[] => {
    const { readable, unreadable } = cellIn(context, name)
    return rule.ofText || readable === 'always' ? [] : [unreadable]
  }
  return measured({
    ...info,
    inputs: [dataset],
    ...(rule.asks ? { read: reading(name, rule.asks) } : {}),
    metrics: (context) => {
      violation.sql(context) // a wrong question is an error before anything is read
      return {
        rows: rowCount(),
        missing: missingCount(name),
        violating: countWhere(violation),
        ...(unreadableCells(context).length > 0 ? { unreadable: unreadableCount(name) } : {}),
      }
    },
    async reread({ unreadable = 0 }, relation, asked) {
      if (rule.asks !== 'number' || unreadable === 0) return relation
      const read = withFractions(relation, name)
      return read === relation ? withLong(relation, name, unreadable, asked) : read
    },
    judge: ({ rows, missing, violating, unreadable = 0 }, context) => {
      const broken = violating + unreadable
      const judgement = judgeRows({ rows, missing, broken, mostly, nulls })
      const note = judgement.status === 'fail' ? rule.note?.(cellIn(context, name)) : undefined
      return note ? noted(judgement, note, [name]) : judgement
    },
    failing: ({ missing: none, violating, unreadable = 0 }, context) => {
      const nullsFail = nulls === 'fail' && none > 0
      const missing = nullsFail ? [cellIn(context, name).missing] : []
      const where = any([violation.sql(context), ...unreadableCells(context), ...missing])
      return { where, marked: [name], total: violating + unreadable + (nullsFail ? none : 0) }
    },
    async explain({ rows, missing: none, violating, unreadable = 0 }, relation, queryOptions) {
      const column = columnNamed(relation.columns, name)
      const about = { column, present: rows - none }
      if (rule.ofType && violating > 0) {
        const where = violation.sql({ dialect: relation.engine.dialect, columns: relation.columns })
        return unreadableNote(relation, { ...about, unreadable: violating, where, type: rule.ofType }, queryOptions)
      }
      return unreadable > 0 ? unreadableNote(relation, { ...about, unreadable }, queryOptions) : undefined
    },
  })
}

/** How a check of a column reads the rows. */
export function reading(name: string, asks: AskedFor): NonNullable<MeasuredCheck['read']> {
  return (relation: Relation, options) => readAsAsked(relation, name, asks, options)
}

/** What a rule says about itself. */
export function ruleInfo(
  { dataset, name }: DatasetColumn,
  { kind, family, title, expected, limit, discreet, statement, limits }: RuleWords,
  { mostly = 1, nulls = 'ignore', severity = 'error', allowEmpty = false }: RowCheckOptions,
): CheckInfo {
  return {
    kind,
    family,
    ...aboutDataset(dataset, [name], {
      ...(statement ? { statement } : {}),
      limits: { ...limits, mostly, nulls, severity, allowEmpty },
    }),
    title,
    expected: rowExpectation(expected, mostly),
    severity,
    allowEmpty,
    ...(limit ? { limit } : {}),
    ...(discreet ? { discreet: [discreetRows(discreet, name, mostly)] } : {}),
  }
}

/** The words of a check of rows where its column is personal. */
export function discreetRows(discreet: Discretion, name: string, mostly: number) {
  return { ...discreet, columns: [name], expected: rowExpectation(discreet.expected, mostly) }
}
