import {
  FILE_ROW,
  type QueryOptions,
  type Relation,
  ROW_FILE,
  ROW_NUMBER,
  type RowPlace,
  type Value,
} from '../engine/engine.ts'
import { Askers } from '../metrics/askers.ts'
import { computed } from '../metrics/run.ts'
import { setImmediate } from '../realTimers.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import { type Front, withFront } from './front.ts'
import { frontFailures, numbersOf } from './frontFailures.ts'
import { type CommonValues, MOST_VALUES, type RowsWanted, shownCells, type Sought } from './rowsWanted.ts'

/** A failing row: its cells as text, and where it stands. */
export interface FoundRow {
  readonly place: RowPlace
  readonly line: number | undefined
  readonly cells: readonly Value[]
}

export interface FoundRows {
  readonly rows: readonly FoundRow[]
  readonly common: CommonValues | undefined
}

interface Pending {
  readonly wanted: RowsWanted
  resolve(found: FoundRows): void
  reject(error: unknown): void
}

interface Batch {
  readonly pending: Pending[]
  readonly askers: Askers
}

/** Checks that one query looks for. */
const CHECKS_A_QUERY = 50
/** Of rows that fail seldom, so many are counted. */
const SELDOM = 200

const batches = new WeakMap<Relation, Batch>()

/**
 * The first failing rows of a numbered relation in its order, and the commonest values in them. What is asked before
 * the event loop turns is looked up together: among the first rows of the source first, then, for what fails seldom, in
 * one pass over all of them.
 */
export function failingRows(relation: Relation, wanted: RowsWanted, { signal }: QueryOptions): Promise<FoundRows> {
  return new Promise((resolve, reject) => {
    let batch = batches.get(relation)
    if (!batch) {
      batch = { pending: [], askers: new Askers() }
      batches.set(relation, batch)
      // Columns are judged in several queries; those that fail are looked at together.
      setImmediate(() => void computed(relation).then(() => flush(relation)))
    }
    batch.pending.push({ wanted, resolve, reject })
    batch.askers.join(signal)
  })
}

async function flush(relation: Relation): Promise<void> {
  const { pending, askers } = batches.get(relation) as Batch
  batches.delete(relation)
  askers.begin()
  const { signal } = askers
  const known = pending.filter(({ wanted }) => !isSought(wanted))
  const sought = pending.filter(({ wanted }) => isSought(wanted))
  try {
    await answered(known, (wanted) => rowsKnown(relation, wanted, { signal }))
    if (sought.length > 0)
      await withFront(relation, { signal }, (front) =>
        answered(sought, (wanted) => look(relation, front, wanted as readonly Sought[], { signal })),
      )
  } catch (error) {
    for (const one of pending) one.reject(error)
  } finally {
    askers.end()
  }
}

const isSought = (wanted: RowsWanted): wanted is Sought => !Array.isArray(wanted.where)

async function answered(
  pending: readonly Pending[],
  find: (wanted: readonly RowsWanted[]) => Promise<readonly FoundRows[]>,
): Promise<void> {
  for (const part of parts(pending, CHECKS_A_QUERY)) {
    try {
      const found = await find(part.map(({ wanted }) => wanted))
      part.forEach((one, i) => one.resolve(found[i] as FoundRows))
    } catch (error) {
      for (const one of part) one.reject(error)
    }
  }
}

/** Rows whose numbers are known; their commonest values are counted over them. */
async function rowsKnown(
  relation: Relation,
  wanted: readonly RowsWanted[],
  options: QueryOptions,
): Promise<readonly FoundRows[]> {
  const numbers = wanted.map(({ where }) => where as readonly number[])
  const rows = await rowsAt(relation, relation, wanted, numbers, options)
  return wanted.map((one, i) => foundRows(rows[i] ?? [], one))
}

function foundRows(rows: readonly FoundRow[], wanted: RowsWanted): FoundRows {
  return { rows: rows.slice(0, wanted.most), common: wanted.counted.length > 0 ? valuesOf(rows, wanted) : undefined }
}

function parts<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}

