import { AssayError } from '../errors.ts'

/** Table functions that make rows of what they are given. */
const makers: ReadonlySet<string> = new Set([
  'generate_series',
  'histogram',
  'histogram_values',
  'json_each',
  'json_tree',
  'range',
  'repeat',
  'repeat_row',
  'summary',
  'unnest',
])

/** Those that read files: the locked engine refuses them, naming the file. */
const isReader = (name: string): boolean => /^(read|sniff)_|^glob$|^parquet_/.test(name)

/** Functions over values that say what the engine was told, secrets of stores among it, or change what it does. */
const revealing: ReadonlySet<string> = new Set(['current_setting', 'getenv', 'getvariable', 'write_log'])

interface Part {
  readonly type?: unknown
  readonly class?: unknown
  readonly table_name?: unknown
  readonly schema_name?: unknown
  readonly catalog_name?: unknown
  readonly function?: { readonly function_name?: unknown }
  readonly function_name?: unknown
  readonly cte_map?: { readonly map?: readonly { readonly key?: unknown }[] }
}

/** Every part of the engine's reading of a query. */
export function* partsOf(whole: unknown): Generator<Part> {
  const open: unknown[] = [whole]
  while (open.length > 0) {
    const one = open.pop()
    if (typeof one !== 'object' || one === null) continue
    yield one
    open.push(...Object.values(one))
  }
}

/**
 * Throws where a query reaches for more than its tables: the engine's own tables and functions tell of settings,
 * secrets and files, and some of them act.
 */
export function checkReach(whole: unknown, asker: string, tables: readonly string[]): void {
  const names = new Set(tables)
  for (const { cte_map: named } of partsOf(whole))
    for (const { key } of named?.map ?? []) if (typeof key === 'string') names.add(key.toLowerCase())
  for (const part of partsOf(whole)) {
    if (part.type === 'BASE_TABLE' || part.type === 'SHOW_REF') {
      const path = [part.catalog_name, part.schema_name, part.table_name].filter((name) => name !== '' && name != null)
      const name = path.join('.')
      if (part.type === 'BASE_TABLE' && path.length === 1 && names.has(name.toLowerCase())) continue
      throw new AssayError('wrong-argument', `${asker} reads ${JSON.stringify(name)}, which is not there`, {
        hint: 'tables of a query are datasets: dataset(sql`select … from ${orders}`)',
      })
    }
    if (part.type === 'TABLE_FUNCTION') {
      const name = String(part.function?.function_name).toLowerCase()
      if (!makers.has(name) && !isReader(name)) throw mayNotCall(asker, name)
    }
    if (part.class === 'FUNCTION' && revealing.has(String(part.function_name).toLowerCase()))
      throw mayNotCall(asker, String(part.function_name))
  }
}

function mayNotCall(asker: string, name: string): AssayError {
  return new AssayError('wrong-argument', `${asker} may not call ${name}()`, {
    hint: 'a query reads only the datasets that stand in it: dataset(sql`select … from ${orders}`)',
  })
}
