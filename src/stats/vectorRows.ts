/** Rows of `width` numbers, one after the other. */
export interface VectorRows {
  readonly values: Float64Array
  readonly rows: number
  readonly width: number
}

/** Two samples, both moved so that the first row of the second lies at 0: sums of large numbers of small spread are rounded. */
export function aroundOne<R extends VectorRows>(a: R, b: R): readonly [R, R] {
  const pivot = b.values.slice(0, b.width)
  return [a, b].map((rows) => ({
    ...rows,
    values: rows.values.map((value, at) => value - (pivot[at % rows.width] as number)),
  })) as [R, R]
}

/** The mean of each column. */
export function meanOf({ values, rows, width }: VectorRows): Float64Array {
  const mean = new Float64Array(width)
  for (let row = 0; row < rows; row++)
    for (let i = 0, at = row * width; i < width; i++, at++)
      mean[i] = (mean[i] as number) + ((values[at] as number) - (mean[i] as number)) / (row + 1)
  return mean
}

/** The variance of each column (n - 1). */
export function variancesOf({ values, rows, width }: VectorRows, mean: Float64Array): Float64Array {
  const squares = new Float64Array(width)
  for (let row = 0; row < rows; row++)
    for (let i = 0, at = row * width; i < width; i++, at++)
      squares[i] = (squares[i] as number) + ((values[at] as number) - (mean[i] as number)) ** 2
  return squares.map((square) => square / (rows - 1))
}

export const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}
