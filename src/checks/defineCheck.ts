import type { ColumnCell } from '../cells/cell.ts'
import type { Dataset, DatasetColumn } from '../dataset/dataset.ts'
import { AssayError } from '../errors.ts'
import type { FrequencyMetric, MetricContext, ScanMetric } from '../metrics/metric.ts'
import { isPlainObject } from '../options.ts'
import type { Family } from '../results/checkResult.ts'
import { raw, type Sql, sql } from '../sql/sql.ts'
import type { AskedFor } from './askedReading.ts'
import type { Bounds } from './bounds.ts'
import type { Limit } from './limits.ts'
import { register } from './catalogue.ts'
import type { JudgeContext, Judgement, RunContext } from './check.ts'
import type { CheckKind } from './definition.ts'
import { aggregateCheck, type AggregateJudgement } from './forms/aggregate.ts'
import { rowCheck } from './forms/row.ts'
import { runCheck } from './forms/run.ts'
import { bounds, plainBounds } from './parameters/bounds.ts'
import {
  type AggregateCheckOptions,
  type RowCheckOptions,
  type TableCheckOptions,
  tableOptions,
} from './parameters/options.ts'
import type { Arguments, Named, Parameters } from './parameters/parameter.ts'
import { described } from './receiver.ts'
import { truth } from './truth.ts'
import { wrongType } from './wrongType.ts'

/** What every check of your own says about itself. */
interface OwnCheck<P extends Parameters> {
  /** How it is called, in results and in contracts: letters and digits, e.g. `valuesEven`. */
  readonly kind: string
  /** What kind of question it asks; default: `rule`. */
  readonly family?: Family
  /** What it states, in a sentence. */
  readonly says?: string
  /** What it is asked with, in order: `[parameters.bounds]`; default: nothing. */
  readonly parameters?: P
}

/** A statement of your own about the value of each row of a column. */
export interface OwnRowCheck<P extends Parameters> extends OwnCheck<P> {
  /** What is stated, as a phrase that follows the column: `even values`. */
  title(values: Named<P>): string
  /** What each value must be: `an even number`. */
  expected(values: Named<P>): string
  /** Whether the cells are read as numbers, as true and false, or as text; default: as the column's type. */
  readonly asks?: AskedFor
  /** True for a value that breaks the statement, as SQL: ``({ value }) => sql`${value} % 2 <> 0` ``. Never asked of a missing one. */
  breaks?(cell: ColumnCell, values: Named<P>, context: MetricContext): Sql
  /** Instead of `breaks`: whether a text holds, in JavaScript; asked once per distinct text. */
  holds?(text: string, values: Named<P>): boolean
}

/** A statement of your own about a number that is computed from a column. */
export interface OwnAggregateCheck extends Omit<OwnCheck<readonly []>, 'parameters'> {
  /** What the number is called: `range`. */
  readonly noun: string
  /** The number: one of `defineMetric`, or of the package. */
  metric(column: string): ScanMetric<unknown, number | bigint | null> | FrequencyMetric<number | bigint | null>
  /** What the cells are read as; default: numbers. `any` leaves them what they are. */
  readonly asks?: AskedFor | 'any'
  /** Whether the number is a share, and so told in percent. */
  readonly share?: true
  /**
   * Judges the number instead of holding it to the limits: with the instant of the run, the columns, and what the same
   * question came to in earlier runs. Where that shows nothing, the status is `inconclusive`.
   */
  judge?(number: number | bigint, bounds: Bounds<Limit>, context: JudgeContext): AggregateJudgement
}

/** What a check of your own that runs by itself found. */
export type OwnJudgement = Pick<Judgement, 'measured' | 'value' | 'message' | 'counts'> & {
  readonly status: 'pass' | 'warn' | 'fail' | 'vacuous' | 'inconclusive'
}

/** A statement of your own about a dataset, judged by whatever code it takes. */
export interface OwnRunCheck<P extends Parameters> extends OwnCheck<P> {
  /** What is stated, as a phrase that follows the dataset. */
  title(values: Named<P>): string
  /** What is expected. */
  expected(values: Named<P>): string
  /** Judges the dataset; what it throws becomes an `error`. */
  run(dataset: Dataset, values: Named<P>, context: RunContext): Promise<OwnJudgement> | OwnJudgement
}

