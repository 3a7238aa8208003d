/**
 * What a schema of a library says, as values that tell it from another: its definition where the library keeps one,
 * without what it makes of that on the way. Code in it counts by its text, not by what it closes over.
 */
export function definitionOf(schema: unknown, around: readonly unknown[] = []): unknown {
  const holds = (typeof schema === 'object' && schema !== null) || typeof schema === 'function'
  if (!holds || around.includes(schema)) return holds ? '…' : schema
  if (schema instanceof Date || schema instanceof RegExp) return schema
  const inside = [...around, schema]
  const kept = keptBy(schema as object)
  if (kept !== undefined) return definitionOf(kept, inside)
  if (typeof schema === 'function') return schema
  if (Array.isArray(schema)) return schema.map((one) => definitionOf(one, inside))
  if (schema instanceof Set || schema instanceof Map) return Array.from(schema, (one) => definitionOf(one, inside))
  return Object.fromEntries(
    Object.entries(schema as object)
      .filter(([name]) => !name.startsWith('~'))
      .map(([name, value]) => [name, definitionOf(value, inside)]),
  )
}

/** Where zod (`_zod.def`, before version 4 `_def`), ArkType (`json`) and libraries like them keep what a schema says. */
function keptBy(schema: object): unknown {
  const { _zod, _def, json } = schema as { readonly _zod?: { readonly def?: unknown }; _def?: unknown; json?: unknown }
  if (_zod?.def !== undefined) return _zod.def
  if (_def !== undefined) return _def
  return typeof schema === 'function' && typeof json === 'object' ? json : undefined
}
