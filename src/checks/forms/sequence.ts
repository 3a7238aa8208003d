import { type Cell, cellOf } from '../../cells/cell.ts'
import type { DatasetColumn } from '../../dataset/dataset.ts'
import { relationOf } from '../../dataset/opened.ts'
import { type Relation, ROW_NUMBER } from '../../engine/engine.ts'
import { AssayError } from '../../errors.ts'
import { columnNamed, isFloating } from '../../metrics/metric.ts'
import { all, any } from '../../sql/dialect.ts'
import { id, raw, type Sql, sql } from '../../sql/sql.ts'
import { readAsAsked, withFractions } from '../askedReading.ts'
import type { Definition } from '../asked.ts'
import type { Judgement, RunCheck } from '../check.ts'
import { type CheckKind, defineKind, infoOf } from '../definition.ts'
import { allowEmpty, mostly, type RowCheckOptions, severity } from '../parameters/options.ts'
import type { Option, OptionSet } from '../parameters/parameter.ts'
import { options } from '../parameters/parameter.ts'
import { described } from '../receiver.ts'
import { judgeRows, rowExpectation } from './judgeRows.ts'

/** What a check of a sequence can be told. */
export interface SequenceCheckOptions extends Pick<RowCheckOptions, 'mostly' | 'severity' | 'allowEmpty'> {
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
export const sequenceOptions: OptionSet<SequenceCheckOptions> = options(by, mostly, severity, allowEmpty)

/** A kind of check about the values of a column one after another. */
export interface SequenceDefinition<O extends SequenceCheckOptions>
  extends Omit<Definition<readonly [], O>, 'parameters'> {
  title(options: Required<O>): string
  expected(options: Required<O>): string
  /** Of rows in one place, the value that those of the next place are compared with. */
  readonly previous: 'min' | 'max'
  /** True for a value that breaks the statement after the previous one. May throw an AssayError. */
  breaks(cell: Cell, previous: Sql, options: Required<O>): Sql
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
  return defineKind<DatasetColumn, readonly [], O>({ ...definition, parameters: [] }, form, (call): RunCheck => {
    const { dataset, column: name = '', options: settings } = call
    const share = settings.mostly as number
    const order = settings.by as string | undefined
    return {
      ...infoOf(call, {
        columns: [name],
        title: `${definition.title(settings)}${order === undefined ? '' : ` by ${order}`}`,
        expected: rowExpectation(definition.expected(settings), share),
      }),
      type: 'run',
      inputs: [dataset],
      async run({ signal }): Promise<Judgement> {
        let relation = await readAsAsked(await relationOf(dataset), name, 'ordered', { signal })
        let parts = partsOf(relation, { name, order, definition, settings })
        let counts = await countsOf(relation, parts, signal)
        const widened = counts.unreadable > 0 ? withFractions(relation, name) : relation
        if (widened !== relation) {
          relation = widened
          parts = partsOf(relation, { name, order, definition, settings })
          counts = await countsOf(relation, parts, signal)
        }
        const { rows, missing, broken, unreadable } = counts
        const total = broken + unreadable
        const judgement = judgeRows({ rows, missing, broken: total, mostly: share, nulls: 'ignore' })
        if (judgement.status !== 'fail') return judgement
        const where = any([parts.broken, parts.unreadable])
        const marked = order === undefined ? [name] : [name, order]
        const failing = { where, from: parts.from, marked, total }
        const { sampleOf } = await import('../samples.ts')
        return { ...judgement, evidence: [await sampleOf(dataset, relation, failing, { signal })] }
      },
    }
  })
}

interface Parts {
  /** The rows with the value before each. */
  from(table: Sql): Sql
  readonly missing: Sql
  readonly unreadable: Sql
  readonly broken: Sql
}

function partsOf<O extends SequenceCheckOptions>(
  relation: Relation,
  about: {
    readonly name: string
    readonly order: string | undefined
    readonly definition: SequenceDefinition<O>
    readonly settings: Required<O>
  },
): Parts {
  const { name, order, definition, settings } = about
  const { dialect } = relation.engine
  if (order === undefined && relation.numbered === undefined) {
    throw new AssayError('wrong-use', `the rows of ${JSON.stringify(name)} have no order of their own`, {
      hint: "name the column that orders them: { by: 'created' }",
    })
  }
  const cell = cellOf(columnNamed(relation.columns, name), dialect)
  const place = order === undefined ? undefined : cellOf(columnNamed(relation.columns, order), dialect)
  const key = place?.value ?? id(ROW_NUMBER)
  const cells = place ? [cell, place] : [cell]
  const missing = any(cells.map((one) => one.missing))
  // NaN and infinities are in no order.
  const infinite = isFloating(cell.column) ? [sql`not ${dialect.isFinite(cell.value)}`] : []
  const unreadable = all([sql`not ${missing}`, any([...cells.map((one) => one.unreadable), ...infinite])])
  const placed = all([
    ...cells.map(({ value }) => sql`${value} is not null`),
    ...infinite.map((one) => sql`not ${one}`),
  ])
  // Rows that cannot be compared stand apart, so that none of them is the one before.
  const window = sql`partition by (case when ${placed} then 1 else 0 end) order by ${key} groups between 1 preceding and 1 preceding`
  const before = sql`${raw(definition.previous)}(${cell.value}) over (${window})`
  const previous = id(PREVIOUS)
  const broken = sql`(${placed} and ${previous} is not null and ${definition.breaks(cell, previous, settings)})`
  return { from: (table) => sql`(select *, ${before} as ${previous} from ${table}) as t`, missing, unreadable, broken }
}

async function countsOf(
  { engine, from, numbered }: Relation,
  parts: Parts,
  signal: AbortSignal | undefined,
): Promise<{ readonly rows: number; readonly missing: number; readonly unreadable: number; readonly broken: number }> {
  const counted = [parts.missing, parts.unreadable, parts.broken].map((where) => engine.dialect.countIf(where))
  const [missing, unreadable, broken] = counted as [Sql, Sql, Sql]
  const [row] = await engine.query(
    sql`select count(*), ${missing}, ${unreadable}, ${broken} from ${parts.from(numbered ?? from)}`,
    { signal },
  )
  const [rows = 0, none = 0, unread = 0, failed = 0] = (row ?? []).map(Number)
  return { rows, missing: none, unreadable: unread, broken: failed }
}
