import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { correctedV, deepchecks, earthMover, stability } from '../../src/drift/compat/deepchecks.ts'
import { evidently } from '../../src/drift/compat/evidently.ts'
import { contingency, nannyml } from '../../src/drift/compat/nannyml.ts'
import { countsOf, type PeerCounts, type Peer } from '../../src/drift/compat/peer.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import { compare, effectOf, many, normal, random } from './data.ts'
import { generate, type Generated } from '../helpers/generate.ts'

type Cell = number | string | null
interface Case {
  readonly id: string
  readonly method: string
  readonly feature_type?: string
  readonly params?: {
    readonly min_category_size_ratio?: number
    readonly balance_classes?: boolean
    readonly margin_quantile_filter?: number
  }
  readonly threshold?: number
  readonly input: {
    readonly ref: readonly Cell[] | string
    readonly cur: readonly Cell[] | string
    readonly gen?: { readonly ref: Generated; readonly cur: Generated }
  }
  readonly expected: {
    readonly score?: number | string
    readonly drifted?: boolean
    readonly pvalue?: number
    readonly error?: string
  }
}

/** What the libraries themselves answered: Evidently, NannyML and Deepchecks under SciPy 1.10.1. */
const read = (name: string): { cases: readonly Case[]; auto_selection?: readonly Selected[] } =>
  JSON.parse(readFileSync(new URL(`../fixtures/drift/${name}.json`, import.meta.url), 'utf8'))
type Row = Readonly<Record<string, unknown>>
interface Selected {
  readonly name: string
  readonly n_ref: number
  readonly feature_type: string
  readonly n_unique_union: number
  readonly expected_method: string
}

/** Texts are kept in one, with commas; an empty one is missing. */
function cells({ input }: Case, side: 'ref' | 'cur'): readonly Cell[] {
  if (input.gen) return [...generate(input.gen[side])]
  const list = input[side]
  return typeof list === 'string' ? list.split(',').map((cell) => (cell === '' ? null : cell)) : list
}
const present = (one: Case, side: 'ref' | 'cur') => cells(one, side).filter((cell) => cell !== null)
const texts = (one: Case, side: 'ref' | 'cur') => present(one, side).map(String)
const numbers = (one: Case, side: 'ref' | 'cur') => Float64Array.from(present(one, side).map(Number)).sort()
const counts = (one: Case, side: 'ref' | 'cur'): PeerCounts => countsOf(present(one, side))

function score(peer: Peer, one: Case): number {
  const method = peer.methods.find(({ name }) => name === one.method)
  if (!method) throw new Error(`no method ${one.method}`)
  if (method.rows) return method.rows(texts(one, 'ref'), texts(one, 'cur'))
  const categorical = one.feature_type?.startsWith('cat') ?? !method.numbers
  if (categorical && method.categories) return method.categories(counts(one, 'ref'), counts(one, 'cur'))
  return (method.numbers as NonNullable<typeof method.numbers>)(numbers(one, 'ref'), numbers(one, 'cur'))
}

/** SciPy's limit of Cramér and von Mises is good to 1e-7, and the root of what rounding leaves of 0 to 1e-8. */
const absolute: Readonly<Record<string, number>> = { cramer_von_mises: 1e-7, hellinger: 3e-8 }

function near(found: number, wanted: unknown, relative: number, floor = 1e-12): void {
  expect(Math.abs(found - Number(wanted)), `${found} for ${String(wanted)}`).toBeLessThanOrEqual(
    relative * Math.max(Math.abs(Number(wanted)), 1e-6) + floor,
  )
}

/** Evidently shuffles without a seed for it, so that its own tests allow a tenth. */
const shuffled = 'empirical_mmd'

