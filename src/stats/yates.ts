import { chiSquare } from './chiSquare.ts'
import { crossDifference } from './crossDifference.ts'
import { chiSquareSf } from './gamma.ts'

/** Pearson's statistic of two lists of counts, of two categories with Yates's correction (1934), as SciPy has it. */
export function yates(
  reference: readonly number[],
  current: readonly number[],
): { readonly statistic: number; readonly p: number } {
  const places = reference.map((_, i) => i).filter((i) => (reference[i] as number) + (current[i] as number) > 0)
  if (places.length !== 2) return chiSquare(current, reference)
  const [a, b, c, d] = [reference, current].flatMap((list) => places.map((i) => list[i] as number)) as [
    number,
    number,
    number,
    number,
  ]
  const all = a + b + c + d
  const gap = Math.abs(crossDifference(a, b, c, d))
  const statistic = (all * (gap - Math.min(gap, all / 2)) ** 2) / ((a + b) * (c + d) * (a + c) * (b + d))
  return { statistic, p: chiSquareSf(statistic, 1) }
}
