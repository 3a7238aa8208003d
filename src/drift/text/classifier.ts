import type { Column, Relation } from '../../engine/engine.ts'
import { linearClassifier, type LinearSeparation } from '../../stats/linearClassifier.ts'
import { decimal, numberText } from '../../words/text/numbers.ts'
import { approximately, spreadOf } from '../approximately.ts'
import { type DriftMethod, rowsMethod } from '../drift.ts'
import { bagsOf } from './bags.ts'
import { learnedTexts } from './learnedTexts.ts'
import { haveTexts, type Texts, textsOf } from './texts.ts'

const MOST_ROWS = 5000
const LEAST_ROWS = 100
const SHOWN = 3

/**
 * How well a classifier tells from which side a text is, by the words it has and by how it is written: logistic regression,
 * measured on texts that it has not learned from. From 100 up to 5,000 rows of each side. What it cannot tell apart another
 * might.
 */
export const classifier: DriftMethod = rowsMethod<Texts>({
  name: 'classifier',
  unit: 'AUC − ½',
  effect: 'how much better than by chance a classifier tells from a text of which side it is',
  limit: 0.07,
  most: 0.5,
  accepts: haveTexts,
  read: (relation: Relation, column: Column, signal) => textsOf(relation, column, signal, MOST_ROWS),
  compare(current, reference) {
    const [here, there] = [current.values.read.texts, reference.values.read.texts]
    const [n, m] = [here.length, there.length]
    if (Math.min(n, m) < LEAST_ROWS)
      return {
        reason: `column ${JSON.stringify(current.column.name)} has ${numberText(n)} texts, ${numberText(m)} in the reference, and a classifier learns from ${LEAST_ROWS} of each side at least`,
        hint: 'take another method, or name the column in `except`',
      }
    const { rows, names } = learnedTexts([...here, ...there], bagsOf(here, there))
    const separation = linearClassifier(rows, n)
    const { auc, error } = separation
    const signed = approximately({ effect: auc - 0.5, error }, { spread: spreadOf(n, m), most: 0.5 })
    const words = `AUC ${decimal(auc)} over ${numberText(n)} and ${numberText(m)} texts`
    return {
      ...signed,
      effect: Math.max(0, auc - 0.5),
      p: signed.over(0),
      moved: auc > 0.5 ? `${words}; ${toldBy(separation, names)}` : words,
      discreetlyMoved: words,
      charts: [],
    }
  },
})

/** What speaks most for either side. */
function toldBy({ weights }: LinearSeparation, names: readonly string[]): string {
  const order = [...weights.keys()].sort((a, b) => (weights[b] as number) - (weights[a] as number) || a - b)
  const named = (places: readonly number[]) => places.map((place) => names[place]).join(', ')
  return `the current side is told by ${named(order.slice(0, SHOWN))}, the reference by ${named(order.slice(-SHOWN).reverse())}`
}
