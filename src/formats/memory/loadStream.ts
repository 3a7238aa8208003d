import type { Engine, MemoryBatch, MemoryColumn, QueryOptions, Relation } from '../../engine/engine.ts'
import { ROW_NUMBER } from '../../engine/engine.ts'
import { exactOf, logicalOf } from '../../engine/exactType.ts'
import { currentSignal } from '../../engine/running.ts'
import { untilStopped } from '../../engine/stopping.ts'
import { AssayError, firstLine } from '../../errors.ts'
import { id, join, type Sql, sql } from '../../sql/sql.ts'
import { handed } from '../../cells/handed.ts'
import { isArrowBatch, isArrowTable } from '../arrow/arrow.ts'
import { type ArrowBatch, arrowTable, fieldsOf } from '../arrow/arrowTable.ts'
import { nameFindings, type OwnName, ownNames, withFindings } from '../ownNames.ts'
import { cells, columnNames, datesAsInstants, memoryColumn } from './openRecords.ts'
import { isRecord, type RecordRow } from './recordsCopy.ts'
import { exactOfShape, isPlain, joined, type Shape, shapeOf } from './shape.ts'
import { unreadable } from './unreadable.ts'
import type { CommonOptions } from '../commonOptions.ts'

/** Rows, or batches of them, one after another. */
export type Stream = AsyncIterable<unknown> | Iterable<unknown>

/** Rows held at a time. */
const BATCH = 10_000

/** Loads the rows of a stream, page by page. */
export async function loadStream(
  engine: Engine,
  stream: Stream,
  { types = {} }: CommonOptions,
  options: QueryOptions = {},
): Promise<Relation> {
  const items = numbered(untilStopped(stream, options.signal ?? currentSignal()))
  const first = await items.next()
  if (!first.done && isArrowBatch(first.value)) {
    const batches = recordBatches(first.value as ArrowBatch, items)
    const table = arrowTable({ fields: fieldsOf(first.value as ArrowBatch) }, batches, [], 'the stream')
    return withFindings(await engine.load(table, options), nameFindings(table.names, { file: 'the stream' }))
  }
  const parts: Part[] = []
  const rows = pages(first, items)
  let page = await rows.next()
  let known: ReadonlyMap<string, Shape | undefined> = new Map()
  let names: readonly OwnName[] = []
  // Where a page does not fit the columns so far, a wider table is begun; in the end all are one.
  do {
    const { before = 0, rows: records = [] } = page.done ? {} : page.value
    known = shapesOf(records, before, known)
    const keys = [...known.keys()]
    names = ownNames(keys, 'the stream')
    const columns = [...known.values()].map((shape, i) => columnOf((names[i] as OwnName).name, shape, types))
    const current = known
    const batches = async function* (): AsyncGenerator<MemoryBatch> {
      while (!page.done) {
        const next = page.value
        if (!fits(shapesOf(next.rows, next.before, current), current)) return
        const where = (name: string) => (row: number) => cellName(name, next.before + row)
        const values = keys.map((key) => memoryColumn(key, cells(next.rows, key), where(key)).values)
        yield { rowCount: next.rows.length, values }
        page = await rows.next()
      }
    }
    const relation = await engine.load({ columns, batches: batches() }, options)
    parts.push({ relation, before })
  } while (!page.done)
  return withFindings(united(engine, parts, names), nameFindings(names, { file: 'the stream' }))
}

const cellName = (name: string, index: number): string => `${JSON.stringify(name)} of row ${index + 1}`

type Column = Omit<MemoryColumn, 'values'>

interface Part {
  readonly relation: Relation
  readonly before: number
}

/** How a column is kept: as what its values are. As which type texts and values of several types are read is said of the whole dataset. */
function columnOf(name: string, shape: Shape | undefined, types: NonNullable<CommonOptions['types']>): Column {
  const declared = Object.hasOwn(types, name) ? types[name] : undefined
  const isAsDeclared =
    declared === 'string' || (declared === 'date' && (shape === undefined || shape.kind === 'instant'))
  const exact = isAsDeclared ? exactOf(declared) : exactOfShape(shape)
  return datesAsInstants({ name, type: isAsDeclared ? declared : logicalOf(exact), exact })
}

