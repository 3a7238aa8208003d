import { type ColumnCell, cellOf } from '../../cells/cell.ts'
import type { DatasetColumn } from '../../dataset/dataset.ts'
import { ROW_NUMBER } from '../../engine/engine.ts'
import { AssayError } from '../../errors.ts'
import { columnNamed, isFloating, type MetricContext, type QueryMetric, queryMetric } from '../../metrics/metric.ts'
import { canonical } from '../../results/canonical.ts'
import { all, any } from '../../sql/dialect.ts'
import { id, join, raw, type Sql, sql } from '../../sql/sql.ts'
import { readAsAsked, withFractions } from '../askedReading.ts'
import { refuseLong } from '../longNumbers.ts'
import type { Definition } from '../asked.ts'
import { measured } from '../check.ts'
import { type CheckKind, defineKind, infoOf } from '../definition.ts'
import { allowEmpty, mostly, type RowCheckOptions, segmentBy, severity } from '../parameters/options.ts'
import type { Option, OptionSet } from '../parameters/parameter.ts'
import { options } from '../parameters/parameter.ts'
import { described } from '../receiver.ts'
import { judgeRows, rowExpectation } from './judgeRows.ts'

/** What a check of a sequence can be told. */
export interface SequenceCheckOptions
  extends Pick<RowCheckOptions, 'mostly' | 'severity' | 'allowEmpty' | 'segmentBy'> {
  /**
   * The column that orders the rows; default: the order of the source.
   * @example { by: 'created' }
   */
  readonly by?: string
}

const by: Option<'by', string | undefined> = {
  name: 'by',
  role: 'asked',
  doc: 'the column that orders the rows; without it they stand in the order of their source',
  absent: undefined,
  type: 'string',
  example: "'created'",
  parse(value, { asker }) {
    if (typeof value === 'string' && value !== '') return value
    throw new AssayError('wrong-argument', `${asker} got by: ${described(value)}`, {
      hint: "name the column that orders the rows: { by: 'created' }",
    })
  },
  toJSON: (name) => name,
}

/** The options of every check of a sequence. */
export const sequenceOptions: OptionSet<SequenceCheckOptions> = options(by, mostly, severity, allowEmpty, segmentBy)

/** A kind of check about the values of a column one after another. */
export interface SequenceDefinition<O extends SequenceCheckOptions>
  extends Omit<Definition<readonly [], O>, 'parameters'> {
  title(options: Required<O>): string
  expected(options: Required<O>): string
  /** Of rows in one place, the value that those of the next place are compared with. */
  readonly previous: 'min' | 'max'
  /** What it asks of the column, which is read so. */
  readonly asks: 'ordered' | 'whole'
  /** True for a value that breaks the statement after the previous one. May throw an AssayError. */
  breaks(cell: ColumnCell, previous: Sql, options: Required<O>, context: MetricContext): Sql
}

const PREVIOUS = '__assay_previous'

/**
 * Defines a kind of check about values in order. A row without a value, or without a place in the order, is missing: it
 * is counted and not tested, and nothing is compared with it. Rows that share a place are not compared with each other,
 * and each of them with those of the place before. A column of text or of several types is read as the numbers or times
 * that most of its cells are; a cell that is none fails.
 */
export function sequenceCheck<O extends SequenceCheckOptions>(
  definition: SequenceDefinition<O>,
): CheckKind<DatasetColumn, [options?: O]> {
  const form = { form: 'sequence', receiver: 'column' } as const
  return defineKind<DatasetColumn, readonly [], O>({ ...definition, parameters: [] }, form, (call) => {
    const { dataset, column: name = '', options: settings } = call
    const share = settings.mostly as number
    const order = settings.by as string | undefined
    const about: About<O> = { name, order, definition, settings }
    return measured({
      ...infoOf(call, {
        columns: [name],
        title: `${definition.title(settings)}${order === undefined ? '' : ` by ${order}`}`,
        expected: rowExpectation(definition.expected(settings), share),
      }),
      inputs: [dataset],
      read: async (relation, options) => {
        if (order !== undefined || relation.numbered) return readAsAsked(relation, name, definition.asks, options)
        throw new AssayError('wrong-use', `the rows of ${JSON.stringify(name)} have no order of their own`, {
          hint: "name the column that orders them: { by: 'created' }",
        })
      },
      metrics: () => ({ counts: sequenceCounts(about) }),
      // What the first rows made believe integers may be fractions further down.
      async reread({ counts }, relation, queryOptions) {
        if (counts.unreadable === 0) return relation
        const own = definition.asks === 'ordered' ? withFractions(relation, name) : relation
        const read = order === undefined ? own : withFractions(own, order)
        await refuseLong(read, [name], queryOptions)
        return read
      },
      judge: ({ counts: { rows, missing, broken, unreadable } }) =>
        judgeRows({ rows, missing, broken: broken + unreadable, mostly: share, nulls: 'ignore' }),
      failing({ counts: { broken, unreadable } }, context) {
        const parts = partsOf(about, context)
        const marked = order === undefined ? [name] : [name, order]
        return { where: any([parts.broken, parts.unreadable]), from: parts.from, marked, total: broken + unreadable }
      },
    })
  })
}

