import { AssayError, nearest } from '../../errors.ts'
import type { NumbersMetric } from '../../metrics/metric.ts'
import { decimal, numberText } from '../../words/text/numbers.ts'
import { binned, countable } from '../binned.ts'
import { haveCategories } from '../categories.ts'
import type { CategoryCounts } from '../categoryCounts.ts'
import { type Category, categoryTable } from '../categoryTable.ts'
import { categoryChart, finiteOf } from '../charts.ts'
import {
  type DriftComparison,
  type DriftMethod,
  driftMethod,
  type DriftSide,
  type NotComparable,
  rowsMethod,
} from '../drift.ts'
import { categoriesMoved } from '../moved.ts'
import { onScale } from '../onScale.ts'
import { cellsInOrder } from './cellsInOrder.ts'
import { deepchecks } from './deepchecks.ts'
import { evidently } from './evidently.ts'
import { nannyml } from './nannyml.ts'
import { countsOf, type PeerCounts, numeric, type Peer, type PeerMethod } from './peer.ts'

export const peers: Readonly<Record<string, Peer>> = { evidently, nannyml, deepchecks }

/** The libraries whose numbers are reproduced. */
export type PeerName = 'evidently' | 'nannyml' | 'deepchecks'
export const peerNames = Object.keys(peers) as readonly PeerName[]

/** The method of a library of that name; an AssayError that lists its names when there is none. */
export function peerMethod(library: PeerName, name: string): DriftMethod {
  const { methods } = peers[library] as Peer
  const match = methods.find((method) => method.name === name)
  if (match) return asOurs(library, match)
  const names = methods.map((method) => method.name)
  const near = nearest(name, names)
  throw new AssayError('wrong-argument', `noDriftFrom got method: ${JSON.stringify(name)} with compat: '${library}'`, {
    hint: near ? `did you mean ${JSON.stringify(near)}?` : `its methods are ${names.join(', ')}`,
  })
}

/** The method of a library that goes by this name as one of ours. */
export const peerMethodOf = (library: PeerName, { name }: DriftMethod): PeerMethod =>
  (peers[library] as Peer).methods.find((method) => `${library}.${method.name}` === name) as PeerMethod

/** A method of a library as one of ours: its number, and its rule in place of bounds. */
function asOurs(library: PeerName, method: PeerMethod): DriftMethod {
  const { name, p, threshold } = method
  const about = {
    name: `${library}.${name}`,
    unit: p ? '1 − p' : name,
    effect: `${name} as ${library} computes it, judged by its threshold alone`,
    limit: p ? 1 - threshold : threshold,
    most: p ? 1 : Number.POSITIVE_INFINITY,
  }
  const { rows } = method
  if (rows)
    return rowsMethod<readonly (string | null)[]>({
      ...about,
      accepts: haveCategories,
      read: cellsInOrder,
      compare(current, reference) {
        const [here, there] = [current.values.read, reference.values.read]
        const [mine, theirs] = [here, there].map((cells) => cells.filter((cell) => cell !== null)) as [
          string[],
          string[],
        ]
        const table = categoryTable(tallyOf(here, mine), tallyOf(there, theirs))
        return judgedBy(library, method, rows(theirs, mine), { table, column: current.column.name })
      },
    })
  return driftMethod({
    ...about,
    accepts: (current, reference) =>
      numeric(current) && numeric(reference)
        ? method.numbers !== undefined
        : numeric(current) === numeric(reference) &&
          method.categories !== undefined &&
          haveCategories(current, reference),
    suits: () => false,
    metrics: countable as never,
    compare(current, reference) {
      const table = binned(current, reference)
      if ('reason' in table) return table
      const { value, leftOut = '' } = numberOf(method, current, reference)
      return judgedBy(library, method, value, { table, column: current.column.name, leftOut })
    },
  })
}

const tallyOf = (cells: readonly (string | null)[], values: readonly string[]) => ({
  missing: cells.length - values.length,
  values: { counts: { counts: countsOf(values), unreadable: 0, truncated: false } },
})

/** The comparison by a number and its threshold. */
function judgedBy(
  library: PeerName,
  { name, p, inclusive }: PeerMethod,
  value: number,
  {
    table,
    column,
    leftOut = '',
  }: { readonly table: readonly Category[]; readonly column: string; readonly leftOut?: string },
): DriftComparison | NotComparable {
  if (Number.isNaN(value))
    return {
      reason: `column ${JSON.stringify(column)} is none for which ${library} has a ${name}`,
      hint: 'leave compat out, or name the column in `except`',
    }
  const effect = p ? 1 - value : value
  const drifted = (limit: number) => (inclusive ? effect >= limit : effect > limit)
  const words = `${library}: ${name} ${p ? 'p ' : ''}= ${decimal(value, { significant: 6 })}${leftOut}`
  return {
    effect,
    over: (limit) => (drifted(limit) ? 0 : 1),
    under: (limit) => (drifted(limit) ? 1 : 0),
    p: p ? value : Number.NaN,
    unbounded: true,
    leastDetectable: ({ limit }) => limit,
    spreadToDecide: () => Number.POSITIVE_INFINITY,
    moved: `${words}; ${categoriesMoved(table, false, { none: 'no bin of the chart has another share' })}`,
    discreetlyMoved: words,
    charts: [categoryChart(table)],
  }
}

/** The library's number. Missing values and those that are not finite are left out, as all three leave them; of the latter that is said. */
function numberOf(
  method: PeerMethod,
  current: DriftSide,
  reference: DriftSide,
): { readonly value: number; readonly leftOut?: string } {
  if ('numbers' in current.values) {
    const [here, there] = [current, reference].map((side) =>
      finiteOf(onScale(side as unknown as DriftSide<{ numbers: NumbersMetric }>)),
    ) as [Float64Array, Float64Array]
    const strange = ({ rows, missing }: DriftSide, finite: Float64Array) => numberText(rows - missing - finite.length)
    const [mine, theirs] = [strange(current, here), strange(reference, there)]
    return {
      value: method.numbers?.(there, here) ?? Number.NaN,
      ...(mine === '0' && theirs === '0'
        ? {}
        : { leftOut: `, without what is no finite number: ${mine} rows, ${theirs} of the reference` }),
    }
  }
  const counts = ({ values }: DriftSide): PeerCounts => {
    const found = values.counts as CategoryCounts
    const unreadable: readonly (readonly [string, number])[] =
      found.unreadable > 0 ? [['(unreadable)', found.unreadable]] : []
    return new Map([...found.counts, ...unreadable])
  }
  return { value: method.categories?.(counts(reference), counts(current)) ?? Number.NaN }
}
