import { type LinearSeparation, linearClassifier, type SparseRows } from '../../stats/linearClassifier.ts'
import { aroundOne, meanOf, variancesOf } from '../../stats/vectorRows.ts'
import { decimal, numberText } from '../../words/text/numbers.ts'
import { approximately, spreadOf } from '../approximately.ts'
import { type DriftMethod, type NotComparable, rowsMethod } from '../drift.ts'
import type { DriftFinding } from '../finding.ts'
import { bagsOf } from '../text/bags.ts'
import { learnedTexts } from '../text/learnedTexts.ts'
import { haveTexts, type Texts, textsOf } from '../text/texts.ts'
import { squarableUnit } from '../../stats/squarableUnit.ts'
import { findingsOf, noVectors } from '../vectors/vectorMethod.ts'
import { haveVectors, type Vectors, vectorsOf } from '../vectors/vectors.ts'

const MOST_ROWS = 5000
const LEAST_ROWS = 100
const SHOWN = 3

/** What there is to learn from: rows of both sides, the current one's first, with what their columns are. */
interface Lesson {
  readonly n: number
  readonly m: number
  readonly what: string
  learned(): { readonly rows: SparseRows; readonly names: readonly string[] }
  readonly findings: readonly DriftFinding[]
}

/**
 * How well a classifier tells from which side a text, by the words it has and by how it is written, or a vector is: logistic
 * regression, measured on rows that it has not learned from. From 100 up to 5,000 rows of each side. What it cannot tell
 * apart another might.
 */
export const classifier: DriftMethod = rowsMethod<Texts | Vectors>({
  name: 'classifier',
  unit: 'AUC − ½',
  effect: 'how much better than by chance a classifier tells from a text or vector of which side it is',
  limit: 0.07,
  most: 0.5,
  accepts: (current, reference) => haveTexts(current, reference) || haveVectors(current, reference),
  read: (relation, column, signal) =>
    (column.type === 'list' ? vectorsOf : textsOf)(relation, column, signal, MOST_ROWS),
  compare(current, reference) {
    const { name } = current.column
    const lesson = lessonOf(name, current.values.read, reference.values.read)
    if ('reason' in lesson) return lesson
    const { n, m, what, findings } = lesson
    if (Math.min(n, m) < LEAST_ROWS)
      return {
        reason: `column ${JSON.stringify(name)} has ${numberText(n)} ${what}, ${numberText(m)} in the reference, and a classifier learns from ${LEAST_ROWS} of each side at least`,
        hint: 'take another method, or name the column in `except`',
      }
    const { rows, names } = lesson.learned()
    const separation = linearClassifier(rows, n)
    const { auc, error } = separation
    const signed = approximately({ effect: auc - 0.5, error }, { spread: spreadOf(n, m), most: 0.5 })
    const words = `AUC ${decimal(auc)} over ${numberText(n)} and ${numberText(m)} ${what}`
    return {
      ...signed,
      effect: Math.max(0, auc - 0.5),
      p: signed.over(0),
      moved: auc > 0.5 ? `${words}; ${toldBy(separation, names)}` : words,
      discreetlyMoved: words,
      charts: [],
      findings,
    }
  },
})

function lessonOf(column: string, here: Texts | Vectors, there: Texts | Vectors): Lesson | NotComparable {
  if ('texts' in here && 'texts' in there)
    return {
      n: here.texts.length,
      m: there.texts.length,
      what: 'texts',
      learned: () => learnedTexts([...here.texts, ...there.texts], bagsOf(here.texts, there.texts)),
      findings: [],
    }
  const [mine, theirs] = [here as Vectors, there as Vectors]
  return (
    noVectors(column, mine, theirs) ?? {
      n: mine.rows,
      m: theirs.rows,
      what: 'vectors',
      learned: () => learnedVectors(mine, theirs),
      findings: findingsOf(mine, theirs),
    }
  )
}

/** Vectors as rows to learn from: components by their distance from the mean of both, together as long as a text of some words. */
function learnedVectors(...sides: readonly [Vectors, Vectors]): ReturnType<Lesson['learned']> {
  const [here, there] = aroundOne(...sides)
  const { width } = here
  const all = new Float64Array(here.values.length + there.values.length)
  all.set(here.values)
  all.set(there.values, here.values.length)
  const largest = new Float64Array(width)
  all.forEach((value, at) => (largest[at % width] = Math.max(largest[at % width] as number, Math.abs(value))))
  const units = largest.map(squarableUnit)
  all.forEach((value, at) => (all[at] = value * (units[at % width] as number)))
  const rows = { values: all, rows: here.rows + there.rows, width }
  const mean = meanOf(rows)
  const scales = variancesOf(rows, mean).map((variance) => (variance > 0 ? 2 / Math.sqrt(variance * width) : 0))
  return {
    rows: {
      columns: Uint32Array.from(all, (_, at) => at % width),
      values: all.map((value, at) => (value - (mean[at % width] as number)) * (scales[at % width] as number)),
      starts: Uint32Array.from({ length: rows.rows + 1 }, (_, row) => row * width),
      width,
    },
    names: Array.from({ length: width }, (_, i) => `component [${i}]`),
  }
}

/** What speaks most for either side. */
function toldBy({ weights }: LinearSeparation, names: readonly string[]): string {
  const order = [...weights.keys()].sort((a, b) => (weights[b] as number) - (weights[a] as number) || a - b)
  const named = (places: readonly number[]) => places.map((place) => names[place]).join(', ')
  return `the current side is told by ${named(order.slice(0, SHOWN))}, the reference by ${named(order.slice(-SHOWN).reverse())}`
}
