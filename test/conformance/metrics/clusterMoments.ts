import { clusterMoments } from '../../../src/drift/clusterMoments.ts'
import { email, text } from '../awkward.ts'
import { add, identity, metricCase, type Table } from '../naive.ts'

type Row = Table[number]

/** The rows of each value; each row without one by itself. */
function clustersOf(rows: Table, by: string): readonly Table[] {
  const clusters = new Map<unknown, Row[]>()
  for (const row of rows) {
    const value = row[by] ?? null
    const key = value === null ? row : identity(value)
    clusters.set(key, [...(clusters.get(key) ?? []), row])
  }
  return [...clusters.values()]
}

export default ['flag', 'small', text].map((by) =>
  metricCase(
    clusterMoments(by, [
      { column: 'y', cuts: [-1, 0.5] },
      { column: 'small', keys: ['2', '3'] },
      { column: email, keys: ['a@b.c'] },
    ]),
    (rows) => {
      const clusters = clustersOf(rows, by)
      const sizes = clusters.map((cluster) => cluster.length)
      const has = (name: string, holds: (value: never) => boolean) => (row: Row) =>
        (row[name] ?? null) !== null && holds(row[name] as never)
      const without = (name: string) => (row: Row) => (row[name] ?? null) === null
      const events = [
        without('y'),
        ...[-1, 0.5].map((cut) => has('y', (value: number) => value <= cut)),
        without('small'),
        ...[2, 3].map((key) => has('small', (value: number) => value === key)),
        without(email),
        has(email, (value: string) => value === 'a@b.c'),
      ]
      return {
        clusters: clusters.length,
        rows: rows.length,
        squares: add(sizes.map((n) => n * n)),
        events: events.map((event) => {
          const counts = clusters.map((cluster) => cluster.filter(event).length)
          return {
            sum: add(counts),
            square: add(counts.map((count) => count * count)),
            cross: add(counts.map((count, i) => count * (sizes[i] as number))),
          }
        }),
      }
    },
  ),
)
