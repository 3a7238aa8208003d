import type { ColumnCell } from '../../cells/cell.ts'
import type { DatasetColumn } from '../../dataset/dataset.ts'
import type { MetricContext } from '../../metrics/metric.ts'
import type { LogicalType } from '../../sql/dialect.ts'
import type { Sql } from '../../sql/sql.ts'
import type { AskedFor } from '../askedReading.ts'
import type { CheckInfo } from '../check.ts'
import type { Definition } from '../asked.ts'
import { type CheckKind, defineKind, infoOf } from '../definition.ts'
import { type RowCheckOptions, rowOptions } from '../parameters/options.ts'
import type { Arguments, Named, Parameters } from '../parameters/parameter.ts'
import type { Note } from '../unreadable.ts'
import { rowExpectation } from './judgeRows.ts'
import { type Discretion, discreetRows, measuredRows } from './rowRule.ts'
import { textwiseCheck } from './textwise.ts'

/** A kind of check that states something about the value of each row of a column. */
export interface RowDefinition<P extends Parameters> extends Omit<Definition<P>, 'options'> {
  /** What is stated, as a phrase that follows the column. */
  title(values: Named<P>): string
  /** What each value must be. */
  expected(values: Named<P>): string
  /** The limits as numbers, as a run document has them. */
  limit?(values: Named<P>): CheckInfo['limit']
  /** What it says instead where the column is personal and its words may hold values. */
  discreet?(values: Named<P>): Discretion | undefined
  /** What the cells are read as, whatever the column's first rows looked like. */
  asks?(values: Named<P>): AskedFor | undefined
  /** The rule judges the text of a text file's cell, and no cell is unreadable. */
  readonly ofText?: boolean
  /** The type that the rule asks the text of each cell to be of. */
  ofType?(values: Named<P>): LogicalType
  /**
   * True for a present value that breaks the statement; never true for a missing one. Throws an AssayError where the
   * question is wrong for the column.
   */
  breaks(cell: ColumnCell, values: Named<P>, context: MetricContext): Sql
  /** Judges texts in JavaScript where the engine cannot: once per distinct value. `breaks` is asked about the column only. */
  inScript?(values: Named<P>): ((text: string) => boolean) | undefined
  /** What a failure should say beyond the counts. */
  note?(cell: ColumnCell, values: Named<P>): Note | undefined
}

/** Defines a kind of check about the value of each row. */
export function rowCheck<const P extends Parameters>(
  definition: RowDefinition<P>,
): CheckKind<DatasetColumn, [...Arguments<P>, options?: RowCheckOptions]> {
  const form = { form: 'row', receiver: 'column' } as const
  return defineKind<DatasetColumn, P, RowCheckOptions>({ ...definition, options: rowOptions }, form, (call) => {
    const { dataset, column: name = '', values, options } = call
    const discreet = definition.discreet?.(values)
    const limit = definition.limit?.(values)
    const info = infoOf(call, {
      columns: [name],
      title: definition.title(values),
      expected: rowExpectation(definition.expected(values), options.mostly),
      ...(limit ? { limit } : {}),
      ...(discreet ? { discreet: [discreetRows(discreet, name, options.mostly)] } : {}),
    })
    const judge = {
      ...(definition.ofText ? { ofText: true } : {}),
      asks: definition.asks?.(values),
      ...(definition.ofType ? { ofType: definition.ofType(values) } : {}),
      breaks: (cell: ColumnCell, context: MetricContext) => definition.breaks(cell, values, context),
      note: (cell: ColumnCell) => definition.note?.(cell, values),
    }
    const column = { dataset, name }
    const holds = definition.inScript?.(values)
    return holds
      ? textwiseCheck(column, { ...judge, holds, by: [definition, values] }, info, options)
      : measuredRows(column, judge, info, options)
  })
}
