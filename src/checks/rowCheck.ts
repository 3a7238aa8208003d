import type { DatasetColumn } from '../dataset/dataset.ts'
import { AssayError } from '../errors.ts'
import { countWhere, type Predicate } from '../metrics/countWhere.ts'
import { columnNamed, type MetricContext } from '../metrics/metric.ts'
import { missingCount } from '../metrics/missingCount.ts'
import { rowCount } from '../metrics/rowCount.ts'
import { isUnreadable, unreadableCount } from '../metrics/unreadableCount.ts'
import type { Relation } from '../engine/engine.ts'
import type { Family, Severity } from '../results/checkResult.ts'
import { any, type LogicalType } from '../sql/dialect.ts'
import { id, type Sql, sql } from '../sql/sql.ts'
import { exactShare, numberText, shareText } from '../words/text/numbers.ts'
import { ownOptions } from '../options.ts'
import { canonical } from '../results/canonical.ts'
import type { Values } from '../results/resultId.ts'
import { type AskedFor, readAsAsked, withFractions } from './askedReading.ts'
import { aboutDataset, type CheckInfo, type Judgement, type MeasuredCheck, measured } from './check.ts'
import { valueText } from './receiver.ts'
import { unreadableNote } from './unreadable.ts'

/** What every check of row values can be told. */
export interface RowCheckOptions {
  /**
   * Least share of the tested rows that must pass, inclusive; default 1.
   * @example { mostly: 0.99 }
   */
  readonly mostly?: number
  /**
   * `fail` makes a missing value fail; by default it is counted and not tested.
   * @example { nulls: 'fail' }
   */
  readonly nulls?: 'ignore' | 'fail'
  /**
   * `warn` reports a failure without failing the test.
   * @example { severity: 'warn' }
   */
  readonly severity?: Severity
  /**
   * Pass when there is no value to test; by default that is `vacuous` and fails.
   * @example { allowEmpty: true }
   */
  readonly allowEmpty?: boolean
}

const known = ['mostly', 'nulls', 'severity', 'allowEmpty']
const choices = { nulls: ['ignore', 'fail'], severity: ['error', 'warn'], allowEmpty: [true, false] } as const

/** Checks the options of a row check; an AssayError that names what is wrong with them. */
export function checkedOptions(options: RowCheckOptions | undefined, asker: string): RowCheckOptions {
  return knownOptions(options, asker, known)
}

/** Checks options against the names a check knows, and returns those that stand on the object itself. */
export function knownOptions<O extends Partial<RowCheckOptions>>(
  options: O | undefined,
  asker: string,
  names: readonly string[],
): O {
  const own = ownOptions(asker, options, names)
  const { mostly } = own
  if (mostly !== undefined && !(typeof mostly === 'number' && mostly > 0 && mostly <= 1)) {
    throw new AssayError('wrong-argument', `${asker} got mostly: ${valueText(mostly)}`, {
      hint: 'mostly is a share above 0 and up to 1, e.g. 0.99',
    })
  }
  for (const [name, allowed] of Object.entries(choices)) {
    const choice: unknown = own[name as keyof typeof choices]
    if (choice !== undefined && !(allowed as readonly unknown[]).includes(choice)) {
      throw new AssayError('wrong-argument', `${asker} got ${name}: ${valueText(choice)}`, {
        hint: `${name} is ${allowed.map((one) => JSON.stringify(one)).join(' or ')}`,
      })
    }
  }
  return own
}

/** A statement about the value of each row. */
export interface RowRule {
  readonly kind: string
  readonly family: Family
  readonly title: string
  readonly expected: string
  readonly limit?: CheckInfo['limit']
  /** What it says instead of a title and an expectation that hold values, where the column is personal. */
  readonly discreet?: { readonly title: string; readonly expected: string; readonly without?: readonly 'limit'[] }
  /** The rule's arguments: what is asked, and the limits of it. */
  readonly asked?: Values
  readonly limits?: Values
  /** The rule judges the text of a text file's cell: `value` is that text, and no cell is unreadable. */
  readonly ofText?: boolean
  /** What the rule asks for, where a column's cells may be read as that whatever its first rows looked like. */
  readonly asks?: AskedFor
  /** The type that the rule asks the text of each cell to be of. */
  readonly ofType?: LogicalType
  /** True for a present value that breaks the rule; never true for a missing one. May throw an AssayError. */
  violates(value: Sql, context: MetricContext): Sql
  /** What a failure should say beyond the counts. */
  note?(context: MetricContext): string | undefined
}

