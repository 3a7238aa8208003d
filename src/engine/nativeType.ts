import type { ExactType, Field } from './exactType.ts'

const integers: Readonly<Record<string, ExactType>> = Object.fromEntries(
  ([8, 16, 32, 64, 128] as const).flatMap((bits, i) => {
    const name = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT'][i] as string
    const type = (signed: boolean): ExactType => ({ kind: 'integer', bits, signed })
    return [[name, type(true)] as const, [`U${name}`, type(false)] as const]
  }),
)

const simple: Readonly<Record<string, ExactType>> = {
  ...integers,
  BOOLEAN: { kind: 'boolean' },
  DOUBLE: { kind: 'double' },
  FLOAT: { kind: 'float' },
  VARCHAR: { kind: 'text' },
  BLOB: { kind: 'binary' },
  DATE: { kind: 'date' },
  TIME: { kind: 'time', unit: 'us' },
  TIME_NS: { kind: 'time', unit: 'ns' },
  TIMESTAMP: { kind: 'timestamp', unit: 'us', zoned: false },
  TIMESTAMP_S: { kind: 'timestamp', unit: 's', zoned: false },
  TIMESTAMP_MS: { kind: 'timestamp', unit: 'ms', zoned: false },
  TIMESTAMP_NS: { kind: 'timestamp', unit: 'ns', zoned: false },
  'TIMESTAMP WITH TIME ZONE': { kind: 'timestamp', unit: 'us', zoned: true },
}

/**
 * The exact type that DuckDB's name of a type stands for; undefined for those that values are text of, or `other` in
 * their place, also inside of nested ones.
 */
export function exactOfNative(native: string, other?: ExactType): ExactType | undefined {
  const name = native.trim()
  const inside = (text: string): ExactType | undefined => exactOfNative(text, other)
  const list = /^(.*)\[\d*\]$/s.exec(name)
  if (list) return of(inside(list[1] as string), (item) => ({ kind: 'list', item }))
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(name)
  if (decimal) return { kind: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) }
  const map = /^MAP\((.*)\)$/s.exec(name)
  if (map) {
    const [key, value] = parts(map[1] as string).map(inside)
    return key && value ? { kind: 'map', key, value } : undefined
  }
  const struct = /^STRUCT\((.*)\)$/s.exec(name)
  if (!struct) return Object.hasOwn(simple, name) ? simple[name] : other
  const fields = parts(struct[1] as string).map((text) => fieldOf(text, inside))
  return fields.every((field) => field !== undefined) ? { kind: 'struct', fields: fields as Field[] } : undefined
}

const of = (inner: ExactType | undefined, make: (inner: ExactType) => ExactType): ExactType | undefined =>
  inner && make(inner)

function fieldOf(text: string, typeOf: (native: string) => ExactType | undefined): Field | undefined {
  const [, quoted, bare, rest = ''] = /^\s*(?:"((?:[^"]|"")*)"|(\S+))\s+(.*)$/s.exec(text) ?? []
  const type = typeOf(rest)
  return type && { name: quoted?.replaceAll('""', '"') ?? bare ?? '', type }
}

/** Cuts at the commas that stand outside of brackets and quotes. */
function parts(text: string): string[] {
  const cut: string[] = []
  let depth = 0
  let quote = ''
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string
    if (quote) {
      if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '(') depth++
    else if (character === ')') depth--
    else if (character === ',' && depth === 0) {
      cut.push(text.slice(start, i))
      start = i + 1
    }
  }
  return [...cut, text.slice(start)]
}
