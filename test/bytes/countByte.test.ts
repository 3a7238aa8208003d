import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ByteCounter } from '../../src/bytes/countByte.ts'

const SEED = 20_261_124

test(`bytes are counted in any part of any bytes, aligned or not (seed ${SEED})`, () => {
  const pieces = fc.array(fc.constantFrom(0, 10, 44, 45, 43, 172, 255), { maxLength: 40 })
  fc.assert(
    fc.property(pieces, fc.nat(3), fc.nat(50), fc.nat(50), (piece, offset, from, short) => {
      const long = Array.from({ length: 40 }, () => piece).flat()
      const bytes = new Uint8Array(long.length + offset).subarray(offset)
      bytes.set(long)
      const to = Math.max(from, bytes.length - short)
      const expected = bytes.subarray(from, to).filter((byte) => byte === 44).length
      expect(new ByteCounter(bytes, 44).count(Math.min(from, bytes.length), Math.min(to, bytes.length))).toBe(expected)
    }),
    { seed: SEED, numRuns: 300 },
  )
  const commas = new Uint8Array(10_001).fill(44)
  expect(new ByteCounter(commas, 44).count(1, 10_001)).toBe(10_000)
})
