import type { Dataset, DatasetColumn } from '../dataset/dataset.ts'
import type { Column } from '../engine/engine.ts'
import { AssayError, nearest } from '../errors.ts'
import { columnNamed } from '../metrics/metric.ts'
import { leftOutOf } from './frozen/thaw.ts'
import { askedColumns, joinedBy, namedColumns } from './namedColumns.ts'
import type { DriftOptions } from './options.ts'
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
  const joined = joinedBy(options)
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
  const only = options.columns
  const requested = new Set(askedColumns(options))
  const keys = [...mine.key, ...theirs.key, ...(clusterBy === undefined ? [] : [clusterBy]), ...joined]
  const left = new Set([...(options.except ?? []), ...namesIn(options.roles?.ignore)])
  if (!only) for (const name of keys) if (!requested.has(name)) left.add(name)
  const wanted = (only ? [...new Set(only)] : every).filter((name) => !left.has(name))
  const isNamed = (name: string) => only !== undefined || requested.has(name)
  for (const name of wanted) if (isNamed(name) && !there.has(name)) throw notInReference(name, reference, theirs)
  const pairs = wanted.flatMap((name): ColumnPair[] => {
    const [mine, theirs] = [here.get(name), there.get(name)]
    return mine && theirs ? [{ current: mine, reference: theirs, named: isNamed(name) }] : []
  })
  if (pairs.length === 0) throw nothingShared(wanted, [here, there])
  return {
    pairs,
    lost: wanted.filter((name) => !here.has(name)),
    extra: wanted.filter((name) => !there.has(name)),
  }
}

function notInReference(name: string, columns: readonly Column[], reference: Dataset): AssayError {
  const names = columns.map((column) => column.name)
  const near = names.find((other) => other.toLowerCase() === name.toLowerCase()) ?? nearest(name, names)
  const hint = leftOutOf(reference).has(name)
    ? 'it was left out when the reference was frozen: compare with the data it was made of'
    : near
      ? `did you mean ${JSON.stringify(near)}?`
      : `its columns are ${listed(names)}; compare without ${JSON.stringify(name)}`
  return new AssayError('missing-column', `noDriftFrom: the reference has no column ${JSON.stringify(name)}`, { hint })
}

function nothingShared(wanted: readonly string[], sides: readonly ReadonlyMap<string, Column>[]): AssayError {
  const [here, there] = sides.map((columns) => [...columns.keys()]) as [string[], string[]]
  const none = 'noDriftFrom: the two sides share no column to compare'
  if (wanted.length === 0)
    return new AssayError('missing-column', 'noDriftFrom: no column is left to compare', {
      hint: 'keys, `except` and roles leave out all of them: name those to compare in `columns`',
    })
  const respelled = wanted.flatMap((name) => {
    const other = here.find((one) => one !== name && one.toLowerCase() === name.toLowerCase())
    return there.includes(name) && other !== undefined ? [`${JSON.stringify(name)} is ${JSON.stringify(other)}`] : []
  })
  const list = `the current data has ${listed(here)}; the reference has ${listed(there)}`
  return new AssayError('missing-column', none, {
    hint: respelled.length > 0 ? `in the current data ${respelled.join(', ')}: give both one spelling; ${list}` : list,
  })
}

const listed = (names: readonly string[]): string => names.slice(0, 12).join(', ') || 'no columns'
