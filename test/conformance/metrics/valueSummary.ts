import { isDeepStrictEqual } from 'node:util'
import { valueSummary } from '../../../src/metrics/index.ts'
import { columns } from '../awkward.ts'
import { add, byValue, identity, metricCase, numeric, present, rounded, type Table } from '../naive.ts'

/** Of the finite values the smallest that a share of them does not exceed. */
function quantile(sorted: readonly unknown[], percent: number): string {
  return identity(sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)])
}

const TOP = 3
const EDGES = [-10, 0, 1, 2e300]

function ranked(values: readonly unknown[], most: number) {
  const counts = new Map<string, { value: unknown; count: number }>()
  for (const value of values) {
    const key = identity(value)
    counts.set(key, { value, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  const sorted = [...counts].sort(([, a], [, b]) => b.count - a.count || byValue(a.value, b.value))
  return { distinct: counts.size, top: sorted.slice(0, most).map(([value, { count }]) => ({ value, count })) }
}

const codePoints = (text: string): readonly string[] => text.match(/./gsu) ?? []

function shapeOf(value: string): string {
  const points = codePoints(value)
  const cut = points.length > 40 ? [...points.slice(0, 40), '…'] : points
  const kind = (point: string) =>
    /[A-Z]/.test(point) ? 'A' : /[a-z]/.test(point) ? 'a' : /\d/.test(point) ? '9' : /[ -~…]/.test(point) ? point : '·'
  return cut.map((point) => kind(point)).join('')
}

/** What is told of text beyond its values. */
function ofText(texts: readonly string[]) {
  if (texts.length === 0) return {}
  const lengths = texts.map((text) => codePoints(text).length)
  const shapes = ranked(texts.map(shapeOf), 6)
  return {
    text: {
      empty: lengths.filter((length) => length === 0).length,
      min: Math.min(...lengths),
      max: Math.max(...lengths),
      mean: add(lengths) / lengths.length,
    },
    shapes,
  }
}

function ofNumbers(values: readonly unknown[]) {
  const sorted = values.filter((value) => typeof value === 'bigint' || Number.isFinite(value)).sort(byValue)
  if (sorted.length === 0) return {}
  return {
    ordered: {
      min: identity(sorted[0]),
      quantiles: [5, 25, 50, 75, 95].map((percent) => quantile(sorted, percent)),
      max: identity(sorted.at(-1)),
    },
  }
}

const binsOf = (values: readonly unknown[]) =>
  EDGES.slice(1).map((upper, i) => {
    const last = i === EDGES.length - 2
    const within = (value: number) => value >= (EDGES[i] as number) && (value < upper || (last && value === upper))
    return values.map(numeric).filter(within).length
  })

export default columns
  .filter(({ type }) => type !== 'date' && type !== 'timestamp')
  .map(({ name, type }) =>
    metricCase(
      valueSummary(name, { top: TOP, ...(name === 'y' ? { edges: EDGES } : {}) }),
      (rows: Table) => {
        const values = present(rows, name)
        return {
          ...ranked(values, TOP),
          ...(type === 'string' ? ofText(values as string[]) : {}),
          ...(type === 'integer' || type === 'number' ? ofNumbers(values) : {}),
          ...(name === 'y' ? { bins: binsOf(values) } : {}),
        } as never
      },
      // What else a summary tells follows from these.
      (value, naive) => Object.entries(naive).every(([part, one]) => same(value[part as keyof typeof value], one)),
    ),
  )

const same = (a: unknown, b: unknown): boolean => isDeepStrictEqual(rounded(a), rounded(b))
