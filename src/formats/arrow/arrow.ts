import { partsSnapshot } from '../memory/changes.ts'
import type { ArrowData } from './arrowCells.ts'
import { arrowParts } from './arrowParts.ts'
import type { ArrowBatch, ArrowSchema } from './arrowTable.ts'
import { nameFindings, withFindings } from '../ownNames.ts'
import type { SourceKind } from '../source.ts'
import { countText } from '../../words/text/numbers.ts'

/** An Arrow table, told by its shape: it may come from any version or copy of the package. */
export interface ArrowTableLike {
  readonly schema: object
  readonly batches: readonly object[]
  readonly numRows: number
}

/** One Arrow record batch, told by its shape. */
export interface ArrowBatchLike {
  readonly schema: object
  readonly data: object
  readonly numRows: number
}

/** Arrow tables and record batches. */
export const arrow: SourceKind = {
  name: 'arrow',
  options: {},
  reads: 'Arrow tables and record batches',
  accepts: (source) => isArrowTable(source) || isArrowBatch(source),
  identity: { words: 'Arrow table' },
  label: (source) => `Arrow table, ${countText((source as ArrowTableLike).numRows, 'row')}`,
  files: () => [],
  snapshot: (source) =>
    partsSnapshot('the Arrow table', () => arrowParts(batchesOf(source).map(({ data }) => data as ArrowData))),
  async open(source) {
    const { arrowTable } = await import('./arrowTable.ts')
    const batches = batchesOf(source)
    const table = arrowTable((source as ArrowTableLike).schema as ArrowSchema, batches, batches, 'the Arrow table')
    const findings = nameFindings(table.names, { file: 'the Arrow table' })
    return { relation: async (engine, options) => withFindings(await engine.load(table, options), findings) }
  },
}

const batchesOf = (source: unknown): readonly ArrowBatch[] =>
  (isArrowBatch(source) ? [source] : (source as ArrowTableLike).batches) as readonly ArrowBatch[]

/** Whether a value is an Arrow table. */
export function isArrowTable(value: unknown): value is ArrowTableLike {
  return hasSchema(value) && 'batches' in value && Array.isArray(value.batches)
}

/** Whether a value is an Arrow record batch. */
export function isArrowBatch(value: unknown): value is ArrowBatchLike {
  if (!hasSchema(value) || !('data' in value)) return false
  const { data } = value
  return typeof data === 'object' && data !== null && 'children' in data && Array.isArray(data.children)
}

function hasSchema(value: unknown): value is { readonly schema: ArrowSchema; readonly numRows: number } {
  if (typeof value !== 'object' || value === null || !('schema' in value) || !('numRows' in value)) return false
  const { schema } = value as { schema?: { fields?: unknown } }
  return typeof schema === 'object' && schema !== null && Array.isArray(schema.fields)
}
