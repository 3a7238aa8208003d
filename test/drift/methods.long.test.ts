import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { driftMethods } from '../../src/drift/index.ts'
import { effectOf, many, normal, only, random, rowsOf } from './data.ts'
import { type MethodCase, SHIFT, textOf, two, vectorOf, words } from './methods/cases.ts'

const ROWS = 3000
const HOUR = 3_600_000
const drawn = (shares: readonly number[], next: () => number) => {
  let left = next()
  const at = shares.findIndex((share) => (left -= share) < 0)
  return `w${at < 0 ? shares.length - 1 : at}`
}

/** Columns of the kinds, as they were and as they are when they moved. */
const draws: Readonly<Record<MethodCase['kind'], (moved: boolean, next: () => number) => unknown>> = {
  numbers: (moved, next) => normal(next) + (moved ? SHIFT : 0),
  words: (moved, next) => drawn(moved ? words.p : words.q, next),
  two: (moved, next) => drawn(moved ? two.p : two.q, next),
  // Ten days of two hours each.
  times: (moved, next) =>
    new Date(
      Date.UTC(2026, 0, 5) + Math.floor(10 * next()) * 24 * HOUR + (next() < (moved ? 0.7 : 0.5) ? 9 : 15) * HOUR,
    ),
  texts: textOf,
  vectors: (moved, next) => vectorOf(moved, () => normal(next)),
}
const sampleOf = (kind: MethodCase['kind'], moved: boolean, seed: number, rows = ROWS) => {
  const next = random(seed)
  return many(rows, () => draws[kind](moved, next))
}

const names = readdirSync(new URL('methods', import.meta.url))
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => name !== 'cases')

describe.each(names)('%s', async (method) => {
  const { default: known } = (await import(`./methods/${method}.ts`)) as { default: MethodCase }
  const { kind } = known
  const { most, limit: usual } = driftMethods.find(({ name }) => name === method) as (typeof driftMethods)[number]
  const then = rowsOf(sampleOf(kind, false, 1))
  const moved = rowsOf(sampleOf(kind, true, 3))

  test('passes samples of one population', async () => {
    const same = await only(rowsOf(sampleOf(kind, false, 2)), then, { method, findings: false })
    expect(same).toMatchObject({ status: 'pass', limit: { max: usual } })
    expect(effectOf(same)).toMatchObject({ method })
  })

  test('fails what moved, by the effect of its formula, within its interval, in its own unit', async () => {
    const limit = Math.min(usual, known.effect / 2)
    const far = await only(moved, then, { method, limit, findings: false })
    expect(far.status).toBe('fail')
    const { effect = 0, interval: [low, high] = [1, 0], unit, p } = effectOf(far) ?? {}
    expect(effect).toBeGreaterThan(0.85 * known.effect - 0.01)
    expect(effect).toBeLessThan(1.15 * known.effect + 0.01)
    expect(low).toBeLessThanOrEqual(effect)
    expect(high).toBeGreaterThanOrEqual(effect)
    expect(p).toBeLessThan(0.01)
    expect(far.measured.startsWith(`${unit} = `)).toBe(true)
    const above = Math.min(effect * 1.5 + 0.1, most - 0.01)
    expect((await only(moved, then, { method, limit: above, findings: false })).status).toBe('pass')
  })

  test('the order of rows does not matter, and the same data has the same numbers', async () => {
    const [a, b] = [sampleOf(kind, true, 4, 900), sampleOf(kind, false, 5, 700)]
    const once = await only(rowsOf(a), rowsOf(b), { method, findings: false })
    const again = await only(rowsOf([...a].reverse()), rowsOf([...b].reverse()), { method, findings: false })
    expect(effectOf(again)).toEqual(effectOf(once))
  })

  test('the same data on both sides has no effect', async () => {
    const same = await only(then, then, { method })
    expect(same.status).toBe('pass')
    expect(effectOf(same)?.effect).toBeCloseTo(0, 9)
  })

  test('a side of three rows, a constant and nothing but missing values are no pass', async () => {
    const [value] = sampleOf(kind, false, 6, 1)
    const constant = known.constantHolds ? [] : [many(300, () => value)]
    for (const rows of [many(3, () => value), ...constant, many(300, () => null)]) {
      const result = await only(rowsOf(rows), then, { method, onInconclusive: 'fail' }).catch((error) => error)
      // Of three rows, or of a thing that is compared without spread, nothing is said; else it is drift.
      expect(['inconclusive', 'fail', 'error', 'vacuous', undefined]).toContain(result.status)
    }
  })
})
