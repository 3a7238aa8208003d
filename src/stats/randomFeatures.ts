import { seeded } from './random.ts'
import { dot, type VectorRows } from './vectorRows.ts'

/** Frequencies; each gives a cosine and a sine. */
const FREQUENCIES = 128
const PAIRS = 2000

/** The median distance of two rows, over 2,000 seeded pairs of different ones: what Gaussian kernels are made as wide as. */
export function medianDistance({ values, rows, width }: VectorRows): number {
  const random = seeded(1)
  const distances = new Float64Array(rows < 2 ? 0 : PAIRS)
  for (let pair = 0; pair < distances.length; pair++) {
    const first = Math.floor(random() * rows)
    const other = (first + 1 + Math.floor(random() * (rows - 1))) % rows
    let square = 0
    for (let i = 0; i < width; i++)
      square += ((values[first * width + i] as number) - (values[other * width + i] as number)) ** 2
    distances[pair] = Math.sqrt(square)
  }
  return distances.sort()[distances.length >> 1] ?? Number.NaN
}

/**
 * Random Fourier features of the Gaussian kernel exp(-|x - y|² / 2 bandwidth²) (Rahimi and Recht 2007): rows whose products
 * are the kernel's, within 1/√128. Seeded: the same for both sides.
 */
export function randomFeatures({ values, rows, width }: VectorRows, bandwidth: number): VectorRows {
  const random = seeded(2)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const frequencies = Array.from({ length: FREQUENCIES }, () =>
    Float64Array.from({ length: width }, () => normal() / bandwidth),
  )
  const features = new Float64Array(rows * 2 * FREQUENCIES)
  const scale = 1 / Math.sqrt(FREQUENCIES)
  for (let row = 0; row < rows; row++) {
    const vector = values.subarray(row * width, (row + 1) * width)
    frequencies.forEach((frequency, i) => {
      const angle = dot(vector, frequency)
      features[row * 2 * FREQUENCIES + 2 * i] = scale * Math.cos(angle)
      features[row * 2 * FREQUENCIES + 2 * i + 1] = scale * Math.sin(angle)
    })
  }
  return { values: features, rows, width: 2 * FREQUENCIES }
}

/**
 * Whether two samples of vectors have one mean, by the share of shuffles of their rows in which the means lie at least as far
 * apart: (1 + those) / (1 + shuffles), never 0 (Phipson and Smyth 2010). Seeded.
 */
export function meanPermutation(a: VectorRows, b: VectorRows, shuffles = 199): number {
  const { width } = a
  const [few, many] = a.rows <= b.rows ? [a, b] : [b, a]
  const all = new Float64Array(width)
  const add = (sum: Float64Array, { values }: VectorRows, row: number) => {
    for (let i = 0, at = row * width; i < width; i++, at++) sum[i] = (sum[i] as number) + (values[at] as number)
  }
  for (const side of [few, many]) for (let row = 0; row < side.rows; row++) add(all, side, row)
  const distance = (sum: Float64Array) => {
    let square = 0
    for (let i = 0; i < width; i++)
      square += ((sum[i] as number) / few.rows - ((all[i] as number) - (sum[i] as number)) / many.rows) ** 2
    return square
  }
  const sumOver = (place: (i: number) => number) => {
    const sum = new Float64Array(width)
    for (let i = 0; i < few.rows; i++) {
      const row = place(i)
      if (row < few.rows) add(sum, few, row)
      else add(sum, many, row - few.rows)
    }
    return sum
  }
  const seen = distance(sumOver((i) => i))
  const random = seeded(3)
  const order = Uint32Array.from({ length: few.rows + many.rows }, (_, i) => i)
  let beyond = 0
  for (let shuffle = 0; shuffle < shuffles; shuffle++) {
    for (let i = 0; i < few.rows; i++) {
      const other = i + Math.floor(random() * (order.length - i))
      ;[order[i], order[other]] = [order[other] as number, order[i] as number]
    }
    if (distance(sumOver((i) => order[i] as number)) >= seen * (1 - 1e-12)) beyond++
  }
  return (1 + beyond) / (1 + shuffles)
}
