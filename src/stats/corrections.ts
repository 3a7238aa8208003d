type PValues = readonly number[]

/** Bonferroni's adjustment: p times their number. Families of wrong fails, whatever the dependence. */
export const bonferroni = (ps: PValues): number[] => ps.map((p) => Math.min(1, p * ps.length))

/** Benjamini and Hochberg's (1995) step-up adjustment: the share of wrong ones among those found, if independent. */
export const benjaminiHochberg = (ps: PValues): number[] => stepUp(ps, 1)

/** Benjamini and Yekutieli's (2001): the same under any dependence. */
export const benjaminiYekutieli = (ps: PValues): number[] =>
  stepUp(
    ps,
    ps.reduce((sum, _, i) => sum + 1 / (i + 1), 0),
  )

function stepUp(ps: PValues, factor: number): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => (ps[b] as number) - (ps[a] as number))
  const adjusted = ps.map(() => 1)
  let least = 1
  order.forEach((index, place) => {
    least = Math.min(least, ((ps[index] as number) * ps.length * factor) / (ps.length - place))
    adjusted[index] = least
  })
  return adjusted
}