describe('Evidently', () => {
  const { cases, auto_selection: selections = [] } = read('evidently')
  test.each(cases)('$id has its number', (one) => {
    const { score: wanted, error, drifted } = one.expected
    if (error !== undefined) return expect(() => score(evidently, one)).toThrow(/Evidently raises/)
    const found = score(evidently, one)
    if (one.method === shuffled) expect(Math.abs(found - Number(wanted))).toBeLessThanOrEqual(0.1)
    else near(found, wanted, one.method === 'cramer_von_mises' ? 1e-6 : 1e-9, absolute[one.method])
    const { p } = evidently.methods.find(({ name }) => name === one.method) as (typeof evidently.methods)[number]
    if (one.threshold !== undefined) expect(p ? found <= one.threshold : found >= one.threshold).toBe(drifted)
  })

  test.each(selections.filter(({ feature_type }) => feature_type !== 'text'))(
    '$name of $n_ref rows are compared by $expected_method',
    (one) => {
      const column = { numeric: one.feature_type === 'num', rows: one.n_ref, distinct: one.n_unique_union }
      expect(evidently.usual(column)).toBe(one.expected_method)
    },
  )
})

test.each(read('nannyml').cases)('NannyML: $id has its number', (one) => {
  if (one.method !== 'chi2') return near(score(nannyml, one), one.expected.score, 1e-9)
  const { statistic, p } = contingency(counts(one, 'ref'), counts(one, 'cur'))
  near(statistic, one.expected.score, 1e-9)
  near(p, one.expected.pvalue, 1e-9)
})

test.each(read('deepchecks').cases)('Deepchecks: $id has its number', (one) => {
  const {
    min_category_size_ratio: least = 0,
    balance_classes: balanced = false,
    margin_quantile_filter: margin = 0,
  } = one.params ?? {}
  const own: Readonly<Record<string, () => number>> = {
    cramers_v: () => correctedV(counts(one, 'ref'), counts(one, 'cur'), { least, balanced }),
    psi: () => stability(counts(one, 'ref'), counts(one, 'cur'), least),
    emd: () => earthMover(numbers(one, 'ref'), numbers(one, 'cur'), margin),
  }
  near((own[one.method] ?? (() => score(deepchecks, one)))(), one.expected.score, 1e-9)
})

