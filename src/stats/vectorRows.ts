/** Rows of `width` numbers, one after the other. */
export interface VectorRows {
  readonly values: Float64Array
  readonly rows: number
  readonly width: number
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
