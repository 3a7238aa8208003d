import { expect, test } from 'vitest'
import { dataset, evaluate, noDriftFrom } from '../../src/index.ts'
import { normalQuantile } from '../../src/stats/normalQuantile.ts'
import { seeded } from '../../src/stats/random.ts'

const next = seeded(3)
const normal = (): number => normalQuantile(next())
type Draw = (moved: number) => number | null
const draws: Readonly<Record<string, Draw>> = {
  still: normal,
  moved: (moved) => normal() + 0.6 * moved,
  widened: (moved) => normal() * (1 + moved),
  tails: (moved) => (next() < 0.05 * moved ? 40 * normal() : normal()),
  sparse: (moved) => (next() < 0.4 + 0.2 * moved ? null : normal() + moved),
  strange: (moved) => (next() < 0.03 ? Number.NaN : next() < 0.02 ? Number.POSITIVE_INFINITY : next() + 0.2 * moved),
  whole: (moved) => Math.floor(next() * (30 + 9 * moved)),
}
const sideOf = (rows: number, moved: number) =>
  Object.fromEntries(
    Object.entries(draws).map(([name, draw]) => [name, Array.from({ length: rows }, () => draw(moved))]),
  )
const [here, there] = [sideOf(12_000, 1), sideOf(11_000, 0)]
const groups = (rows: number) => Array.from({ length: rows }, (_, i) => i % 400)

/** What is said of the columns beside one more, which is compared last and is no drift. */
async function judgedBefore(last: () => number, clusterBy?: string) {
  const side = (columns: typeof here, rows: number) =>
    dataset({ ...columns, last: Array.from({ length: rows }, last), group: groups(rows) } as Record<string, number[]>)
  const options = clusterBy === undefined ? { except: ['group'] } : { clusterBy }
  const results = await evaluate(noDriftFrom(side(here, 12_000), side(there, 11_000), options))
  return results
    .filter(({ subject }) => subject.column !== 'last')
    .map(({ subject, status, measured, evidence }) => ({ column: subject.column, status, measured, evidence }))
}

test.each([undefined, 'group'])(
  'what is said of a column is the same whatever is compared after it (clusterBy: %s)',
  async (by) => {
    const wanted = await judgedBefore(normal, by)
    expect(wanted.filter(({ measured }) => String(measured).startsWith('W1/σ')).length).toBeGreaterThan(0)
    expect(await judgedBefore(() => 1e6 + 1e5 * next(), by)).toEqual(wanted)
  },
)
