import { canonical } from '../results/canonical.ts'
import { hash } from '../results/resultId.ts'

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
    const two = last(b, a)
    const one = last(a, b)
    sums[0] = (sums[0] + one) >>> 0
    sums[1] = (sums[1] + two) >>> 0
    sums[2] = (sums[2] ^ Math.imul(one, 0x9e3779b1)) >>> 0
    sums[3] = (sums[3] + Math.imul(two, one | 1)) >>> 0
  }
  return hash([cases.length, sums])
}

// Two hashes of 32 bits, after MurmurHash3's steps, of what is put.
let a = 0
let b = 0

function start(): void {
  a = 0xdeadbeef
  b = 0x41c6ce57
}

function step(code: number): void {
  a = Math.imul(a ^ code, 2654435761)
  b = Math.imul(b ^ code, 1597334677)
}

const last = (value: number, other: number): number =>
  (Math.imul(value ^ (value >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909)) >>> 0

const bits = new Float64Array(1)
const halves = new Int32Array(bits.buffer)

/** Puts a value; what kind it is, and how long, is put too, so that no two lists of values read alike. */
function put(value: unknown): void {
  if (value === undefined) step(1)
  else if (typeof value === 'string') {
    step(2)
    text(value)
  } else if (typeof value === 'number') {
    step(3)
    // Minus nought is nought.
    bits[0] = value + 0
    step(halves[0] as number)
    step(halves[1] as number)
  } else {
    step(4)
    text(canonical(value))
  }
}

function text(value: string): void {
  step(value.length)
  for (let i = 0; i < value.length; i++) step(value.charCodeAt(i))
}
