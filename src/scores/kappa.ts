import { confusion } from './confusion.ts'
import type { Score } from './score.ts'
import { sumOf } from '../stats/sumOf.ts'

const isNumber = (label: string): boolean => label.trim() !== '' && Number.isFinite(Number(label))

/**
 * Cohen's kappa: agreement beyond what the frequencies of the labels alone would give. With `kappaWeights` of labels in an
 * order (numbers, or the `labels` that are declared) a mistake counts by how far it is off, or by the square of that. NaN
 * where only one label is there.
 */
export const kappa: Score = {
  name: 'kappa',
  reads: 'labels',
  better: 'higher',
  range: [-1, 1],
  of(answered, { kappaWeights, labels: declared }) {
    const { labels, counts, total } = confusion(answered)
    const order = declared ?? labels.toSorted((a, b) => Number(a) - Number(b))
    if (kappaWeights !== undefined && !declared && !labels.every(isNumber)) return Number.NaN
    // Labels that are not there hold their places among the declared ones.
    const place = labels.map((label) => order.indexOf(label))
    const off = (i: number, j: number): number => {
      if (kappaWeights === undefined) return i === j ? 0 : 1
      const apart = Math.abs((place[i] as number) - (place[j] as number))
      return kappaWeights === 'linear' ? apart : apart ** 2
    }
    const right = counts.map((row) => sumOf(row))
    const predicted = labels.map((_, j) => counts.reduce((sum, row) => sum + (row[j] as number), 0))
    let [seen, chance] = [0, 0]
    counts.forEach((row, i) =>
      row.forEach((count, j) => {
        seen += off(i, j) * count
        chance += (off(i, j) * (right[i] as number) * (predicted[j] as number)) / total
      }),
    )
    return chance === 0 ? Number.NaN : 1 - seen / chance
  },
}
