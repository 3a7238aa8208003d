import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { shareOfYear } from '../../src/drift/acrossRuns.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import { many, normal, random } from './data.ts'

const DAY = 86_400_000
const reference = dataset([{ word: 'yes' }], { name: 'reference' })

test('runs of any 365 days spend the level of one at most, however they lie', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.001, max: 90, noNaN: true }), { minLength: 1, maxLength: 300 }), (gaps) => {
      const times = gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], [])
      const spent = times.map((time, i) =>
        shareOfYear(new Date(time * DAY), i === 0 ? undefined : new Date((times[i - 1] as number) * DAY)),
      )
      times.forEach((time, i) => {
        const within = spent.filter((_, j) => j >= i && (times[j] as number) <= time + 365)
        expect(within.reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(1 + 1e-6)
      })
    }),
    { numRuns: 50 },
  )
  const [first, daily] = [shareOfYear(new Date(0), undefined), shareOfYear(new Date(DAY), new Date(0))]
  expect([first, daily]).toEqual([30 / 395, 1 / 395])
})

test('acrossRuns is true or false, and nothing for thresholds of other libraries', () => {
  expect(() => noDriftFrom(reference, reference, { acrossRuns: 'yes' as never })).toThrow(/it is true or false/)
  expect(() => noDriftFrom(reference, reference, { acrossRuns: true, compat: 'evidently' })).toThrow(/have no level/)
})

test('a run says whether it is the first one that is known, or whether no history is kept', async () => {
  const rows = (yes: number) => Array.from({ length: 1000 }, (_, i) => ({ word: i < yes ? 'yes' : 'no' }))
  const check = noDriftFrom(dataset(rows(680)), dataset(rows(500)), { acrossRuns: true })
  const kept = process.env.ASSAY_HISTORY
  delete process.env.ASSAY_HISTORY
  try {
    const [first] = await evaluate(check, { history: [] })
    expect(first).toMatchObject({
      status: 'fail',
      message: expect.stringMatching(/7.59 % .* as the first one that is known/),
    })
    const [again] = await evaluate(check)
    expect(again).toMatchObject({
      status: 'inconclusive',
      message: expect.stringContaining("no history of runs is kept: this run may spend 0.25 % of a year's level"),
    })
  } finally {
    if (kept !== undefined) process.env.ASSAY_HISTORY = kept
  }
})

test('what is past doubt fails in a daily run, however many columns are asked with it', async () => {
  const next = random(4)
  const names = many(24, (i) => `c${i}`)
  const kinds: Readonly<Record<string, (often: boolean) => unknown>> = {
    boolean: (often) => often,
    text: (often) => (often ? 'a' : next() < 0.5 ? 'b' : 'c'),
    number: (often) => (often ? 1 : 0) + next(),
    'missing number': (often) => (often ? null : normal(next)),
    'new value': (often) => (often ? 'b' : 'a'),
  }
  const rows = (make: (typeof kinds)[string], rest: number, first: number) =>
    dataset(
      many(1500, () => Object.fromEntries(names.map((name, i) => [name, make(next() < (i === 0 ? first : rest))]))),
    )
  for (const [kind, make] of Object.entries(kinds)) {
    const rest = kind === 'new value' ? 0 : 0.1
    const reference = rows(make, rest, rest)
    const quiet = await evaluate(noDriftFrom(rows(make, rest, rest), reference, { acrossRuns: true }), { history: [] })
    const history = [{ at: new Date(0).toISOString(), results: quiet }] as never
    const results = await evaluate(noDriftFrom(rows(make, rest, 0.9), reference, { acrossRuns: true }), {
      history,
      now: new Date(DAY),
    })
    const failed = results.filter(({ status }) => status === 'fail').map(({ subject }) => subject.column)
    expect([kind, ...new Set(failed)]).toEqual([kind, 'c0'])
  }
})

test('a category whose odds changed fails beside dozens of others, in a call of many columns', async () => {
  const next = random(6)
  const names = many(14, (i) => `c${i}`)
  const rows = (count: number, share: number) =>
    dataset(
      many(count, () =>
        Object.fromEntries(
          names.map((name, i) => [name, next() < (i === 0 ? share : 0.002) ? 'rare' : `v${Math.floor(52 * next())}`]),
        ),
      ),
    )
  const results = await evaluate(noDriftFrom(rows(6000, 0.035), rows(4000, 0.002)))
  const failed = results.filter(({ status }) => status === 'fail')
  expect(failed.map(({ subject, measured }) => [subject.column, measured])).toEqual([
    ['c0', expect.stringContaining('odds ratio = ')],
  ])
})
