import { AssayError } from '../../errors.ts'
import { ownOptions } from '../../options.ts'
import type { Severity } from '../../results/checkResult.ts'
import { type Bounds, checkedBounds } from '../bounds.ts'
import { valueText } from '../receiver.ts'
import type { OnInconclusive } from '../undecided.ts'
import { type Json, type Option, type OptionSet, options, type Asking } from './parameter.ts'

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
  /**
   * A column: each of its values is a segment that is judged by itself, rows without one too, with a result for each; an
   * error for more than 200. Default: all rows are judged together.
   * @example { segmentBy: 'country' }
   */
  readonly segmentBy?: string
}

/** What checks can be told that know what they measured in earlier runs. */
export interface FollowedOptions {
  /**
   * By which share of what it was the number may change since the run before: `0.2` is 20 % up or down. The run before is
   * the latest one in which the check held or was accepted; without any the verdict is `inconclusive`. Default: any change.
   * @example { change: { min: -0.1, max: 0.5 } }
   */
  readonly change?: number | Bounds
  /**
   * What becomes of the verdict where no earlier run is there to compare with; default `warn`.
   * @example { change: 0.2, onInconclusive: 'fail' }
   */
  readonly onInconclusive?: OnInconclusive
}

/** What a check of a number computed from a column can be told. */
export interface AggregateCheckOptions
  extends Pick<RowCheckOptions, 'severity' | 'allowEmpty' | 'segmentBy'>,
    FollowedOptions {}

/** What a check of the whole table can be told. */
export type TableCheckOptions = Pick<RowCheckOptions, 'severity' | 'segmentBy'>

/** What a check of the number of rows can be told. */
export interface CountCheckOptions extends TableCheckOptions, FollowedOptions {}

/** An option that is one of a few values. */
export function choice<N extends string, V extends Json>(
  name: N,
  values: readonly V[],
  definition: Pick<Option<N, V>, 'doc' | 'absent'> & Partial<Pick<Option<N, V>, 'role'>> & { readonly example: V },
): Option<N, V> {
  const written = (value: Json): string => JSON.stringify(value).replaceAll('"', "'")
  return {
    name,
    role: definition.role ?? 'limit',
    doc: definition.doc,
    absent: definition.absent,
    type: values.map(written).join(' | '),
    example: written(definition.example),
    parse(value, { asker }) {
      if ((values as readonly unknown[]).includes(value)) return value as V
      throw new AssayError('wrong-argument', `${asker} got ${name}: ${valueText(value)}`, {
        hint: `${name} is ${values.map((one) => JSON.stringify(one)).join(' or ')}`,
      })
    },
    toJSON: (value) => value,
  }
}

export const mostly: Option<'mostly', number> = {
  name: 'mostly',
  role: 'limit',
  doc: 'least share of the tested rows that must pass, inclusive',
  absent: 1,
  type: 'number',
  example: '0.99',
  parse(value, { asker }) {
    if (typeof value === 'number' && value > 0 && value <= 1) return value
    throw new AssayError('wrong-argument', `${asker} got mostly: ${valueText(value)}`, {
      hint: 'mostly is a share above 0 and up to 1, e.g. 0.99',
    })
  },
  toJSON: (share) => share,
}

const nulls = choice('nulls', ['ignore', 'fail'], {
  doc: '`fail` makes a missing value fail; `ignore` counts it and does not test it',
  absent: 'ignore',
  example: 'fail',
})
export const severity = choice('severity', ['error', 'warn'], {
  doc: '`warn` reports a failure without failing the test',
  absent: 'error',
  example: 'warn',
})
export const allowEmpty = choice('allowEmpty', [true, false], {
  doc: 'pass when there is no value to test, which is `vacuous` and fails otherwise',
  absent: false,
  example: true,
})

export const segmentBy: Option<'segmentBy', string | undefined> = {
  name: 'segmentBy',
  role: 'asked',
  doc: 'a column, each of whose values is a segment that is judged by itself',
  absent: undefined,
  type: 'string',
  example: "'country'",
  parse(value, { asker }) {
    if (typeof value === 'string' && value !== '') return value
    throw new AssayError('wrong-argument', `${asker} got segmentBy: ${valueText(value)}`, {
      hint: "segmentBy is the name of a column, e.g. 'country'",
    })
  },
  toJSON: (column) => column,
}

export const rowOptions: OptionSet<RowCheckOptions> = options(mostly, nulls, severity, allowEmpty, segmentBy)
const change: Option<'change', Bounds | undefined> = {
  name: 'change',
  role: 'limit',
  doc: 'by which share of what it was in the run before the number may change, `0.2` is 20 % up or down; `inconclusive` without such a run',
  absent: undefined,
  type: 'number | { min?, max?, gt?, lt? }',
  example: '0.2',
  parse(value, { asker }) {
    if (typeof value !== 'number') return checkedBounds(value, `${asker} for change`)
    if (value > 0 && Number.isFinite(value)) return { min: -value, max: value }
    throw new AssayError('wrong-argument', `${asker} got change: ${valueText(value)}`, {
      hint: 'change is a share above 0, e.g. 0.2 for 20 % up or down, or limits: { min: -0.1, max: 0.5 }',
    })
  },
  toJSON: (limits) => (limits === undefined ? undefined : { ...limits }),
}

const onInconclusive = choice('onInconclusive', ['warn', 'fail', 'pass'], {
  doc: 'what becomes of the verdict where no earlier run is there to compare with',
  absent: 'warn',
  example: 'fail',
})

/** Of checks that know what they measured in earlier runs. */
const followed = [change, onInconclusive] as const

export const aggregateOptions: OptionSet<AggregateCheckOptions> = options(severity, allowEmpty, segmentBy, ...followed)
export const tableOptions: OptionSet<TableCheckOptions> = options(severity)
/** Of kinds that count rows. */
export const countOptions: OptionSet<CountCheckOptions> = options(severity, segmentBy, ...followed)

/** All options with their values, each that was given checked; nothing of what a prototype holds. */
export function parsedOptions<O extends object>(raw: unknown, { list }: OptionSet<O>, asking: Asking): Required<O> {
  const names = list.map(({ name }) => name)
  const own = ownOptions<Record<string, unknown>>(asking.asker, raw as Record<string, unknown> | undefined, names)
  return Object.fromEntries(
    list.map((option) => {
      const value = own[option.name]
      return [option.name, value === undefined ? option.absent : option.parse(value, asking)]
    }),
  ) as Required<O>
}
