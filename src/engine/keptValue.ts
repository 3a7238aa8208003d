import { elapsed } from '../realTimers.ts'
import { readSealed, sealedName, writeSealed } from './sealedFile.ts'

/** What took less is made again. */
const LEAST_MS = 20

interface Keeping {
  /** Where it is kept; undefined for nowhere. */
  readonly folder: string | undefined
  /** All that the value depends on, as JSON. */
  readonly about: unknown
  /** Whether what it was made of is that still. */
  same(): boolean
  /** Kept however soon it was made. */
  readonly always?: boolean
}

/**
 * A value that is made once for all processes of a vitest run that ask for the same, as what `structuredClone` makes of
 * it. What took no time is not kept, nor is `undefined`, nor what was made of something that changed meanwhile; where it
 * cannot be kept it is made again.
 */
export async function keptValue<T>({ folder, about, same, always }: Keeping, make: () => Promise<T>): Promise<T> {
  const name = folder === undefined ? undefined : sealedName(JSON.stringify(about))
  if (folder === undefined || name === undefined) return make()
  const known = await readSealed(folder, name)
  // What changed meanwhile is made again.
  if (known && same()) return v8().deserialize(known) as T
  const start = elapsed()
  const value = await make()
  if (value !== undefined && (always || elapsed() - start >= LEAST_MS) && same())
    await writeSealed(folder, name, v8().serialize(value)).catch(() => {})
  return value
}

// It loads with the first value that is kept.
const v8 = (): typeof import('node:v8') => process.getBuiltinModule('node:v8')
