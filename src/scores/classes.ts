import type { Answered, ScoreSettings } from './score.ts'

/** For each class that is looked at: whether it is right, and its score, by place. */
export function classes(
  { truth, shares = [] }: Answered,
  { positive }: ScoreSettings,
): { readonly label: string; readonly right: readonly boolean[]; readonly scores: readonly number[] }[] {
  const labels = positive === undefined ? [...new Set(shares.flatMap((one) => Object.keys(one ?? {})))] : [positive]
  return labels.map((label) => ({
    label,
    right: truth.map((own) => String(own) === label),
    scores: shares.map((one) => one?.[label] ?? 0),
  }))
}
