import { AssayError } from '../../errors.ts'
import { described } from '../receiver.ts'
import type { Parameter } from './parameter.ts'

type Names = readonly string[]

function listOf(value: unknown): readonly unknown[] | undefined {
  return typeof value === 'string' ? [value] : Array.isArray(value) ? value : undefined
}

const areNames = (list: readonly unknown[]): list is Names =>
  // Not every(): it passes over the holes of an array.
  Array.from(list).every((name) => typeof name === 'string' && name !== '')

/** The columns of a key; default: the key that the dataset declares. */
export const keyColumns: Parameter<'columns', Names, [columns?: string | Names]> = {
  name: 'columns',
  role: 'asked',
  doc: 'the columns of the key, or one',
  default: "the dataset's key",
  type: 'string | readonly string[]',
  example: "['id']",
  parse(value, { asker, dataset }) {
    const names = value === undefined ? dataset.key : listOf(value)
    const hint = `name them: ${asker}(orders, ["id"]), or declare them: dataset(…, { key: "id" })`
    const wrong = (found: string): AssayError => new AssayError('wrong-argument', `${asker}${found}`, { hint })
    if (!names || !areNames(names)) throw wrong(` needs names of columns, and got ${described(value)}`)
    if (names.length === 0)
      throw wrong(`: ${value === undefined ? `dataset ${JSON.stringify(dataset.name)} has no key` : 'got no column'}`)
    if (new Set(names).size < names.length) throw wrong(` got a column twice: ${names.join(', ')}`)
    return names
  },
  toJSON: (names) => names,
}

interface ColumnNames {
  readonly least: number
  readonly doc: string
  readonly example: string
  readonly ordered?: boolean
  /** Whether other columns are another statement. */
  readonly role?: 'asked' | 'limit'
}

/** Names of columns, at least `least` of them; their order matters where it is said. */
export function columnNames({
  least,
  doc,
  example,
  ordered = false,
  role = 'limit',
}: ColumnNames): Parameter<'columns', Names, [columns: Names]> {
  return {
    name: 'columns',
    role,
    doc,
    type: 'readonly string[]',
    example,
    parse(value, { asker }) {
      const list = Array.isArray(value) ? (value as readonly unknown[]) : undefined
      const wrong = (found: string): AssayError =>
        new AssayError('wrong-argument', `${asker} ${found}`, { hint: `e.g. ${asker}(orders, ${example})` })
      const needed = `needs the names of ${least > 1 ? `at least ${least} ` : ''}columns`
      if (!list || !areNames(list)) throw wrong(`${needed}, and got ${described(value)}`)
      if (list.length < least) throw wrong(`${needed}, and got ${list.length === 0 ? 'none' : list.length}`)
      return list
    },
    toJSON: (names) => names,
    ...(ordered ? {} : { identity: (names: Names) => new Set(names) }),
  }
}

/** The name of one column. */
export const columnName: Parameter<'column', string, [name: string]> = {
  name: 'column',
  role: 'asked',
  doc: 'the name of the column',
  type: 'string',
  example: "'amount'",
  parse(value, { asker }) {
    if (typeof value === 'string' && value !== '') return value
    throw new AssayError('wrong-argument', `${asker} got ${described(value)} as the name of a column`, {
      hint: `give the name as text, e.g. ${asker}(flights, "delay")`,
    })
  },
  toJSON: (name) => name,
}

/** Columns that refer to others. */
export const referringColumns: Parameter<'columns', Names, [columns: string | Names]> = {
  name: 'columns',
  role: 'asked',
  doc: 'the columns that refer to another dataset, or one',
  type: 'string | readonly string[]',
  example: "'customer'",
  parse: (value, { asker }) => different(value, asker),
  toJSON: (names) => names,
}

/** The columns of the other dataset that are referred to; default: its key. */
export const keyOfOther: Parameter<'key', Names | undefined, [key?: string | Names]> = {
  name: 'key',
  role: 'asked',
  doc: 'the columns of the other dataset that they stand in, or one',
  default: "the other dataset's key",
  type: 'string | readonly string[]',
  example: "'id'",
  parse: (value, { asker }) => (value === undefined ? undefined : different(value, asker)),
  toJSON: (names) => names,
}

function different(value: unknown, asker: string): Names {
  const names = listOf(value)
  const wrong = (found: string): AssayError =>
    new AssayError('wrong-argument', `${asker} ${found}`, { hint: "name a column, or several: ['shop', 'number']" })
  if (!names || names.length === 0 || !areNames(names))
    throw wrong(`needs names of columns, and got ${described(value)}`)
  if (new Set(names).size < names.length) throw wrong(`got a column twice: ${names.join(', ')}`)
  return names
}
