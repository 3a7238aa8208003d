import type { Dataset } from '../dataset/dataset.ts'
import { segment, type SegmentLabel } from '../dataset/segment.ts'
import { AssayError } from '../errors.ts'
import { beingCut } from '../engine/derivation.ts'
import type { Relation } from '../engine/engine.ts'
import { columnNamed, type Metric } from '../metrics/metric.ts'
import { numberText } from '../words/text/numbers.ts'
import { isPlainObject } from '../options.ts'
import type { Definition } from './asked.ts'
import type { Check, CheckGroup, RunContext } from './check.ts'
import { valueText } from './receiver.ts'

/** Segments that are judged at most. */
export const MOST_SEGMENTS = 200

/**
 * A check asked of each segment of the rows: of those with one value of a column, and of those without one. A result for
 * each, which is that of the slice; an error where there are more than `MOST_SEGMENTS` of them, since what is not judged
 * must not pass.
 */
export function segmented(whole: Check, by: string, make: (dataset: Dataset) => Check): CheckGroup {
  const { kind, family, subject, title, expected, severity, limit, allowEmpty, discreet, question, inputs, call } =
    whole
  const [dataset] = inputs as readonly [Dataset]
  const titled = (one: string): string => `${one}, by ${by}`
  return {
    type: 'group',
    kind,
    family,
    subject,
    title: titled(title),
    expected,
    question: { ...question, statement: { ...question.statement, segmentBy: by } },
    ...(inputs === undefined ? {} : { inputs }),
    ...(severity === undefined ? {} : { severity }),
    ...(limit === undefined ? {} : { limit }),
    ...(allowEmpty === undefined ? {} : { allowEmpty }),
    ...(discreet === undefined
      ? {}
      : { discreet: discreet.map((one) => (one.title === undefined ? one : { ...one, title: titled(one.title) })) }),
    ...(call === undefined ? {} : { call: { ...call, options: { ...call.options, segmentBy: by } } }),
    async expand(context) {
      const relation = await context.relation(dataset)
      // Who reads all rows waits meanwhile: one scan is to serve both.
      const metrics = await beingCut(relation, metricsOf(whole, relation, context))
      const labels = await segmentsOf(dataset, by, { asker: kind, metrics, context })
      const column = columnNamed(relation.columns, by)
      return labels.map((label) => make(segment(dataset, column, label)))
    },
  }
}

/** The segments of a dataset, whose metrics are computed with them; an AssayError where there are more than are judged. */
export async function segmentsOf(
  dataset: Dataset,
  by: string,
  {
    asker,
    metrics,
    context,
  }: { readonly asker: string; readonly metrics: readonly Metric[]; readonly context: RunContext },
): Promise<readonly SegmentLabel[]> {
  const { labels, total } = await context.segments(dataset, by, MOST_SEGMENTS, metrics)
  if (total <= MOST_SEGMENTS) return labels
  throw new AssayError(
    'wrong-argument',
    `${asker} got segmentBy: ${JSON.stringify(by)}, a column of ${numberText(total)} different values, and judges ${MOST_SEGMENTS} segments at most`,
    { hint: 'segment by a column of few values, or by one made from it: dataset(sql`select …`)' },
  )
}

/** Throws an AssayError where segments are asked of a kind that says something of the whole alone. */
export function refuseSegments(
  { kind, parameters, options }: Pick<Definition, 'kind' | 'parameters' | 'options'>,
  settings: unknown,
): void {
  if (!isPlainObject(settings) || !Object.hasOwn(settings, 'segmentBy')) return
  if (options.list.some(({ name }) => name === 'segmentBy')) return
  throw new AssayError(
    'wrong-argument',
    `${kind} is not judged by segment, and got segmentBy: ${valueText(settings.segmentBy)}`,
    {
      hint: parameters.some(({ inputs }) => inputs)
        ? "compare the slices that are meant: orders.where({ country: 'DE' }) with invoices.where({ country: 'DE' })"
        : "segmentBy goes with checks of values, keys, aggregates and row counts; of one segment alone: orders.where({ country: 'DE' })",
    },
  )
}

/** What a segment will be asked, where that is known; a question that is wrong for the columns is wrong for each segment. */
async function metricsOf(check: Check, relation: Relation, context: RunContext) {
  const { columns, engine } = relation
  const { dialect } = engine
  try {
    if (check.type === 'measured') await check.vet?.(relation, { signal: context.signal })
    if (check.type === 'measured') return Object.values(check.metrics({ columns, dialect }))
    return (check.type === 'run' && (await check.needs?.(context))) || []
  } catch (error) {
    if (error instanceof AssayError) return []
    throw error
  }
}
