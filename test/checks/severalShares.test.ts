import { expect, test } from 'vitest'
import { distribution } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { judge } from '../helpers/judge.ts'

const WITHIN = 0.05
const LEVEL = 0.05

/** The chance of so many successes of n, by logarithms of factorials. */
function mass(k: number, n: number, p: number): number {
  const log = (m: number): number => Array.from({ length: m }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0)
  return Math.exp(log(n) - log(k) - log(n - k) + k * Math.log(p) + (n - k) * Math.log(1 - p))
}
const tail = (from: number, to: number, n: number, p: number): number =>
  Array.from({ length: to - from + 1 }, (_, i) => mass(from + i, n, p)).reduce((a, b) => a + b, 0)

/** The verdict by exact binomial tails at the limit: fails are corrected for the number of shares that say something of their own. */
function plainVerdict(shares: readonly number[], counts: readonly number[], own: number): string {
  const n = counts.reduce((a, b) => a + b, 0)
  const near = shares.map((share, i) => {
    const count = counts[i] as number
    return count / n > share
      ? tail(count, n, n, share + WITHIN)
      : count / n < share
        ? tail(0, count, n, share - WITHIN)
        : 1
  })
  const far = shares.map((share, i) =>
    Math.max(tail(0, counts[i] as number, n, share + WITHIN), tail(counts[i] as number, n, n, share - WITHIN)),
  )
  if (Math.min(1, own * Math.min(...near)) <= LEVEL) return 'fail'
  return Math.max(...far) <= LEVEL ? 'pass' : 'inconclusive'
}

test.each<[string, Readonly<Record<string, number>>, readonly number[], number, (k: number) => readonly number[]]>([
  [
    'two shares leave none for all others, which is a third test',
    { a: 0.5, b: 0.5 },
    [0.5, 0.5],
    3,
    (k) => [k, 100 - k],
  ],
  ['one share and that of all others say one thing', { a: 0.5 }, [0.5, 0.5], 1, (k) => [k, 100 - k]],
  [
    'three shares and none for all others are four tests',
    { a: 0.5, b: 0.3, c: 0.2 },
    [0.5, 0.3, 0.2],
    4,
    (k) => [k, 80 - k, 20],
  ],
])('%s', async (_, asked, shares, own, countsOf) => {
  const verdicts = new Set<string>()
  for (let k = 30; k <= 72; k += 3) {
    const counts = countsOf(k)
    const x = counts.flatMap((count, i) => Array.from({ length: count }, () => 'abc'[i] as string))
    const { status } = await judge(distribution(dataset({ x }).column('x'), asked))
    expect([k, status]).toEqual([k, plainVerdict(shares, counts, own)])
    verdicts.add(status)
  }
  expect([...verdicts].sort()).toEqual(['fail', 'inconclusive'])
})

test('shares are as they are said where there is evidence enough', async () => {
  const x = Array.from({ length: 4000 }, (_, i) => (i % 10 < 5 ? 'a' : i % 10 < 8 ? 'b' : 'c'))
  const asked = { a: 0.5, b: 0.3, c: 0.2 }
  expect(await judge(distribution(dataset({ x }).column('x'), asked))).toMatchObject({ status: 'pass' })
})
