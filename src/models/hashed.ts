import { canonical } from '../results/canonical.ts'

// Two hashes of 32 bits, after MurmurHash3's steps, of what is put; a million cases leave no time for more.
let a = 0
let b = 0

/** Forgets what was put. */
export function start(): void {
  a = 0xdeadbeef
  b = 0x41c6ce57
}

function step(code: number): void {
  a = Math.imul(a ^ code, 2654435761)
  b = Math.imul(b ^ code, 1597334677)
}

const last = (value: number, other: number): number =>
  (Math.imul(value ^ (value >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909)) >>> 0

/** The first hash of what was put, and the second. */
export const first = (): number => last(a, b)
export const second = (): number => last(b, a)

const bits = new Float64Array(1)
const halves = new Int32Array(bits.buffer)

/** Puts a value; what kind it is, and how long, is put too, so that no two lists of values read alike. */
export function put(value: unknown): void {
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
