import { createHash } from 'node:crypto'

/** Length of a text from which on its bytes are hashed in one go. */
const LONG = 200

// A number is hashed as the two halves of its bits.
const double = new Float64Array(1)
const halves = new Int32Array(double.buffer)

const SURROGATE = 0xd800
const HALF = /\p{Surrogate}/u
const HALVES = /\p{Surrogate}/gu

const LEAST = BigInt(Number.MIN_SAFE_INTEGER)
const MOST = BigInt(Number.MAX_SAFE_INTEGER)
const isSafe = (value: bigint): boolean => value >= LEAST && value <= MOST

/** Each kind of value has a hash of its own beginning: 1, '1' and true are three values. */
const MISSING = 0x2545f491
const NUMBER = 0x5bd1e995
const TEXT = 0x1b873593
const BOOLEAN = 0x27d4eb2f
const INSTANT = 0x165667b1
const BIG = 0x61c88647

const mix = (hash: number, part: number): number => {
  const mixed = Math.imul(hash ^ part, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}

const mixOther = (hash: number, part: number): number => {
  const mixed = Math.imul(((hash << 13) | (hash >>> 19)) + part, 0x85ebca6b)
  return mixed ^ (mixed >>> 13)
}

/**
 * A hash of rows of scalars that does not depend on their order: 64 bits of each row, summed up in two ways. Values are
 * numbers, bigints, booleans, texts and dates; equal ones are hashed alike, be they numbers or bigints, and null and
 * undefined are the missing one.
 */
export class RowHashes {
  private readonly first: Int32Array
  private readonly second: Int32Array

  constructor(rowCount: number) {
    this.first = new Int32Array(rowCount)
    this.second = new Int32Array(rowCount)
  }

  /** Adds a value of each row. */
  add(values: ArrayLike<unknown>): void {
    for (let i = 0; i < this.first.length; i++) {
      const value = values[i]
      if (typeof value === 'number') this.double(i, NUMBER, value)
      else if (typeof value === 'string') this.text(i, TEXT, value)
      else this.other(i, value)
    }
  }

  /** All rows as a text. */
  digest(): string {
    const { first, second } = this
    const sums = new Int32Array(4)
    let [a, b, c, d] = [0, 0, 0, 0]
    for (let i = 0; i < first.length; i++) {
      const low = mix(first[i] as number, second[i] as number)
      const high = mixOther(second[i] as number, low)
      a ^= low
      b ^= high
      c = (c + Math.imul(low, high | 1)) | 0
      d = (d + high) | 0
    }
    sums.set([a, b, c, d])
    return `${first.length} ${sums.join(' ')}`
  }

  private other(row: number, value: unknown): void {
    if (value === null || value === undefined) this.put(row, MISSING, MISSING)
    else if (typeof value === 'boolean') this.put(row, BOOLEAN, value ? 1 : 2)
    else if (value instanceof Date) this.double(row, INSTANT, value.getTime())
    else if (typeof value === 'bigint' && isSafe(value)) this.double(row, NUMBER, Number(value))
    else this.text(row, BIG, (value as bigint).toString())
  }

  private double(row: number, kind: number, value: number): void {
    // Neither the sign of zero nor the bits of what is no number say anything of a value.
    double[0] = value === 0 ? 0 : Number.isNaN(value) ? Number.NaN : value
    this.put(row, kind ^ (halves[0] as number), halves[1] as number)
  }

  private text(row: number, kind: number, text: string): void {
    if (text.length >= LONG) {
      const bytes = createHash('sha1').update(text).digest()
      this.put(row, kind ^ bytes.readInt32LE(0), bytes.readInt32LE(4))
      return
    }
    let low = kind
    let high = text.length
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      // The engine has no halves of characters.
      if ((code & 0xf800) === SURROGATE && HALF.test(text)) return this.text(row, kind, text.replace(HALVES, '\ufffd'))
      low = Math.imul(low ^ code, 0x01000193)
      high = Math.imul(high + code, 0x85ebca6b) ^ (high >>> 15)
    }
    this.put(row, low, high)
  }

  private put(row: number, low: number, high: number): void {
    const before = this.first[row] as number
    this.first[row] = mix(mix(before, low), high)
    this.second[row] = mixOther(mixOther(this.second[row] as number, high), low ^ before)
  }
}
