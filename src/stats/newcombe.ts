import { wilsonInterval } from './wilson.ts'

/**
 * Newcombe's (1998, method 10) interval for the difference of the shares of `a` in n and `b` in m, from their Wilson
 * intervals.
 */
export function newcombe(a: number, n: number, b: number, m: number, confidence = 0.95): readonly [number, number] {
  const [p, q] = [a / n, b / m]
  const [first, two] = [wilsonInterval(a, n, confidence), wilsonInterval(b, m, confidence)]
  const difference = p - q
  return [
    difference - Math.sqrt((p - first[0]) ** 2 + (two[1] - q) ** 2),
    difference + Math.sqrt((first[1] - p) ** 2 + (q - two[0]) ** 2),
  ]
}
