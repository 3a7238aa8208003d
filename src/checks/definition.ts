import type { Dataset, DatasetColumn } from '../dataset/dataset.ts'
import type { KindCall, Declared, Definition } from './asked.ts'
import { aboutDataset, type Check, type CheckInfo } from './check.ts'
import type { Arguments, Named, Parameters } from './parameters/parameter.ts'
import { parsedOptions } from './parameters/options.ts'
import { checkedColumn, checkedDataset } from './receiver.ts'
import { refuseSegments, segmented } from './segmented.ts'

/** What a check says of itself, in words; all else follows from what was asked. */
export interface Words extends Pick<CheckInfo, 'title' | 'expected' | 'limit' | 'discreet'> {
  /** The columns it is about. */
  readonly columns: readonly string[]
}

/** A kind of check: the function that asks it, with its definition. */
export type CheckKind<R = never, A extends readonly unknown[] = never> = Declared & ((receiver: R, ...args: A) => Check)

/** Defines a kind of check. */
export function defineKind<R extends DatasetColumn | Dataset, const P extends Parameters, O extends object>(
  definition: Definition<P, O>,
  { form, receiver }: Pick<Declared, 'form' | 'receiver'>,
  make: (call: KindCall<P, O>) => Check,
): CheckKind<R, [...Arguments<P>, options?: O]> {
  const { kind, matcher = `toHave${kind[0]?.toUpperCase()}${kind.slice(1)}` } = definition
  const declared: Declared<P, O> = { ...definition, matcher, form, receiver }
  const { parameters, options } = definition
  const called = parameters.map(({ example }) => example).join(', ')
  const ask = (subject: R, ...args: readonly unknown[]): Check => {
    const dataset =
      receiver === 'column' ? checkedColumn(subject, kind, called).dataset : checkedDataset(subject, kind, called)
    const column = receiver === 'column' ? (subject as DatasetColumn).name : undefined
    const asking = { asker: kind, dataset }
    const values = Object.fromEntries(parameters.map((one, i) => [one.name, one.parse(args[i], asking)])) as Named<P>
    definition.agrees?.(values)
    refuseSegments(definition, args[parameters.length])
    const parsed = parsedOptions(args[parameters.length], options, asking)
    const { segmentBy, ...own } = parsed as Required<O> & { readonly segmentBy?: string }
    const of = (rows: Dataset) =>
      make({ definition: declared, dataset: rows, column, values, options: own as Required<O> })
    return segmentBy === undefined ? of(dataset) : segmented(of(dataset), segmentBy, of)
  }
  Object.defineProperty(ask, 'name', { value: kind })
  return Object.assign(ask, declared) as unknown as CheckKind<R, [...Arguments<P>, options?: O]>
}

/** What a check says of itself, from what was asked. */
export function infoOf<P extends Parameters, O>(call: KindCall<P, O>, words: Words): CheckInfo & { call: KindCall } {
  const { definition, dataset, values, options } = call
  const { kind, family, parameters, options: known } = definition
  const { columns, ...wording } = words
  const valuesOf = (role: 'asked' | 'limit'): Record<string, unknown> =>
    Object.fromEntries(
      parameters
        .filter((one) => one.role === role)
        .map((one) => {
          const value = values[one.name as keyof Named<P>]
          return [one.name, one.identity ? one.identity(value) : value]
        }),
    )
  const chosen = (role: 'asked' | 'limit'): Record<string, unknown> =>
    Object.fromEntries(
      known.list
        .filter((one) => one.role === role && one.name in (options as object))
        .map((one) => [one.name, (options as Record<string, unknown>)[one.name]]),
    )
  const { severity = 'error', allowEmpty = false } = options as { severity?: 'error' | 'warn'; allowEmpty?: boolean }
  return {
    kind,
    family,
    ...aboutDataset(dataset, columns, {
      statement: { ...valuesOf('asked'), ...chosen('asked') },
      limits: { ...valuesOf('limit'), ...chosen('limit') },
    }),
    ...wording,
    severity,
    allowEmpty,
    call: call as unknown as KindCall,
  }
}