function shapesOf(
  rows: readonly RecordRow[],
  before: number,
  known: ReadonlyMap<string, Shape | undefined>,
): ReadonlyMap<string, Shape | undefined> {
  const shapes = new Map(known)
  for (const name of columnNames(rows, before)) {
    const { values } = memoryColumn(name, cells(rows, name), (row) => cellName(name, before + row))
    shapes.set(
      name,
      joined(
        shapes.get(name),
        shapeOf(values, (row) => cellName(name, before + row)),
      ),
    )
  }
  return shapes
}

function fits(shapes: ReadonlyMap<string, Shape | undefined>, known: ReadonlyMap<string, Shape | undefined>): boolean {
  if (shapes.size !== known.size) return false
  return [...shapes].every(([name, shape]) => {
    const before = known.get(name)
    return shape === before || JSON.stringify(exactOfShape(shape)) === JSON.stringify(exactOfShape(before))
  })
}

/** The tables of a stream as one: the engine widens their columns to the types of the last, and misses none. */
function united(engine: Engine, parts: readonly Part[], names: readonly OwnName[]): Relation {
  const { relation: last } = parts.at(-1) as Part
  if (parts.length === 1) return last
  // A key that came later may have the name that another one was given before.
  const named = ({ columns }: Relation): Sql =>
    join(columns.map(({ name }, i) => sql`${id(name)} as ${id((names[i] as OwnName).name)}`))
  const rows = join(
    parts.map(({ relation }) => sql`select ${named(relation)} from ${relation.from}`),
    ' union all by name ',
  )
  const numbers = parts.map(({ relation, before }) => {
    return sql`select ${named(relation)}, ${id(ROW_NUMBER)} + ${before} as ${id(ROW_NUMBER)} from ${relation.numbered ?? relation.from}`
  })
  const numbered = join(numbers, ' union all by name ')
  return {
    engine,
    columns: last.columns,
    from: sql`(${rows}) as t`,
    numbered: sql`(${numbered}) as t`,
    scanCost: 'low',
  }
}

/** The stream's items; what breaks it is told with the number of items before. */
async function* numbered(stream: AsyncIterable<unknown>): AsyncGenerator<unknown, undefined> {
  let count = 0
  try {
    for await (const item of stream) {
      yield item
      count++
    }
  } catch (cause) {
    if (cause instanceof AssayError) throw cause
    throw new AssayError('unreadable-file', `the stream broke after item ${count}: ${firstLine(cause)}`, { cause })
  }
  return undefined
}

interface Page {
  readonly before: number
  readonly rows: readonly RecordRow[]
}

async function* pages(first: IteratorResult<unknown>, rest: AsyncIterator<unknown>): AsyncGenerator<Page, undefined> {
  let before = 0
  let rows: RecordRow[] = []
  for (let next = first; !next.done; next = await rest.next()) {
    if (typeof next.value === 'string' || ArrayBuffer.isView(next.value)) {
      throw new AssayError('unsupported-source', 'the stream yields text or bytes, not records', {
        hint: `say what the text is, e.g. { format: 'csv' }`,
      })
    }
    if (isArrowTable(next.value) || isArrowBatch(next.value)) {
      throw new AssayError('unsupported-source', `item ${before + rows.length + 1} of the stream is an Arrow table`, {
        hint: 'yield its record batches, and nothing else',
      })
    }
    rows.push(rowAsItIs(next.value, before + rows.length + 1))
    if (rows.length < BATCH) continue
    yield { before, rows }
    before += rows.length
    rows = []
  }
  if (rows.length > 0) yield { before, rows }
  return undefined
}

/** A copy of an item, since a stream may yield one object again and again, with other content each time. */
function rowAsItIs(item: unknown, number: number): RecordRow {
  if (!isRecord(item)) return item as RecordRow
  try {
    const row: Record<string, unknown> = { ...item }
    for (const name in row) {
      const value = row[name]
      if (typeof value === 'object' && value !== null) Object.defineProperty(row, name, { value: handed(value) })
    }
    return isPlain(item) ? row : Object.create(Object.getPrototypeOf(item), Object.getOwnPropertyDescriptors(row))
  } catch (cause) {
    throw unreadable(`item ${number} of the stream`, cause)
  }
}

async function* recordBatches(first: ArrowBatch, rest: AsyncIterator<unknown>): AsyncGenerator<ArrowBatch> {
  yield first
  for (let next = await rest.next(), number = 2; !next.done; next = await rest.next(), number++) {
    if (!isArrowBatch(next.value)) {
      throw new AssayError('unsupported-source', `item ${number} of the stream is no record batch, as the first is`)
    }
    yield next.value as ArrowBatch
  }
}