describe('compat', () => {
  const next = random(1)
  const [then, now] = [400, 300].map((rows) =>
    dataset(many(rows, () => ({ x: normal(next), few: Math.floor(3 * next()), word: next() < 0.4 ? 'a' : 'b' }))),
  ) as [Dataset, Dataset]

  test.each([
    ['evidently', ['evidently.ks', 'evidently.chisquare', 'evidently.z']],
    ['nannyml', ['nannyml.jensen_shannon', 'nannyml.jensen_shannon', 'nannyml.jensen_shannon']],
    ['deepchecks', ['deepchecks.ks', 'deepchecks.ks', 'deepchecks.cramers_v']],
  ] as const)('%s judges each column by its default, without bounds', async (compat, methods) => {
    const results = await compare(now, then, { compat })
    expect(results.map((result) => effectOf(result)?.method)).toEqual(methods)
    for (const result of results) {
      expect(['pass', 'fail']).toContain(result.status)
      expect(result.measured).toMatch(/^[^[\]]+ = [\d.]+(e-\d+)?$/)
      expect(result.message ?? '').not.toContain('nothing moved')
      expect(Object.keys(effectOf(result) ?? {})).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(interval|confidence|adjustedP|leastDetectable)$/)]),
      )
    }
  })

  test('p near 0 is none of 0, and what moves within the bins of the chart is not called nothing', async () => {
    const values = (shift: number) => dataset(many(400, (i) => ({ x: i / 400 + shift })))
    const [small] = await compare(values(0.13), values(0), { compat: 'evidently', method: 'ks' })
    expect(small?.measured).toMatch(/^1 − p = 0\.99\d+$/)
    // A twentieth more rows in the lower half of one tenth of the reference.
    const skewed = (power: number) =>
      dataset(many(4000, (i) => ({ x: Math.floor(i / 400) + ((i % 400) / 400) ** power })))
    const [still] = await compare(skewed(4), skewed(1), { compat: 'evidently', method: 'cramer_von_mises' })
    expect([still?.status, still?.message]).toEqual([
      'fail',
      expect.stringContaining('; no bin of the chart has another share'),
    ])
  })

  test('a limit that can only be one of p is an error that says which of 1 − p it is', async () => {
    const by = (limit: number, compat: 'evidently' | 'nannyml', method: string) =>
      compare(now.column('x'), then.column('x'), { compat, method, limit })
    expect(() => by(0.01, 'evidently', 'ks')).toThrow(
      /evidently\.ks is held to 1 − p: p below 0\.01 is \{ limit: 0\.99 \}/,
    )
    expect((await by(0.99, 'evidently', 'ks'))[0]?.status).toBe('pass')
    expect((await by(0.01, 'nannyml', 'kolmogorov_smirnov'))[0]?.status).toBe('fail')
    const [{ status, message } = {}] = await compare(now, then, { compat: 'evidently', columns: ['x'], limit: 0.01 })
    expect([status, message]).toEqual(['error', expect.stringContaining('{ limit: 0.99 }')])
  })

  test('its methods go by its own names, and its number is in the result', async () => {
    const [result] = await compare(now.column('x'), then.column('x'), { compat: 'evidently', method: 'psi' })
    expect(effectOf(result)?.method).toBe('evidently.psi')
    expect(effectOf(result)?.note).toContain('evidently: psi = ')
    expect(() => noDriftFrom(now, then, { compat: 'evidently', method: 'ksx' })).toThrow(/did you mean "ks"/)
    expect(() => noDriftFrom(now, then, { compat: 'whylogs' as never })).toThrow(/evidently, nannyml, deepchecks/)
  })

  test.each(['evidently', 'nannyml', 'deepchecks'] as const)(
    '%s has the number of the finite values, and says how many others there are',
    async (compat) => {
      const column = (values: readonly number[]) => dataset(values.map((x) => ({ x }))).column('x')
      const finite = many(300, () => normal(next))
      const then = column(many(300, () => normal(next)))
      const [plain] = await compare(column(finite), then, { compat })
      const [strange] = await compare(column([...finite, ...many(30, () => Number.POSITIVE_INFINITY)]), then, {
        compat,
      })
      expect(effectOf(strange)?.value).toBe(effectOf(plain)?.value)
      expect(effectOf(strange)?.note).toContain('without what is no finite number: 30 rows, 0 of the reference')
      expect(effectOf(plain)?.note).not.toContain('finite')
    },
  )

  test.each(['evidently', 'nannyml', 'deepchecks'] as const)(
    '%s has the numbers of the values, whatever is missing, and chooses its method by them',
    async (compat) => {
      const made = (count: number): Row[] =>
        many(count, (i) => ({ x: normal(next), few: i % 3, word: next() < 0.4 ? 'a' : next() < 0.5 ? 'b' : 'c' }))
      const [then, now] = [made(900), made(700)]
      const none = { x: null, few: null, word: null }
      const numbers = async (current: readonly Row[], reference: readonly Row[]) => {
        const sides = [dataset(current), dataset(reference)] as const
        const results = [...(await compare(...sides, { compat }))]
        if (compat === 'evidently')
          for (const method of ['chisquare', 'psi', 'kl_div', 'jensenshannon', 'hellinger', 'TVD'])
            results.push(...(await compare(sides[0].column('word'), sides[1].column('word'), { compat, method })))
        return results.map((result) => [result.status, effectOf(result)?.method, effectOf(result)?.value])
      }
      const gaps = (rows: readonly Row[], every: number) =>
        rows.flatMap((row, i) => (i % every === 0 ? [none, row] : [row]))
      expect(await numbers(gaps(now, 2), gaps(then, 7))).toEqual(await numbers(now, then))
    },
  )

  test('what Evidently shuffles is shuffled in the order of rows', async () => {
    const one = read('evidently').cases.find(({ id }) => id === 'evidently-TVD-177') as Case
    const [ref, cur] = (['ref', 'cur'] as const).map((side) => dataset(texts(one, side).map((x) => ({ x })))) as [
      Dataset,
      Dataset,
    ]
    const [result] = await compare(cur.column('x'), ref.column('x'), { compat: 'evidently', method: 'TVD' })
    expect(effectOf(result)).toMatchObject({ method: 'evidently.TVD', p: one.expected.score })
  })
})
