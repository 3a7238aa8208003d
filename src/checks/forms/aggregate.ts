import type { DatasetColumn } from '../../dataset/dataset.ts'
import type { Column } from '../../engine/engine.ts'
import { AssayError } from '../../errors.ts'
import { REDACTED } from '../../dataset/personal.ts'
import type { FrequencyMetric, QueryMetric, ScanMetric } from '../../metrics/metric.ts'
import { isSmallBeside } from '../../metrics/meanSize.ts'
import { missingCount } from '../../metrics/kinds/missingCount.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { unreadableCount } from '../../metrics/kinds/unreadableCount.ts'
import { numberText, shareText } from '../../words/text/numbers.ts'
import type { AskedFor } from '../askedReading.ts'
import { asNumbers, type Bounds, inWords, limitsOf, within } from '../bounds.ts'
import { checkTimes, refuseTimes } from '../checkTimes.ts'
import { areInstants, instantShown, type Limit, limitText } from '../limits.ts'
import { type AskedChange, changeWords, judgedChange } from '../change.ts'
import { type JudgeContext, type Judgement, measured } from '../check.ts'
import type { Definition } from '../asked.ts'
import { type CheckKind, defineKind, infoOf } from '../definition.ts'
import { type AggregateCheckOptions, aggregateOptions } from '../parameters/options.ts'
import type { Arguments, Named, OptionSet, Parameter } from '../parameters/parameter.ts'
import { cellIn, reading } from './rowRule.ts'
import { aboutUnread, unreadVerdict } from './unread.ts'

type Value = number | bigint | null
type Computed = ScanMetric<unknown, Value> | FrequencyMetric<Value> | QueryMetric<Value>

/** The limits of an aggregate. */
type Limits = Parameter<'bounds', Bounds<Limit>>

/** A kind of check that holds a number computed from a column to limits. */
export interface AggregateDefinition<P extends Limits, O extends AggregateCheckOptions>
  extends Omit<Definition<readonly [P], O>, 'parameters' | 'options'> {
  /** The limits, as they are asked. */
  readonly bounds: P
  /** Options of its own; default: `severity` and `allowEmpty`. */
  readonly options?: OptionSet<O>
  /** What the number is called: `sum`. */
  readonly noun: string | ((options: Required<O>) => string)
  /** What the cells are read as, whatever the column's first rows looked like; default: what they are. */
  readonly asks?: AskedFor
  /** The number; null where there is none. */
  metric(column: string, options: Required<O>): Computed
  /** The same to the last digit, by a scan of its own: asked where rounding may take it over a limit. */
  exact?(column: string, options: Required<O>): QueryMetric<Value>
  /** How large the values are, of which rounding takes the digits of a number that is far less; undefined where none is rounded. */
  size?(column: Column): ScanMetric<unknown, Value> | undefined
  /** What the number is of the rows; default: itself. Null where there is nothing to compute it from. */
  value?(number: Value, counts: AggregateCounts): Value
  /** Whether it is a share, and so told in percent. */
  readonly share?: true
  /** Whether every row is tested, those without a value too. */
  readonly ofRows?: true
  /** The number is no value of the column, nor made of one: it may be told of a personal column too. */
  readonly discreet?: true
  /** Why there is no number, where there are values. */
  readonly why?: string
  /** Judges the number instead of holding it to the limits; where it shows nothing, `status` is `inconclusive`. */
  judge?(number: number | bigint, limits: Bounds<Limit>, context: JudgeContext): AggregateJudgement
}

/** A verdict on a number, with what it says beside the number. */
export type AggregateJudgement = Pick<Judgement, 'message'> & {
  readonly status: 'pass' | 'warn' | 'fail' | 'inconclusive'
}

/** Rows of a column, and those that hold nothing. */
export interface AggregateCounts {
  readonly rows: number
  readonly missing: number
}

/**
 * Defines a kind of check about a number computed from a column. Missing values are left out; without any value there
 * is nothing to judge. Where cells are read as something they need not be, one that is not that makes the check fail: a
 * number that leaves it out is not the column's.
 */
