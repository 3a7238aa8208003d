import type { Check, CheckGroup, CheckInfo, Judgement } from '../checks/check.ts'
import { segmentsOf } from '../checks/segmented.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { segment, type SegmentLabel } from '../dataset/segment.ts'
import type { Column } from '../engine/engine.ts'
import { columnNamed, isNumeric } from '../metrics/metric.ts'
import { countText } from '../words/text/numbers.ts'
import { besideComparisons } from './besideComparisons.ts'
import { numberKey } from './numberKey.ts'
import type { Sides } from './pairs.ts'

interface Side {
  readonly labels: readonly SegmentLabel[]
  readonly column: Column
}

/**
 * A comparison of each segment of the current data with that of the reference: of the rows with one value of a column. A
 * segment that the current data lacks fails, one that only it has is listed. An AssayError where a side has more segments
 * than are judged, since what is not judged must not pass.
 */
export function bySegment(
  whole: CheckGroup,
  { current, reference }: Sides,
  by: string,
  make: (current: Dataset, reference: Dataset) => Check,
): CheckGroup {
  const { question } = whole
  return {
    ...whole,
    title: `${whole.title}, by ${by}`,
    question: { ...question, statement: { ...question.statement, segmentBy: by } },
    async expand(context) {
      const [here, there] = await Promise.all(
        [current, reference].map(async (side) => ({
          labels: await segmentsOf(side, by, { asker: whole.kind, metrics: [], context }),
          column: columnNamed((await context.relation(side)).columns, by),
        })),
      )
      if (!here || !there) return []
      const [mine, theirs] = [keyed(here), keyed(there)]
      const shared = [...mine].filter(([key]) => theirs.has(key))
      const lost = [...theirs].flatMap(([key, label]) => (mine.has(key) ? [] : [label]))
      const fresh = [...mine].flatMap(([key, label]) => (theirs.has(key) ? [] : [label]))
      return [
        ...shared.map(([key, label]) =>
          make(segment(current, here.column, label), segment(reference, there.column, theirs.get(key) as SegmentLabel)),
        ),
        ...(lost.length > 0 ? [oneSided(whole, by, lost, true)] : []),
        ...(fresh.length > 0 ? [oneSided(whole, by, fresh, false)] : []),
      ]
    },
  }
}

/** Segments by their values, numbers as all types spell them; by their own labels where two of a side would be one. */
function keyed({ labels, column }: Side): ReadonlyMap<SegmentLabel, SegmentLabel> {
  const keys = labels.map((label) => (label !== null && isNumeric(column) ? numberKey(label) : label))
  return new Map((new Set(keys).size < keys.length ? labels : keys).map((key, i) => [key, labels[i] as SegmentLabel]))
}

/** A result for the segments of one side alone. */
function oneSided(whole: CheckInfo, by: string, labels: readonly SegmentLabel[], lost: boolean): Check {
  const names = labels.map((label) => (label === null ? '(missing)' : JSON.stringify(label))).join(', ')
  const count = countText(labels.length, 'value')
  const words = (of: string) =>
    lost
      ? `the reference has rows of ${JSON.stringify(by)} ${of}, the current data has none`
      : `only the current data has rows of ${JSON.stringify(by)} ${of}`
  const judgement: Judgement = {
    ...(lost ? { status: 'fail' } : { status: 'warn', blocking: false }),
    measured: lost ? 'segments are missing' : 'not compared: the reference has no such segment',
    message: words(names),
    discreet: [{ columns: [by], message: words(`of ${count}`) }],
  }
  return besideComparisons(whole, by, { segments: lost ? 'lost' : 'new' }, judgement)
}
