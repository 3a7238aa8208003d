import type { Dataset } from '../dataset/dataset.ts'
import { AssayError, nearestHint } from '../errors.ts'
import { isPlainObject, ownOptions } from '../options.ts'
import type { KindCall } from './asked.ts'
import { kindNamed } from './catalogue.ts'
import type { Check } from './check.ts'
import type { CheckKind } from './definition.ts'
import type { Json } from './parameters/parameter.ts'
import { checkedDataset, described } from './receiver.ts'

/**
 * A check as it stands in a contract: its kind, the column it is asked of, and its parameters and options by name, e.g.
 * `{ "kind": "valuesBetween", "column": "amount", "bounds": { "min": 0 }, "mostly": 0.99 }`.
 */
export interface CheckJson {
  readonly kind: string
  readonly [member: string]: Json
}

/** How a check is written as JSON, and read. */
export interface CheckJsonOptions {
  /**
   * The folder that relative paths of other datasets count from, as those in the file of a contract count from its own;
   * default: the working folder.
   * @example { folder: '__contracts__' }
   */
  readonly folder?: string
}

/**
 * A check as JSON, without its dataset. Throws AssayError `wrong-argument` for a check of no kind, such as a schema's,
 * and for what JSON cannot hold, such as a dataset in memory. A number as options, as `map` hands one over, says nothing.
 */
export function checkToJSON(check: Check, options?: CheckJsonOptions | number): CheckJson {
  const place = typeof options === 'number' ? {} : ownOptions('checkToJSON', options, ['folder'])
  const { call, kind } = (isPlainObject(check) ? check : {}) as Partial<Check>
  if (typeof call?.definition?.kind !== 'string') {
    const hint = 'docs/checks.md lists the checks that stand in contracts'
    const description =
      typeof kind === 'string'
        ? `the check ${kind}, which has no JSON of its own`
        : `${described(check)}, which is no check`
    throw new AssayError('wrong-argument', `checkToJSON got ${description}`, { hint })
  }
  return written(call, place)
}

function written({ definition, column, values, options }: KindCall, place: CheckJsonOptions): CheckJson {
  const { kind, parameters, options: known } = definition
  const members: (readonly [string, Json | undefined])[] = [
    ['kind', kind],
    ...(column === undefined ? [] : [['column', column] as const]),
    ...parameters.map((one) => [one.name, one.toJSON((values as Record<string, unknown>)[one.name], place)] as const),
    ...known.list.flatMap((one) => {
      const value = (options as Record<string, unknown>)[one.name]
      return value === one.absent ? [] : [[one.name, one.toJSON(value, place)] as const]
    }),
  ]
  return Object.fromEntries(members.filter(([, value]) => value !== undefined)) as unknown as CheckJson
}

/**
 * The check of a dataset that JSON states. Throws AssayError `wrong-argument` that says what is wrong with it: a kind, a
 * member or a value that is not known, with the nearest one that is.
 */
export function checkFromJSON(dataset: Dataset, json: unknown, options?: CheckJsonOptions): Check {
  checkedDataset(dataset, 'checkFromJSON', "{ kind: 'rowCount', bounds: { min: 1 } }")
  const { folder } = ownOptions('checkFromJSON', options, ['folder'])
  const { kind, column, args, options: settings } = read(json, dataset, folder)
  const ask = kind as unknown as (...args: readonly unknown[]) => Check
  return ask(column === undefined ? dataset : dataset.column(column), ...args, settings)
}

/** Checks what JSON states, without a dataset that it is asked of. */
export function checkedJson(json: unknown): CheckJson {
  const { kind, args, options } = read(json, unopened)
  const asking = { asker: kind.kind, dataset: unopened }
  for (const [i, one] of kind.parameters.entries())
    if (args[i] !== undefined || one.default === undefined) one.parse(args[i], asking)
  for (const one of kind.options.list) if (options[one.name] !== undefined) one.parse(options[one.name], asking)
  return json as CheckJson
}

/** What parameters may ask of a dataset, where none is at hand. */
const unopened = { name: 'the data', key: [] }

interface Written {
  readonly kind: CheckKind
  readonly column: string | undefined
  readonly args: readonly unknown[]
  readonly options: Readonly<Record<string, unknown>>
}

const EXAMPLE = 'write { "kind": "valuesBetween", "column": "amount", "bounds": { "min": 0 } }'

function read(json: unknown, dataset: Pick<Dataset, 'name' | 'key'>, folder?: string): Written {
  const wrong = (found: string, hint = EXAMPLE): AssayError => new AssayError('wrong-argument', found, { hint })
  if (!isPlainObject(json)) throw wrong(`a check as JSON is an object, and this is ${described(json)}`)
  const member = (name: string): unknown => (Object.hasOwn(json, name) ? json[name] : undefined)
  const name = member('kind')
  if (typeof name !== 'string') throw wrong(`a check as JSON names its kind, and this has ${described(name)}`)
  const kind = kindNamed(name)
  const { parameters, receiver, options } = kind
  const ofColumn = receiver === 'column'
  const known = ['kind', ...(ofColumn ? ['column'] : []), ...[...parameters, ...options.list].map((one) => one.name)]
  for (const key of Object.keys(json)) {
    if (known.includes(key)) continue
    throw wrong(`${name} does not know ${JSON.stringify(key)}`, nearestHint(key, known, `it knows ${known.join(', ')}`))
  }
  const column = member('column')
  if (ofColumn && (typeof column !== 'string' || column === ''))
    throw wrong(`${name} judges a column, and "column" is ${described(column)}`, 'name it: "column": "amount"')
  const asking = { asker: name, dataset, folder }
  const args = parameters.map((parameter) => {
    const value = member(parameter.name)
    if (value === undefined && parameter.default === undefined)
      throw wrong(`${name} needs ${JSON.stringify(parameter.name)}: ${parameter.doc}`, `it knows ${known.join(', ')}`)
    return value === undefined || !parameter.fromJSON ? value : parameter.fromJSON(value as Json, asking)
  })
  const own = options.list.flatMap((one) => {
    const value = member(one.name)
    return value === undefined ? [] : [[one.name, one.fromJSON ? one.fromJSON(value as Json, asking) : value] as const]
  })
  return { kind, column: ofColumn ? (column as string) : undefined, args, options: Object.fromEntries(own) }
}
