import { wilsonInterval } from './wilson.ts'

/**
 * The interval of the ratio of the shares of `a` in n and `b` in m, recovered from their Wilson intervals (the method of
 * variance estimates recovery, Donner and Zou 2012). Infinite above where nothing was seen of the second share.
 */
export function shareRatio(a: number, n: number, b: number, m: number, confidence = 0.95): readonly [number, number] {
  const [p, q] = [a / n, b / m]
  const [first, two] = [wilsonInterval(a, n, confidence), wilsonInterval(b, m, confidence)]
  // The ratio r is an end where p - r q is as far from 0 as the two intervals together reach.
  const low = first[0] * (2 * p - first[0])
  const lowRoot = p * q + Math.sqrt(Math.max(0, (p * q) ** 2 - low * two[1] * (2 * q - two[1])))
  const high = two[0] * (2 * q - two[0])
  const highRoot = p * q + Math.sqrt(Math.max(0, (p * q) ** 2 - first[1] * (2 * p - first[1]) * high))
  return [low === 0 ? 0 : low / lowRoot, high === 0 ? Number.POSITIVE_INFINITY : highRoot / high]
}
