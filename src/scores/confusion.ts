import { type Answered, totalOf } from './score.ts'

/** How often each right label got each answer; by weight where cases have weights. */
export interface Confusion {
  readonly labels: readonly string[]
  /** By right label, then by answer. */
  readonly counts: readonly (readonly number[])[]
  readonly total: number
}

/** Labels are in the order of their text. */
export function confusion({ truth, answers, weights }: Answered): Confusion {
  const labels = [...new Set([...truth, ...answers].map(String))].sort((a, b) => (a < b ? -1 : 1))
  const place = new Map(labels.map((label, i) => [label, i]))
  const counts = labels.map(() => labels.map(() => 0))
  for (let i = 0; i < truth.length; i++) {
    const row = counts[place.get(String(truth[i])) as number] as number[]
    const at = place.get(String(answers[i])) as number
    row[at] = (row[at] as number) + (weights ? (weights[i] as number) : 1)
  }
  return { labels, counts, total: totalOf({ truth, ...(weights ? { weights } : {}) }) }
}

/** Of each label: how often it was right, predicted, and both. */
export function byLabel({ labels, counts }: Confusion) {
  return labels.map((label, i) => ({
    label,
    both: (counts[i] as readonly number[])[i] as number,
    right: (counts[i] as readonly number[]).reduce((sum, count) => sum + count, 0),
    predicted: counts.reduce((sum, row) => sum + (row[i] as number), 0),
  }))
}
