import { hash } from '../results/resultId.ts'
import { first, put, second, start } from '../models/hashed.ts'

/** What tells cases apart: the questions, not how they are called or where they stand. */
interface Case {
  readonly capability?: string
  readonly input: unknown
  readonly expected?: unknown
  readonly compare?: string
  readonly weight?: number
}

/** A key of all cases together, whatever their order: sums over a hash of each, since tables may have a million. */
export function tableKey(cases: readonly Case[]): string {
  const sums = [0, 0, 0, 0] as [number, number, number, number]
  for (const { input, expected, compare, capability, weight } of cases) {
    start()
    put(input)
    put(expected)
    put(compare)
    put(capability)
    if (weight !== undefined) put(weight)
    const [low, two] = [first(), second()]
    sums[0] = (sums[0] + low) >>> 0
    sums[1] = (sums[1] + two) >>> 0
    sums[2] = (sums[2] ^ Math.imul(low, 0x9e3779b1)) >>> 0
    sums[3] = (sums[3] + Math.imul(two, low | 1)) >>> 0
  }
  return hash([cases.length, sums])
}
