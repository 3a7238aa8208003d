import { AssayError } from '../../errors.ts'
import { ownOptions } from '../../options.ts'
import type { Severity } from '../../results/checkResult.ts'
import { valueText } from '../receiver.ts'
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

/** What a check of a number computed from a column can be told. */
export type AggregateCheckOptions = Pick<RowCheckOptions, 'severity' | 'allowEmpty' | 'segmentBy'>

/** What a check of the whole table can be told. */
export type TableCheckOptions = Pick<RowCheckOptions, 'severity' | 'segmentBy'>

/** An option that is one of a few values. */
export function choice<N extends string, V extends Json>(
  name: N,
  values: readonly V[],
  said: Pick<Option<N, V>, 'doc' | 'absent'> & { readonly example: V },
): Option<N, V> {
  const written = (value: Json): string => JSON.stringify(value).replaceAll('"', "'")
  return {
    name,
    role: 'limit',
    doc: said.doc,
    absent: said.absent,
    type: values.map(written).join(' | '),
    example: written(said.example),
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

export const nulls = choice('nulls', ['ignore', 'fail'], {
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
export const aggregateOptions: OptionSet<AggregateCheckOptions> = options(severity, allowEmpty, segmentBy)
export const tableOptions: OptionSet<TableCheckOptions> = options(severity)
/** Of kinds that count rows. */
export const countOptions: OptionSet<TableCheckOptions> = options(severity, segmentBy)

/** All options with their values, each that was given checked; nothing of what a prototype holds. */
export function parsedOptions<O extends object>(given: unknown, { list }: OptionSet<O>, asking: Asking): Required<O> {
  const names = list.map(({ name }) => name)
  const own = ownOptions<Record<string, unknown>>(asking.asker, given as Record<string, unknown> | undefined, names)
  return Object.fromEntries(
    list.map((option) => {
      const value = own[option.name]
      return [option.name, value === undefined ? option.absent : option.parse(value, asking)]
    }),
  ) as Required<O>
}
