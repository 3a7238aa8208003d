import { describe, expect, test } from 'vitest'
import { driftMethods, type DriftOptions, noDriftFrom } from '../../src/drift/index.ts'
import { compare, many, normal, only, random, rowsOf } from './data.ts'

const next = random(5)
const near = rowsOf(many(400, () => normal(next)))
const far = rowsOf(many(400, () => 100 + normal(next)))
const [here, there] = [rowsOf(many(400, (i) => `a${i % 2}`)), rowsOf(many(400, (i) => `b${i % 2}`))]

describe('what is no limit, level or word is an error at once, and shown as it was given', () => {
  test.each([
    [{ limit: '0.1' }, /got limit: "0\.1"/],
    [{ limit: Number.NaN }, /got limit: NaN/],
    [{ limit: Number.POSITIVE_INFINITY }, /got limit: Infinity/],
    [{ limit: 5 }, /between 0 and 1/],
    [{ limit: -0.1 }, /got limit: -0\.1/],
    [{ limit: { x: null } }, /got limit: null for column "x"/],
    [{ limit: [0.1] }, /got limit: an array/],
    [{ limit: new Map([['x', 0.1]]) }, /got limit: a Map/],
    [{ method: ['psi'] }, /got method: an array/],
    [{ method: 'psi', limit: Number.POSITIVE_INFINITY }, /PSI of psi is a finite number/],
    [{ method: 'gTest', limit: 2 }, /between 0 and 1\.18/],
    [{ confidence: 0.05 }, /did you mean 0\.95\?/],
    [{ confidence: { x: 95 } }, /got confidence: 95 for column "x"/],
    [{ confidence: '0.95' }, /got confidence: "0\.95"/],
    [{ confidence: 1 - 1e-16 }, /between 0\.5 and/],
    [{ alpha: 0.95 }, /alpha lies between 0 and 0\.5/],
    [{ onInconclusive: ['fail'] }, /got onInconclusive: an array/],
    [{ driftedShare: '0.3' }, /got driftedShare: "0\.3"/],
    [{ findings: { missing: '0.1' } }, /got findings: missing: "0\.1"/],
  ])('%j', (options, message) => {
    expect(() => noDriftFrom(near, far, options as DriftOptions)).toThrow(message)
  })
})

const names = driftMethods.map(({ name }) => name)
test.each(names.filter((name) => ['psi', 'kullbackLeibler', 'bhattacharyya'].includes(name)))(
  '%s: sides with nothing in common pass at no limit, and one that any sides would hold is said to be',
  async (method) => {
    for (const [current, reference] of [
      [near, far],
      [here, there],
    ] as const) {
      for (const limit of [0.1, 0.5, 1, 3, 10, 30, 1e6]) {
        const { status, message } = await only(current, reference, { method, limit })
        expect(['fail', 'inconclusive', 'error'], `${limit}`).toContain(status)
        if (limit >= 30) expect(message).toMatch(/at most, so that limit/)
      }
    }
  },
)

test.each(
  driftMethods.filter(({ most }) => !Number.isFinite(most)).map(({ name, accepts }) => [name, accepts] as const),
)('%s: an answer comes at every limit, tiny and huge', async (method, accepts) => {
  const sides = accepts('number', 'number') ? [near, far] : accepts('string', 'string') ? [here, there] : undefined
  if (!sides) return
  for (const limit of [Number.MIN_VALUE, 1e-12, 1, 50, 1e4, 1e150, Number.MAX_VALUE]) {
    for (const reference of sides) {
      for (const { measured, message = '' } of await compare(sides[0] as typeof near, reference, { method, limit }))
        expect(`${measured} ${message}`, `${limit}`).not.toMatch(/NaN|undefined|null/)
    }
  }
})
