import type { ColumnCell } from '../../cells/cell.ts'
import type { Dataset } from '../../dataset/dataset.ts'
import { countWhere, type Predicate } from '../../metrics/kinds/countWhere.ts'
import type { MetricContext } from '../../metrics/metric.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { canonical } from '../../results/canonical.ts'
import { all, any } from '../../sql/dialect.ts'
import { raw, type Sql, sql } from '../../sql/sql.ts'
import type { Definition } from '../asked.ts'
import { type AskedFor, readAsAsked } from '../askedReading.ts'
import { measured, type MeasuredCheck } from '../check.ts'
import { type CheckKind, defineKind, infoOf } from '../definition.ts'
import { allowEmpty, choice, mostly, type RowCheckOptions, segmentBy, severity } from '../parameters/options.ts'
import { type Arguments, type Named, type OptionSet, options, type Parameter } from '../parameters/parameter.ts'
import { readAnew } from '../readAsWritten.ts'
import { judgeRows, rowExpectation } from './judgeRows.ts'
import { cellIn } from './rowRule.ts'

/** What a check of several columns of a row can be told. */
export interface ColumnsCheckOptions extends Pick<RowCheckOptions, 'mostly' | 'severity' | 'allowEmpty' | 'segmentBy'> {
  /**
   * Which rows are not tested: those with a missing value in `any` of the columns (default), in `all` of them, or `never`
   * one. A missing value in a row that is tested fails.
   * @example { missing: 'never' }
   */
  readonly missing?: 'any' | 'all' | 'never'
}

const missing = choice('missing', ['any', 'all', 'never'], {
  doc: 'which rows are not tested: those with a missing value in `any` of the columns, in `all`, or `never` one; a missing value in a row that is tested fails',
  absent: 'any',
  example: 'never',
})

/** The options of every check of several columns. */
export const columnsOptions: OptionSet<ColumnsCheckOptions> = options(mostly, missing, severity, allowEmpty, segmentBy)

type ColumnNames = Parameter<'columns', readonly string[]>

/** A kind of check that compares the values of several columns in each row. */
export interface ColumnsDefinition<P extends ColumnNames, O extends ColumnsCheckOptions>
  extends Omit<Definition<readonly [P], O>, 'parameters'> {
  /** The columns, as they are asked. */
  readonly columns: P
  title(columns: readonly string[], options: Required<O>): string
  expected(columns: readonly string[], options: Required<O>): string
  /** What the columns are read as, where their type is another one. */
  readonly asks?: AskedFor
  /** True for a row that breaks the statement, where every cell holds a value. May throw an AssayError. */
  breaks(cells: readonly ColumnCell[], options: Required<O>, context: MetricContext): Sql
}

/**
 * Defines a kind of check about several columns of each row: rows = missing + tested. In a text file a row with a cell
 * that is not of the type that the question, `types` or a schema says is tested and fails.
 */
export function columnsCheck<const P extends ColumnNames, O extends ColumnsCheckOptions = ColumnsCheckOptions>(
  definition: ColumnsDefinition<P, O>,
): CheckKind<Dataset, [...Arguments<readonly [P]>, options?: O]> {
  const { columns: parameter, kind, asks } = definition
  const form = { form: 'columns', receiver: 'dataset' } as const
  return defineKind<Dataset, readonly [P], O>({ ...definition, parameters: [parameter] }, form, (call) => {
    const { dataset, values, options: settings } = call
    const { columns } = values as Named<readonly [ColumnNames]>
    const share = settings.mostly as number
    const cellsIn = (context: MetricContext): readonly ColumnCell[] => columns.map((name) => cellIn(context, name))
    const key = canonical([kind, columns, { ...settings, mostly: 1, severity: undefined, allowEmpty: undefined }])
    const untested: Predicate = {
      key: `untested ${key}`,
      columns,
      sql: (context) => {
        const absent = cellsIn(context).map((cell) => cell.missing)
        return settings.missing === 'never' ? raw('(1 = 0)') : settings.missing === 'all' ? all(absent) : any(absent)
      },
    }
    const failing: Predicate = {
      key: `failing ${key}`,
      columns,
      sql: (context) => {
        const cells = cellsIn(context)
        const unfit = cells.flatMap((cell) => [cell.missing, ...(cell.readable === 'always' ? [] : [cell.unreadable])])
        const broken = any([...unfit, definition.breaks(cells, settings, context)])
        return sql`(not ${untested.sql(context)} and ${broken})`
      },
    }
    return measured({
      ...infoOf(call, {
        columns,
        title: definition.title(columns, settings),
        expected: rowExpectation(definition.expected(columns, settings), share),
      }),
      inputs: [dataset],
      ...(asks === undefined ? {} : { read: everyAsked(columns, asks) }),
      metrics: (context) => {
        failing.sql(context) // a wrong question is an error before anything is read
        return { rows: rowCount(), none: countWhere(untested), broken: countWhere(failing) }
      },
      // What the first rows made believe integers may be fractions further down.
      reread: ({ broken }, relation, asked) => (broken > 0 ? readAnew(relation, columns, asks, asked) : relation),
      judge: ({ rows, none, broken }) => judgeRows({ rows, missing: none, broken, mostly: share, nulls: 'ignore' }),
      failing: ({ broken }, context) => ({ where: failing.sql(context), marked: columns, total: broken }),
    })
  })
}

function everyAsked(columns: readonly string[], asks: AskedFor): NonNullable<MeasuredCheck['read']> {
  return async (relation, options) => {
    let read = relation
    for (const name of columns) read = await readAsAsked(read, name, asks, options)
    return read
  }
}