function row<const P extends Parameters = readonly []>(
  definition: OwnRowCheck<P>,
): CheckKind<DatasetColumn, [...Arguments<P>, options?: RowCheckOptions]> {
  const base = checked<P>(definition, 'row', ['title', 'expected'])
  const { title, expected, asks, breaks, holds } = definition
  if (typeof breaks === typeof holds || typeof (breaks ?? holds) !== 'function')
    throw wrong('row', `${base.kind} needs either breaks or holds`)
  return register(
    rowCheck<P>({
      ...base,
      title,
      expected,
      asks: () => (holds ? 'string' : asks),
      breaks: (cell, values, context) => (breaks ? broken(cell, breaks(cell, values, context)) : textOnly(cell)),
      ...(holds ? { inScript: (values: Named<P>) => (text: string) => truth(holds(text, values), base.kind) } : {}),
    }),
  )
}

/** Where the condition of a value is null, nothing was found out: the value counts as one that breaks it. */
const broken = ({ value }: ColumnCell, condition: Sql): Sql =>
  sql`(${value} is not null and coalesce(${condition}, true))`

/** What is judged as text must be text. */
function textOnly({ column }: ColumnCell): Sql {
  if (column.type === 'string') return raw('(1 = 0)')
  throw wrongType(column, 'not text')
}

function aggregate(
  definition: OwnAggregateCheck,
): CheckKind<DatasetColumn, [bounds: Bounds<number | bigint>, options?: AggregateCheckOptions]> {
  const base = checked<readonly []>(definition, 'aggregate', ['metric'])
  const { noun, metric, asks = 'number', share, judge } = definition
  if (judge !== undefined && typeof judge !== 'function') throw wrong('aggregate', `${base.kind}: judge is a function`)
  if (typeof noun !== 'string' || noun === '') throw wrong('aggregate', `${base.kind} needs a noun`)
  return register(
    aggregateCheck({
      ...base,
      bounds: share ? { ...bounds, doc: plainBounds.doc } : bounds,
      noun,
      ...(asks === 'any' ? {} : { asks }),
      ...(share ? { share } : {}),
      metric: (column) => metric(column),
      value: (number) => checkedNumber(number, base.kind),
      ...(judge ? { judge } : {}),
    }),
  )
}

function checkedNumber(number: unknown, kind: string): number | bigint | null {
  if (number === null || typeof number === 'bigint') return number
  if (typeof number === 'number' && !Number.isNaN(number)) return number
  throw new AssayError('wrong-argument', `the metric of ${kind} came to ${described(number)}, which is no number`, {
    hint: 'finish answers with a number, a bigint, or null where there is no value',
  })
}

function run<const P extends Parameters = readonly []>(
  definition: OwnRunCheck<P>,
): CheckKind<Dataset, [...Arguments<P>, options?: TableCheckOptions]> {
  const base = checked<P>(definition, 'run', ['title', 'expected', 'run'])
  return register(
    runCheck<TableCheckOptions, P>({
      ...base,
      options: tableOptions,
      words: ({ values }) => ({ title: definition.title(values), expected: definition.expected(values) }),
      run: async ({ dataset, values }, context) => definition.run(dataset, values, context),
    }),
  )
}

/**
 * Defines checks of your own: of each row's value, of a number computed from a column, or of anything. A definition
 * returns the function that asks it, as `valuesBetween` is one; what it makes is planned, reported and waived like any
 * other check, and stands in contracts by its `kind` once the module that defines it was imported. Throws AssayError
 * `wrong-argument` for a definition that is none, and for a name that a check of the package has.
 */
export const defineCheck = { row, aggregate, run }

const wrong = (form: string, found: string): AssayError =>
  new AssayError('wrong-argument', `defineCheck.${form}: ${found}`, { hint: 'docs/own-checks.md shows whole ones' })

/** What a definition says, checked. */
function checked<P extends Parameters>(definition: unknown, form: string, functions: readonly string[]) {
  if (!isPlainObject(definition)) throw wrong(form, `got ${described(definition)} as definition`)
  const { kind, family = 'rule', says, parameters = [] } = definition as unknown as OwnCheck<P>
  if (typeof kind !== 'string' || !/^[a-zA-Z]\w{0,60}$/.test(kind))
    throw wrong(form, `got ${described(kind)} as kind, which is a name of letters and digits`)
  for (const name of functions)
    if (typeof definition[name] !== 'function') throw wrong(form, `${kind} needs ${name}, a function`)
  return { kind, family, says: says ?? kind, example: '', parameters: parameters as P }
}
