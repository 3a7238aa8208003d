import { canonical } from '../results/canonical.ts'
import { hash } from '../results/resultId.ts'

/** What tells cases apart: the questions, not how they are called or where they stand. */
interface Case {
  readonly capability?: string
  readonly input: unknown
  readonly expected?: unknown
  readonly compare?: string
}

/** A key of all cases together, whatever their order: sums over a hash of each, since tables may have a million. */
export function tableKey(cases: readonly Case[]): string {
  const sums = [0, 0, 0, 0] as [number, number, number, number]
  for (const { input, expected, compare, capability } of cases) {
    const [one, two] = mixed(`${exact(input)}${exact(expected)}${exact(compare)}${exact(capability)}`)
    sums[0] = (sums[0] + one) >>> 0
    sums[1] = (sums[1] + two) >>> 0
    sums[2] = (sums[2] ^ Math.imul(one, 0x9e3779b1)) >>> 0
    sums[3] = (sums[3] + Math.imul(two, one | 1)) >>> 0
  }
  return hash([cases.length, sums])
}

/** Two hashes of 32 bits of a text, after MurmurHash3's steps. */
function mixed(text: string): readonly [number, number] {
  let [one, two] = [0xdeadbeef, 0x41c6ce57]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    one = Math.imul(one ^ code, 2654435761)
    two = Math.imul(two ^ code, 1597334677)
  }
  const last = (value: number, other: number): number =>
    Math.imul(value ^ (value >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909)
  return [last(one, two) >>> 0, last(two, one) >>> 0]
}

const exact = (value: unknown): string => {
  if (typeof value === 'string') return `s${value.length}:${value}`
  if (value === undefined) return 'u'
  const text = canonical(value)
  return `v${text.length}:${text}`
}