export interface About<O extends SequenceCheckOptions> {
  readonly name: string
  readonly order: string | undefined
  readonly definition: SequenceDefinition<O>
  readonly settings: Required<O>
}

interface Parts {
  /** The rows with the value before each, among those of its key where there is one. */
  from(table: Sql, key?: Sql): Sql
  readonly missing: Sql
  readonly unreadable: Sql
  readonly broken: Sql
}

function partsOf<O extends SequenceCheckOptions>(
  { name, order, definition, settings }: About<O>,
  context: MetricContext,
): Parts {
  const { columns, dialect } = context
  const cell = cellOf(columnNamed(columns, name), dialect)
  const place = order === undefined ? undefined : cellOf(columnNamed(columns, order), dialect)
  const cells = place ? [cell, place] : [cell]
  const missing = any(cells.map((one) => one.missing))
  // NaN and infinities are in no order, and give none.
  const floating = cells.filter((one) => isFloating(one.column))
  const infinite = floating.map(({ value }) => sql`not ${dialect.isFinite(value)}`)
  const unreadable = all([sql`not ${missing}`, any([...cells.map((one) => one.unreadable), ...infinite])])
  const placed = all([
    ...cells.map(({ value }) => sql`${value} is not null`),
    ...infinite.map((one) => sql`not ${one}`),
  ])
  const previous = id(PREVIOUS)
  return {
    from(table, key) {
      // Rows that cannot be compared stand apart, so that none of them is the one before.
      const apart = join([...(key ? [key] : []), sql`case when ${placed} then 1 else 0 end`])
      const window = sql`partition by ${apart} order by ${place?.value ?? id(ROW_NUMBER)} groups between 1 preceding and 1 preceding`
      return sql`(select *, ${raw(definition.previous)}(${cell.value}) over (${window}) as ${previous} from ${table}) as t`
    },
    missing,
    unreadable,
    broken: sql`(${placed} and ${previous} is not null and ${definition.breaks(cell, previous, settings, context)})`,
  }
}

interface SequenceCounts {
  readonly rows: number
  readonly missing: number
  readonly unreadable: number
  readonly broken: number
}

/** How many rows break a statement about values in order. */
export function sequenceCounts<O extends SequenceCheckOptions>(about: About<O>): QueryMetric<SequenceCounts> {
  const { name, order, definition, settings } = about
  const { mostly: _, severity: _severity, allowEmpty: _allowEmpty, ...statement } = settings
  const counted = ({ missing, unreadable, broken }: Parts, { dialect }: MetricContext): Sql =>
    join([raw('count(*)'), ...[missing, unreadable, broken].map((where) => dialect.countIf(where))])
  return queryMetric<SequenceCounts>({
    name: 'sequenceCounts',
    columns: order === undefined ? [name] : [name, order],
    detail: canonical([definition.kind, statement]),
    numbered: true,
    query(context, from) {
      const parts = partsOf(about, context)
      return sql`select ${counted(parts, context)} from ${parts.from(from)}`
    },
    byKey(context, from, key) {
      const parts = partsOf(about, context)
      return sql`select ${key}, ${counted(parts, context)} from ${parts.from(from, key)} group by ${key}`
    },
    finish([row = []]) {
      const [rows = 0, missing = 0, unreadable = 0, broken = 0] = row.map(Number)
      return { rows, missing, unreadable, broken }
    },
  })
}