export function aggregateCheck<const P extends Limits, O extends AggregateCheckOptions = AggregateCheckOptions>(
  definition: AggregateDefinition<P, O>,
): CheckKind<DatasetColumn, [...Arguments<readonly [P]>, options?: O]> {
  const { bounds, options = aggregateOptions as OptionSet<O>, share = false } = definition
  const form = { form: 'aggregate', receiver: 'column' } as const
  return defineKind<DatasetColumn, readonly [P], O>({ ...definition, parameters: [bounds], options }, form, (call) => {
    const { dataset, column: name = '', values, options } = call
    const { bounds: limits } = values as Named<readonly [Limits]>
    const noun = typeof definition.noun === 'string' ? definition.noun : definition.noun(options)
    const asks = areInstants(limits) ? 'time' : definition.asks
    const words = inWords(limits, share ? (limit) => shareText(Number(limit), []) : limitText)
    const text = (value: number | bigint): string =>
      asks === 'time'
        ? instantShown(new Date(Number(value)))
        : share
          ? shareText(Number(value), limitsOf(limits))
          : numberText(value, limitsOf(limits))
    const followed = options as AskedChange
    if (asks === 'time' && followed.change !== undefined)
      throw new AssayError('wrong-argument', `${definition.kind} got a change of a time, which has no share`)
    const counted = definition.ofRows ? {} : { unreadable: unreadableCount(name) }
    const unread = aboutUnread(name, asks)
    return measured({
      ...infoOf(call, {
        columns: [name],
        title: `${noun} ${words}`,
        expected: `${words}${changeWords(followed)}`,
        limit: asNumbers(limits),
      }),
      inputs: [dataset],
      ...(asks === undefined ? {} : { read: reading(name, asks) }),
      metrics: (context) => {
        const { column } = cellIn(context, name)
        if (asks === 'number') refuseTimes(column)
        if (asks === 'time') checkTimes(column)
        const size = definition.size?.(column)
        return {
          number: definition.metric(name, options),
          rows: rowCount(),
          missing: missingCount(name),
          ...counted,
          ...(size ? { size } : {}),
        }
      },
      exact: ({ number, size, unreadable = 0 }, context) => {
        const { exact } = definition
        if (!exact || unreadable > 0 || context.dialect.wideIntegers !== true) return undefined
        const { type } = cellIn(context, name).column
        const isRounded =
          Number.isNaN(number) ||
          (number !== null && isSmallBeside(number, size ?? 0)) ||
          (type !== 'integer' && isNear(number, limits))
        return isRounded ? { number: exact(name, options) } : undefined
      },
      judge: ({ number, rows, missing, unreadable = 0 }, context) => {
        if (unreadable > 0) return unreadVerdict(name, { noun, asks, rows, unreadable }, context)
        const tested = definition.ofRows ? rows : rows - missing
        const value = definition.value ? definition.value(number, { rows, missing }) : number
        if (tested === 0 || value === null) {
          const why = tested > 0 && definition.why !== undefined ? { message: definition.why } : {}
          const counts = { rows, missing: rows - tested, tested, failed: 0 }
          return { status: 'vacuous', measured: 'nothing to judge', ...why, ...(tested === 0 ? { counts } : {}) }
        }
        if (Number.isNaN(value)) throw beyondDoubles(noun, name)
        const judgement: Judgement = {
          ...(definition.judge
            ? definition.judge(value, limits, context)
            : { status: within(value, limits) ? 'pass' : 'fail' }),
          measured: text(value),
          value: Number(value),
          // The sum of one row is its value.
          ...(definition.discreet ? {} : { discreet: [{ columns: [name], measured: REDACTED, without: ['value'] }] }),
        }
        return judgedChange(judgement, followed, context)
      },
      reread: (numbers, relation, asked) => unread.reread(numbers, relation, asked),
      failing: (numbers, context) => unread.failing(numbers, context),
      explain: (numbers, relation, asked) => unread.explain(numbers, relation, asked),
    })
  })
}

/** The error about a number that no doubles come to. */
const beyondDoubles = (noun: string, column: string): AssayError =>
  new AssayError(
    'wrong-type',
    `${noun}: the values of column ${JSON.stringify(column)} are too large, or too close together, for doubles`,
    { hint: 'judge a query that brings them near 1: dataset(sql`select x / 1e200 as x from ${data}`)' },
  )

/** Far more than rounding takes from a sum that is not small beside its numbers. */
const NEAR = 1e-6

/** Whether a number is next to a limit. */
const isNear = (number: Value, limits: Bounds<Limit>): boolean =>
  number !== null &&
  limitsOf(limits).some(
    (limit) => Math.abs(Number(number) - Number(limit)) <= NEAR * Math.max(1, Math.abs(Number(limit))),
  )
