import { momentsOf } from '../stats/moments.ts'
import { squarableUnit } from '../stats/squarableUnit.ts'

/** Two sorted samples in a unit in which they have squares, with the deviation of the second, the reference. */
export function squarable(
  here: Float64Array,
  there: Float64Array,
): { readonly here: Float64Array; readonly there: Float64Array; readonly sigma: number } {
  const sigma = Math.sqrt(momentsOf(there).variance)
  const largest = Math.max(...[here, there].flatMap((sample) => [-(sample[0] as number), sample.at(-1) as number]))
  const unit = squarableUnit(largest)
  if (unit === 1) return { here, there, sigma }
  const [mine, theirs] = [here, there].map((sample) => sample.map((value) => value * unit)) as [
    Float64Array,
    Float64Array,
  ]
  // Numbers near 0 have no squares in the unit of large ones.
  const own = unit < 1 && Number.isFinite(sigma) ? sigma * unit : Math.sqrt(momentsOf(theirs).variance)
  return { here: mine, there: theirs, sigma: own }
}