async function look(
  relation: Relation,
  front: Front | undefined,
  wanted: readonly Sought[],
  options: QueryOptions,
): Promise<readonly FoundRows[]> {
  const results: (FoundRows | undefined)[] = wanted.map(() => undefined)
  let left = wanted.map((_, i) => i)
  if (front) {
    const few = { ...options, oneThread: true }
    const failures = await frontFailures(front.relation, wanted, few)
    const enough = left.filter(
      (i) => front.whole || (failures[i]?.numbers.length ?? 0) >= Math.min(wanted[i]?.most ?? 0, wanted[i]?.total ?? 0),
    )
    const rows = await rowsAt(
      relation,
      front.relation,
      enough.map((i) => wanted[i] as Sought),
      enough.map((i) => failures[i]?.numbers ?? []),
      few,
    )
    enough.forEach((i, at) => (results[i] = { rows: rows[at] ?? [], common: failures[i]?.common }))
    left = left.filter((i) => !results[i])
  }
  for (const part of parts(left, 20)) {
    const some = part.map((i) => wanted[i] as Sought)
    const numbers = await firstNumbers(relation, some, options)
    const rows = await rowsAt(relation, relation, some, numbers, options)
    part.forEach((i, at) => (results[i] = foundRows(rows[at] ?? [], some[at] as RowsWanted)))
  }
  return results as readonly FoundRows[]
}

/** The numbers of the first failing rows of each, in one scan; more of those whose values are counted. */
async function firstNumbers(
  { engine, numbered }: Relation,
  wanted: readonly Sought[],
  options: QueryOptions,
): Promise<readonly (readonly number[])[]> {
  const cells = wanted.map(({ where, most, counted }) => {
    const many = raw(String(counted.length > 0 ? Math.max(most, SELDOM) : most))
    return sql`array_to_string(min(case when ${where} then ${id(ROW_NUMBER)} end, ${many}), ' ')`
  })
  const [row = []] = await engine.query(sql`select ${join(cells)} from ${numbered as Sql}`, options)
  return row.map(numbersOf)
}

/** The rows of these numbers for each, read in one go, and their lines in the file. */
async function rowsAt(
  relation: Relation,
  { engine, columns, numbered }: Relation,
  wanted: readonly RowsWanted[],
  numbers: readonly (readonly number[])[],
  options: QueryOptions,
): Promise<readonly (readonly FoundRow[])[]> {
  const all = [...new Set(numbers.flat())]
  if (all.length === 0) return wanted.map(() => [])
  const names = [...new Set(wanted.flatMap(({ shown }) => shown))]
  const cells = names.map(shownCells(columns, engine.dialect))
  const about = relation.files ? [ROW_NUMBER, FILE_ROW, ROW_FILE] : [ROW_NUMBER]
  const selected = join([...about.map((name) => id(name)), ...cells])
  const rows = await engine.query(
    sql`select ${selected} from ${numbered as Sql} where ${id(ROW_NUMBER)} in (${join(all.map((number) => raw(String(number))))}) limit ${raw(String(all.length))}`,
    options,
  )
  const places = rows.map(
    (row): RowPlace => (relation.files ? { row: Number(row[1]), file: String(row[2]) } : { row: Number(row[0]) }),
  )
  const lines = await relation.locate?.(places, options)
  const byNumber = new Map(
    rows.map((row, i) => [
      Number(row[0]),
      { place: places[i] as RowPlace, line: lines?.[i], row: row.slice(about.length) },
    ]),
  )
  const at = new Map(names.map((name, i) => [name, i]))
  return wanted.map(({ shown }, i) =>
    (numbers[i] ?? []).flatMap((number): FoundRow[] => {
      const found = byNumber.get(number)
      if (!found) return []
      const { place, line, row } = found
      return [{ place, line, cells: shown.map((name) => row[at.get(name) as number] as Value) }]
    }),
  )
}

/** The commonest failing values of the rows at hand. */
function valuesOf(rows: readonly FoundRow[], { shown, counted }: RowsWanted): CommonValues {
  const groups = new Map<string, { readonly cells: readonly Value[]; count: number }>()
  for (const row of rows) {
    const cells = counted.map((name) => row.cells[shown.indexOf(name)] as Value)
    const key = JSON.stringify(cells)
    const group = groups.get(key) ?? { cells, count: 0 }
    groups.set(key, group)
    group.count++
  }
  const ranked = [...groups].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
  return { rows: rows.length, values: ranked.slice(0, MOST_VALUES).map(([, group]) => group) }
}
