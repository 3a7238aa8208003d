import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { halfOf, numberOfHalf } from '../../src/models/onnx/halves.ts'
import { onnx } from '../../src/models/onnx/onnx.ts'
import { predicted } from '../helpers/predicted.ts'

const folder = fileURLToPath(new URL('../fixtures/onnx', import.meta.url))
const file = (name: string): string => path.join(folder, `${name}.onnx`)

describe('numbers of 16 bits', () => {
  test('are those they stand for, asked and answered', async () => {
    const halves = onnx(file('halves'), { output: (said: unknown) => said })
    const inputs = [0.1, -2.5, 65_504, 65_519.9, 6e-8, 2 ** -14, 2049, 2051, 0.33325195, 1e-9, -0, 0.999_99]
    const { values, errors } = await predicted(
      halves,
      inputs.map((x) => ({ x })),
    )
    expect(errors.size).toBe(0)
    // What the runtime makes of them in 32 bits is the reference.
    for (const [i, said] of (values as { same: number; number: number }[]).entries())
      expect(said.same, String(inputs[i])).toBe(said.number)
    expect((values as { same: number }[]).slice(0, 3).map(({ same }) => same)).toEqual([0.0999755859375, -2.5, 65_504])
    expect((await predicted(halves, [{ x: 65_520 }])).errors.get(0)).toMatch(/too large/)
    expect((await predicted(onnx(file('halves'), { output: 'same' }), [{ x: null }])).errors.get(0)).toBe(
      'answered NaN, and was given no value of "x"',
    )
  })

  test('are each the bits that stand for them, and the nearest even one of those between', () => {
    const all = Array.from({ length: 65_536 }, (_, bits) => bits)
    expect(all.filter((bits) => !Number.isNaN(numberOfHalf(bits)) && halfOf(numberOfHalf(bits)) !== bits)).toEqual([])
    for (let bits = 1; bits < 0x7bff; bits += 37) {
      const [low, high] = [numberOfHalf(bits), numberOfHalf(bits + 1)]
      expect(halfOf(low + (high - low) * 0.49)).toBe(bits)
      expect(halfOf(low + (high - low) * 0.51)).toBe(bits + 1)
      expect(halfOf((low + high) / 2)).toBe(bits % 2 === 0 ? bits : bits + 1)
    }
    expect(numberOfHalf(halfOf(Number.NaN))).toBeNaN()
  })
})