/**
 * A check of row values: rows = missing + tested, and at least `mostly` of the tested rows must not break the rule.
 * In a text file a cell that is not of its column's type is tested and fails.
 */
export function rowCheck({ dataset, name }: DatasetColumn, rule: RowRule, options: RowCheckOptions): MeasuredCheck {
  const { mostly = 1, nulls = 'ignore' } = options
  const missing = (context: MetricContext): Sql => {
    const column = columnNamed(context.columns, name)
    return sql`${id(column.rawName ?? name)} is null`
  }
  const violation: Predicate = {
    key: canonical([rule.kind, rule.asked, rule.limits]),
    columns: [name],
    sql: (context) => {
      const { rawName } = columnNamed(context.columns, name)
      return rule.violates(id(rule.ofText && rawName ? rawName : name), context)
    },
  }
  const unreadableCells = (context: MetricContext): readonly Sql[] => {
    const column = columnNamed(context.columns, name)
    return rule.ofText || !column.rawName ? [] : [isUnreadable(column)]
  }
  return measured({
    ...ruleInfo({ dataset, name }, rule, options),
    dataset,
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
    reread: ({ unreadable = 0 }, relation) =>
      rule.asks === 'number' && unreadable > 0 ? withFractions(relation, name) : relation,
    judge: ({ rows, missing, violating, unreadable = 0 }, context) => {
      const broken = violating + unreadable
      const judgement = judgeRows({ rows, missing, broken, mostly, nulls })
      const message = judgement.status === 'fail' ? rule.note?.(context) : undefined
      return message ? { ...judgement, message } : judgement
    },
    failing: ({ missing: none, violating, unreadable = 0 }, context) => {
      const nullsFail = nulls === 'fail' && none > 0
      const where = any([violation.sql(context), ...unreadableCells(context), ...(nullsFail ? [missing(context)] : [])])
      return { where, marked: [name], total: violating + unreadable + (nullsFail ? none : 0) }
    },
    async explain({ rows, missing: none, violating, unreadable = 0 }, relation, asked) {
      const column = columnNamed(relation.columns, name)
      const about = { column, present: rows - none }
      if (rule.ofType && violating > 0) {
        const where = violation.sql({ dialect: relation.engine.dialect, columns: relation.columns })
        return unreadableNote(relation, { ...about, unreadable: violating, where, type: rule.ofType }, asked)
      }
      return unreadable > 0 ? unreadableNote(relation, { ...about, unreadable }, asked) : undefined
    },
  })
}

/** How a check of a column reads the rows. */
export function reading(name: string, asks: AskedFor): NonNullable<MeasuredCheck['read']> {
  return (relation: Relation, options) => readAsAsked(relation, name, asks, options)
}

/** What a check of row values says about itself. */
export function ruleInfo(
  { dataset, name }: DatasetColumn,
  { kind, family, title, expected, limit, discreet, asked, limits }: Omit<RowRule, 'violates'>,
  { mostly = 1, nulls = 'ignore', severity = 'error', allowEmpty = false }: RowCheckOptions,
): CheckInfo {
  return {
    kind,
    family,
    ...aboutDataset(dataset, [name], {
      ...(asked ? { asked } : {}),
      limits: { ...limits, mostly, nulls, severity, allowEmpty },
    }),
    title,
    expected: rowExpectation(expected, mostly),
    severity,
    allowEmpty,
    ...(limit ? { limit } : {}),
    ...(discreet
      ? { discreet: [{ ...discreet, columns: [name], expected: rowExpectation(discreet.expected, mostly) }] }
      : {}),
  }
}

/** What is expected of each row, and of how many. */
export function rowExpectation(expected: string, mostly: number): string {
  return mostly < 1 ? `${expected}, in at least ${exactShare(mostly)} of the rows` : expected
}

/** Judges tested against failed rows; `vacuous` without a tested one. */
export function judgeRows(found: {
  rows: number
  missing: number
  broken: number
  mostly: number
  nulls: 'ignore' | 'fail'
}): Judgement {
  const { rows, mostly } = found
  const missing = found.nulls === 'fail' ? 0 : found.missing
  const failed = found.broken + (found.missing - missing)
  const tested = rows - missing
  const counts = { rows, missing, tested, failed }
  if (tested === 0) return { status: 'vacuous', measured: 'nothing to judge', counts }
  const holds = tested - failed
  return {
    status: holds / tested >= mostly ? 'pass' : 'fail',
    measured:
      failed === 0
        ? `all ${numberText(tested)} tested rows`
        : `${shareText(holds / tested, [mostly])} of ${numberText(tested)} tested rows`,
    value: holds / tested,
    counts,
  }
}
