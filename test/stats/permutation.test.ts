import { expect, test } from 'vitest'
import { permutationTest } from '../../src/stats/permutation.ts'
import { seeded } from '../../src/stats/random.ts'

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Every way to choose so many of some places. */
function choices(of: number, size: number, from = 0): readonly (readonly number[])[] {
  if (size === 0) return [[]]
  return Array.from({ length: of - from }, (_, i) => from + i).flatMap((first) =>
    choices(of, size - 1, first + 1).map((others) => [first, ...others]),
  )
}

/** The share of all exchanges of blocks in which the means are at least as far apart. */
function exactly(here: readonly (readonly number[])[], there: readonly (readonly number[])[]): number {
  const blocks = [...here, ...there]
  const apart = (chosen: readonly number[]): number => {
    const [mine, others] = [true, false].map((own) => blocks.filter((_, i) => chosen.includes(i) === own).flat())
    return Math.abs(mean(mine as number[]) - mean(others as number[]))
  }
  const all = choices(blocks.length, here.length).map(apart)
  const seen = apart(here.map((_, i) => i))
  return all.filter((one) => one >= seen * (1 - 1e-12)).length / all.length
}

/** The blocks of both samples, numbered as a caller may number them: what stands on both sides is not one block. */
const numbered = (...sides: readonly (readonly (readonly number[])[])[]): number[] =>
  sides.flatMap((blocks) => blocks.flatMap((values, i) => values.map(() => i)))

const draw = seeded(7)
const some = (blocks: number, shift: number, size: () => number): number[][] =>
  Array.from({ length: blocks }, () => Array.from({ length: size() }, () => draw() + shift))

test.each([
  { what: 'single values', sizes: () => 1, blocks: 5, shift: 0.3 },
  { what: 'pairs', sizes: () => 2, blocks: 4, shift: 0.4 },
  { what: 'blocks of different sizes', sizes: () => 1 + Math.floor(draw() * 4), blocks: 4, shift: 0.2 },
])('p is the share of all exchanges, of $what', ({ sizes, blocks, shift }) => {
  const [here, there] = [some(blocks, 0, sizes), some(blocks + 1, shift, sizes)]
  const { p, statistic } = permutationTest(Float64Array.from(here.flat()), Float64Array.from(there.flat()), {
    blocks: numbered(here, there),
    shuffles: 9999,
  })
  expect(statistic).toBeCloseTo(Math.abs(mean(here.flat()) - mean(there.flat())), 12)
  // Four standard errors of so many shuffles.
  expect(Math.abs(p - exactly(here, there))).toBeLessThan(0.02)
})

test('values that depend on each other show no more than their blocks do', () => {
  // Two blocks of a hundred equal values each: of six exchanges, two are as far apart as what was seen.
  const [a, b] = [
    [0, 1],
    [10, 11],
  ].map((levels) => Float64Array.from(levels.flatMap((level) => new Array<number>(100).fill(level)))) as [
    Float64Array,
    Float64Array,
  ]
  const blocks = Array.from({ length: 400 }, (_, i) => Math.floor(i / 100))
  expect(permutationTest(a, b, { blocks, shuffles: 9999 }).p).toBeCloseTo(1 / 3, 1)
  expect(permutationTest(a, b, { shuffles: 999 }).p).toBe(0.001)
})

test('p is never 0, 1 of equal samples, and none of an empty one', () => {
  const a = Float64Array.from({ length: 20 }, (_, i) => i)
  expect(
    permutationTest(
      a,
      a.map((value) => value + 1000),
    ).p,
  ).toBe(0.001)
  expect(
    permutationTest(
      a,
      a.map((value) => value + 1000),
      { shuffles: 99 },
    ).p,
  ).toBe(0.01)
  expect(permutationTest(new Float64Array(4), new Float64Array(3)).p).toBe(1)
  expect(permutationTest(a, new Float64Array(0))).toEqual({ statistic: Number.NaN, p: Number.NaN })
})
