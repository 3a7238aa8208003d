import { segmentLabel, type SegmentLabel, segmentRows } from '../dataset/segment.ts'
import { beingCut } from '../engine/derivation.ts'
import type { QueryOptions, Relation } from '../engine/engine.ts'
import { isFewAtFront } from './atFront.ts'
import { columnNamed, type Metric } from './metric.ts'
import { rowCount } from './kinds/rowCount.ts'
import { keepAnswer } from './answers.ts'
import { runBySegment, runMetrics } from './run.ts'
import { type Segments, segments } from './kinds/segments.ts'

/**
 * The segments of a column, as `segments` finds them; where there are no more than `most`, metrics of each are computed in
 * the query that finds them, and kept for whoever asks for them. Metrics that no query
 * computes by group are not. A column that has more values among its first rows is only counted.
 */
export async function measuredSegments(
  name: string,
  most: number,
  { metrics, relation, options }: { metrics: readonly Metric[]; relation: Relation; options: QueryOptions },
): Promise<Segments> {
  const column = columnNamed(relation.columns, name)
  const label = segmentLabel(column, relation.engine.dialect)
  // Who reads all rows waits meanwhile: one scan is to serve both.
  if (await beingCut(relation, isFewAtFront(relation, { expression: label, columns: [name] }, most, options))) {
    const grouped = metrics.filter(isGrouped)
    const known = await together(name, most, { metrics: grouped, relation, options })
    if (known) return known
  }
  const metric = segments(name, most)
  const result = (await runMetrics([metric], relation, options)).get(metric.key)
  if (!result?.ok) throw result?.error
  return result.value as Segments
}

/** Whether one query computes it for all segments. */
function isGrouped(metric: Metric): boolean {
  return metric.pass === 'query' ? metric.byKey !== undefined : metric.pass !== 'numbers'
}

/** The same in one query; undefined where it cannot be asked, or tells too much. */
async function together(
  name: string,
  most: number,
  request: { metrics: readonly Metric[]; relation: Relation; options: QueryOptions },
): Promise<Segments | undefined> {
  const { metrics, relation, options } = request
  const rows = rowCount()
  const results = await runBySegment([rows, ...metrics], relation, name, options)
  const counts = results.get(rows.key)
  if (!counts?.ok) return undefined
  const labels = [...counts.value.values]
    .map(([label, result]) => ({ label, count: result.ok ? Number(result.value) : 0 }))
    .sort((a, b) => b.count - a.count || inOrder(a.label, b.label))
    .map(({ label }) => label)
  if (labels.length > most) return { labels: labels.slice(0, most), total: labels.length }
  for (const metric of [rows, ...metrics]) {
    const result = results.get(metric.key)
    if (!result?.ok) continue
    const { values, none } = result.value
    for (const label of labels) keepAnswer(metric, segmentRows(relation, name, label), values.get(label) ?? none)
  }
  return { labels, total: labels.length }
}

/** As engines order texts: by their bytes, null last. */
function inOrder(a: SegmentLabel, b: SegmentLabel): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
