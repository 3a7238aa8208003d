import type { Dataset, DatasetColumn } from '../dataset/dataset.ts'
import type { Column } from '../engine/engine.ts'
import { AssayError, nearest } from '../errors.ts'
import { columnNamed } from '../metrics/metric.ts'
import { type DriftOptions, namedColumns } from './options.ts'
import { namesIn } from './roles.ts'

/** A column of the current data beside the one it is compared with. */
export interface ColumnPair {
  readonly current: Column
  readonly reference: Column
  /** The author named the column; it was not just found on both sides. */
  readonly named: boolean
}

/** Which columns are compared, and which cannot be. */
export interface Pairing {
  readonly pairs: readonly ColumnPair[]
  /** Columns of the reference that the current data lacks. */
  readonly lost: readonly string[]
  /** Columns of the current data that the reference lacks. */
  readonly extra: readonly string[]
}

/** Both sides of a drift check: a whole dataset each, or one column each. */
export interface Sides {
  readonly current: Dataset
  readonly reference: Dataset
  readonly columns?: { readonly current: string; readonly reference: string }
}

/** Reads both sides; a column compared with a dataset means the column of that name in it. */
export function sidesOf(
  current: { dataset: Dataset; column?: DatasetColumn },
  reference: { dataset: Dataset; column?: DatasetColumn },
): Sides {
  const sides = { current: current.dataset, reference: reference.dataset }
  if (current.column) {
    const { name } = current.column
    return { ...sides, columns: { current: name, reference: reference.column?.name ?? name } }
  }
  if (!reference.column) return sides
  throw new AssayError('wrong-argument', 'noDriftFrom got a whole dataset and, as reference, one column', {
    hint: `compare column with column: dataset.column(${JSON.stringify(reference.column.name)})`,
  })
}

/** Finds the pairs to compare. Throws an AssayError for a name that is on neither side, and when nothing is shared. */
export function pairColumns(
  { columns: single, current: mine, reference: theirs }: Sides,
  current: readonly Column[],
  reference: readonly Column[],
  options: DriftOptions,
): Pairing {
  const { clusterBy } = options
  const joined = [options.joinBy ?? []].flat()
  for (const side of [current, reference]) for (const name of joined) columnNamed(side, name)
  if (clusterBy !== undefined) for (const side of [current, reference]) columnNamed(side, clusterBy)
  if (single) {
    const pair = { current: columnNamed(current, single.current), reference: columnNamed(reference, single.reference) }
    return { pairs: [{ ...pair, named: true }], lost: [], extra: [] }
  }
  const here = new Map(current.map((column) => [column.name, column]))
  const there = new Map(reference.map((column) => [column.name, column]))
  const every = [...new Set([...here.keys(), ...there.keys()])]
  for (const name of namedColumns(options)) {
    if (every.includes(name)) continue
    const near = nearest(name, every)
    throw new AssayError('missing-column', `noDriftFrom: there is no column ${JSON.stringify(name)} on either side`, {
      hint: near ? `did you mean ${JSON.stringify(near)}?` : `the columns are ${every.join(', ')}`,
    })
  }
  const named = options.columns
  const keys = [...mine.key, ...theirs.key, ...(clusterBy === undefined ? [] : [clusterBy]), ...joined]
  for (const name of named ?? []) if (!there.has(name)) columnNamed(reference, name)
  const left = [...(options.except ?? []), ...namesIn(options.roles?.ignore), ...(named ? [] : keys)]
  const wanted = (named ? [...new Set(named)] : every).filter((name) => !left.includes(name))
  const pairs = wanted.flatMap((name): ColumnPair[] => {
    const [mine, theirs] = [here.get(name), there.get(name)]
    return mine && theirs ? [{ current: mine, reference: theirs, named: named !== undefined }] : []
  })
  if (pairs.length === 0) {
    const list = (names: Iterable<string>) => [...names].slice(0, 12).join(', ') || 'no columns'
    throw new AssayError('missing-column', 'noDriftFrom: the two sides share no column to compare', {
      hint: `the current data has ${list(here.keys())}; the reference has ${list(there.keys())}`,
    })
  }
  return {
    pairs,
    lost: wanted.filter((name) => !here.has(name)),
    extra: wanted.filter((name) => !there.has(name)),
  }
}
