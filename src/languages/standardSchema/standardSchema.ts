import { isObject } from '../../schema/json.ts'
import type { SchemaLanguage } from '../language.ts'
import type { StandardSchema } from './read.ts'

/** Schemas of zod, valibot, arktype and every other library of the Standard Schema interface. */
export const standardSchema: SchemaLanguage = {
  name: 'standardSchema',
  reads: 'a Standard Schema (zod, valibot, arktype, …)',
  accepts: (source) => standardOf(source) !== undefined,
  async read(source) {
    const { readStandard } = await import('./read.ts')
    return readStandard(source as StandardSchema, standardOf(source) as Partial<StandardSchema['~standard']>)
  },
}

function standardOf(source: unknown): object | undefined {
  const holds = (typeof source === 'object' && source !== null) || typeof source === 'function'
  const found = holds ? (source as { '~standard'?: unknown })['~standard'] : undefined
  return isObject(found) || typeof found === 'function' ? (found as object) : undefined
}
