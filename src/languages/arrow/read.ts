import type { LogicalType } from '../../sql/dialect.ts'
import { type JsonObject, objectOf, shown, wrongSchema } from '../../schema/json.ts'
import { type ColumnSchema, nullable as orNull, type TableSchema } from '../../schema/tableSchema.ts'

/** The members of Arrow's types that are read, by their public names. */
export interface ForeignType {
  readonly typeId: number
  readonly bitWidth?: number
  readonly isSigned?: boolean
  readonly timezone?: string | null
  readonly dictionary?: ForeignType
  readonly children?: readonly ForeignField[] | null
  toString(): string
}
export interface ForeignField {
  readonly name: string
  readonly type: ForeignType
  readonly nullable: boolean
}

interface Said {
  readonly rules: JsonObject
  readonly types: readonly LogicalType[]
}

const scalar =
  (rules: JsonObject, ...types: readonly LogicalType[]): (() => Said) =>
  () => ({ rules, types })

/** By Arrow's type ids, which are part of its format. */
const kinds: Readonly<Record<number, (type: ForeignType, at: string) => Said>> = {
  2: integer,
  3: scalar({ type: 'number' }, 'number', 'integer', 'decimal'),
  4: scalar({}, 'binary'),
  5: scalar({ type: 'string' }, 'string'),
  6: scalar({ type: 'boolean' }, 'boolean'),
  7: scalar({ type: 'number' }, 'decimal', 'integer'),
  8: scalar({ type: 'string', format: 'date' }, 'date'),
  9: scalar({ type: 'string', format: 'iso-time' }, 'time'),
  10: ({ timezone }) => ({
    rules: { type: 'string', format: 'date-time' },
    types: [timezone ? 'timestamptz' : 'timestamp'],
  }),
  12: (type, at) => list(type, at),
  13: struct,
  15: scalar({}, 'binary'),
  16: (type, at) => list(type, at),
  17: scalar({ type: 'object' }, 'struct'),
  19: scalar({}, 'binary'),
  20: scalar({ type: 'string' }, 'string'),
}

/** Reads an Arrow schema: the type of each column, whether its values may be missing, and that there are no others. */
export function readArrow(source: unknown): TableSchema {
  const { fields } = source as { fields: readonly ForeignField[] }
  if (fields.length === 0) throw wrongSchema('#/fields', 'there are no fields')
  const columns = fields.map(({ name, type, nullable }, i): ColumnSchema => {
    const at = `#/fields/${i}`
    if (fields.findIndex((field) => field.name === name) < i)
      throw wrongSchema(at, `the field ${shown(name)} is there twice`)
    const { rules, types } = saidBy(type, at)
    return {
      name,
      required: !nullable,
      ...(nullable ? { present: true } : {}),
      rules: nullable ? orNull(rules) : rules,
      physical: { words: `Arrow ${String(type)}`, types },
    }
  })
  return { draft: '2020-12', columns, extraColumns: 'fail', key: [], nullIsMissing: true, shared: {} }
}

function saidBy(type: ForeignType, at: string): Said {
  // A dictionary says how values are stored, not what they are.
  const valueType = type.dictionary ?? type
  const id = valueType.typeId < 0 ? (ids[valueType.typeId] ?? valueType.typeId) : valueType.typeId
  const kind = kinds[id]
  if (kind) return kind(valueType, at)
  throw wrongSchema(at, `found the Arrow type ${String(type)}, of which no column can be told to be`)
}

// Concrete types may carry negative ids of their own: Int8 to Uint64, floats, dates, timestamps, times.
const ids: Readonly<Record<number, number>> = {
  ...Object.fromEntries(Array.from({ length: 8 }, (_, i) => [-2 - i, 2])),
  ...Object.fromEntries([-10, -11, -12].map((id) => [id, 3])),
  ...Object.fromEntries([-13, -14].map((id) => [id, 8])),
  ...Object.fromEntries([-15, -16, -17, -18].map((id) => [id, 10])),
  ...Object.fromEntries([-19, -20, -21, -22].map((id) => [id, 9])),
}

function integer({ bitWidth = 64, isSigned = true }: ForeignType): Said {
  // The limits of 64 bits are no doubles; engines hold no wider integers.
  const exact = bitWidth <= 32
  const limits = isSigned
    ? { minimum: -(2 ** (bitWidth - 1)), maximum: 2 ** (bitWidth - 1) - 1 }
    : { minimum: 0, maximum: 2 ** bitWidth - 1 }
  return { rules: { type: 'integer', ...(exact ? limits : isSigned ? {} : { minimum: 0 }) }, types: ['integer'] }
}

function inner({ type, nullable }: ForeignField, at: string): JsonObject {
  const { rules } = saidBy(type, at)
  return nullable ? orNull(rules) : rules
}

function list({ children }: ForeignType, at: string): Said {
  const [item] = children ?? []
  return { rules: { type: 'array', ...(item ? { items: inner(item, `${at}/children/0`) } : {}) }, types: ['list'] }
}

function struct({ children }: ForeignType, at: string): Said {
  const properties = objectOf((children ?? []).map((child, i) => [child.name, inner(child, `${at}/children/${i}`)]))
  const required = (children ?? []).filter(({ nullable }) => !nullable).map(({ name }) => name)
  return { rules: { type: 'object', properties, ...(required.length > 0 ? { required } : {}) }, types: ['struct'] }
}
