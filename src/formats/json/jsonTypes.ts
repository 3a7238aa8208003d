import { AssayError } from '../../errors.ts'
import type { LogicalType } from '../../sql/dialect.ts'
import { type JsonKey, kinds } from './jsonKeys.ts'
import { type OwnName, ownNames } from '../ownNames.ts'

/** A key of the records and what its values are. */
export interface KeyTypes extends OwnName {
  /** The key as the records have it. */
  readonly key: string
  readonly type: LogicalType
  /** Some values are an explicit null. */
  readonly nulls: boolean
  /** Some integer has more than 64 bits with a sign. */
  readonly wide: boolean
}

/** The path of a key for the engine's JSON functions. */
export function keyPath(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The types that hold all values of the keys, as `typeOfValues` says them of values in memory. */
export function typesOfKeys(jsonKeys: readonly JsonKey[]): readonly KeyTypes[] {
  const keys = jsonKeys.map(({ name }) => name)
  refuseNul(keys)
  const names = ownNames(keys, 'a table of these records')
  return jsonKeys.map((key, i) => ({
    ...(names[i] as OwnName),
    key: key.name,
    type: typeOf(key.kinds & ~kinds.null),
    nulls: (key.kinds & kinds.null) !== 0,
    wide: (key.kinds & kinds.wide) !== 0,
  }))
}

const types = new Map<number, LogicalType>([
  [0, 'string'],
  [kinds.string, 'string'],
  [kinds.boolean, 'boolean'],
  [kinds.list, 'list'],
  [kinds.struct, 'struct'],
])

function typeOf(mask: number): LogicalType {
  if (mask !== 0 && (mask & ~(kinds.integer | kinds.wide | kinds.number | kinds.exact)) === 0) {
    if ((mask & kinds.number) === 0) return 'integer'
    // As doubles some of the integers would be others.
    return (mask & kinds.exact) === 0 ? 'number' : 'mixed'
  }
  return types.get(mask) ?? 'mixed'
}

function refuseNul(names: readonly string[]): void {
  const name = names.find((one) => one.includes('\0'))
  if (name === undefined) return
  throw new AssayError('unreadable-file', `the key ${JSON.stringify(name)} holds a NUL character`, {
    hint: 'keys become names of columns',
  })
}
