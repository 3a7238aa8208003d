import { afterEach, describe, expect, test, vi } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { driftMethods } from '../../src/drift/index.ts'
import { effectOf, many, only, random } from './data.ts'

afterEach(() => vi.unstubAllEnvs())

const next = random(17)
const [ROWS, CLUSTERS] = [3001, 60]
const sides = ([0, 0.15] as const).map((more) =>
  many(ROWS, (i) => ({ x: Math.floor(4 * next() ** 2) + Number(next() < more), by: i % CLUSTERS })),
)
/** Microseconds since 1970, and where doubles are whole numbers alone: all values are exact. */
const places = [1.7e15, -4e15, 8e15]

const judged = async (place: number, options: Parameters<typeof only>[2], of: (x: number) => unknown = (x) => x) => {
  const [here, there] = sides.map((rows) => rows.map(({ x, by }) => ({ x: of(place + x), by })))
  const result = await only(dataset(here as []).column('x'), dataset(there as []).column('x'), options)
  const { effect = Number.NaN, p } = effectOf(result) ?? {}
  return { status: result.status, effect, p: p ?? Number.NaN }
}

const ofTwo = ['fisherExact', 'proportionsZ']
const numeric = driftMethods.filter(({ name, accepts }) => accepts('number', 'number') && !ofTwo.includes(name))
const ofLists = driftMethods.filter(({ name }) => ['euclidean', 'mmd', 'classifier'].includes(name))

async function alikeAt(place: number, options: Parameters<typeof only>[2], of?: (x: number) => unknown): Promise<void> {
  const [far, near] = [await judged(place, options, of), await judged(0, options, of)]
  expect(far.status).toBe(near.status)
  expect(far.effect).toBeCloseTo(near.effect, 9)
  expect(far.p).toBeCloseTo(near.p, 9)
}

describe.each(places)('around %d, where sums of many numbers are rounded', { timeout: 60_000 }, (place) => {
  const alike = (...options: readonly [Parameters<typeof only>[2], ((x: number) => unknown)?]) =>
    alikeAt(place, ...options)

  test.each(numeric.map(({ name }) => name))('%s finds what it finds around 0', (method) =>
    alike({ method, findings: false }),
  )
  test.each(ofLists.map(({ name }) => name))('%s finds what it finds around 0', (method) =>
    alike({ method, findings: false }, (x) => [x, Math.abs(x % 2)]),
  )
  test('so do shuffles of clusters', () => alike({ method: 'permutation', clusterBy: 'by', findings: false }))
  test('so does spread', () => alike({}))
})

// Beyond 2^52 no double lies between two of these numbers, where a bin could end.
test.each(places.filter((place) => Math.abs(place) < 2 ** 52))(
  'columns too large for memory are compared around %d as around 0',
  { timeout: 60_000 },
  async (place) => {
    vi.stubEnv('ASSAY_WORKERS', '1000000')
    await alikeAt(place, {})
  },
)
