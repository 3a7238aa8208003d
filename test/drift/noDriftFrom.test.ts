import { blocksOf } from '../../src/results/blocks/index.ts'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { type DriftOptions, noDriftFrom } from '../../src/drift/index.ts'
import { shareFinding } from '../../src/drift/shareFinding.ts'
import { compare, many, normal, only, random, rowsOf } from './data.ts'
import { numberOf } from '../helpers/blocks.ts'

const table = (count: number, seed: number, shift = 0) => {
  const next = random(seed)
  return many(count, () => ({ a: normal(next) + shift, b: normal(next), c: next() < 0.3 ? 'x' : 'y' }))
}

describe('verdicts', () => {
  test('every shared column has a result of its own', async () => {
    const results = await compare(
      dataset(table(3000, 1, 1), { name: 'now' }),
      dataset(table(3000, 2), { name: 'then' }),
    )
    expect(results.map(({ subject, status }) => [subject.column, status])).toEqual([
      ['a', 'fail'],
      ['b', 'pass'],
      ['c', 'pass'],
    ])
    expect(results[0]).toMatchObject({ title: 'no drift from then', subject: { name: 'now', reference: 'then' } })
    expect(results[0]?.lineage.datasets).toHaveLength(2)
    expect(results[0]?.scans).toBeGreaterThan(0)
    expect(new Set(results.map(({ id }) => id)).size).toBe(3)
  })

  test('too few rows are inconclusive and say how many would decide', async () => {
    const result = await only(dataset(table(20, 3)).column('a'), dataset(table(5000, 4)).column('a'))
    expect(result).toMatchObject({ status: 'inconclusive', blocking: false })
    const rows = numberOf(result)?.rowsToDecide ?? 0
    expect(rows).toBeGreaterThan(20)
    expect(result.message).toMatch(
      /too little evidence in 20 against 5,000 rows: about [\d,]+ rows of the current data would decide/,
    )
  })

  test('that many rows of the current side decide nine times in ten when nothing moved, and far fewer seldom do', async () => {
    const next = random(77)
    const draws: Readonly<Record<string, () => unknown>> = {
      kolmogorovSmirnov: () => normal(next),
      largestShare: () => (next() < 0.7 ? 'a' : next() < 0.5 ? 'b' : 'c'),
      cramersV: () => next() < 0.7,
    }
    for (const [method, draw] of Object.entries(draws)) {
      const reference = rowsOf(many(2000, draw))
      const few = await only(rowsOf(many(15, draw)), reference, { method })
      expect(few.status).toBe('inconclusive')
      const rows = numberOf(few)?.rowsToDecide as number
      const passes = async (count: number) => {
        const calls = await Promise.all(many(12, () => only(rowsOf(many(count, draw)), reference, { method })))
        return calls.filter(({ status }) => status === 'pass').length
      }
      // 11 of 12 expected; at a quarter of the rows none or few.
      expect(await passes(Math.ceil(rows * 1.1))).toBeGreaterThanOrEqual(8)
      expect(await passes(Math.ceil(rows / 4))).toBeLessThanOrEqual(6)
    }
  })

  test('onInconclusive decides what too little evidence means', async () => {
    const [a, b] = [dataset(table(20, 3)).column('a'), dataset(table(500, 4)).column('a')]
    expect(await only(a, b, { onInconclusive: 'fail' })).toMatchObject({ status: 'inconclusive', blocking: true })
    expect(await only(a, b, { onInconclusive: 'pass' })).toMatchObject({ status: 'pass', blocking: false })
    const mild = { onInconclusive: 'fail', severity: 'warn' } as const
    expect(await only(a, b, mild)).toMatchObject({ status: 'inconclusive', blocking: false })
    expect(await only(a, b)).toMatchObject({ status: 'inconclusive', blocking: false })
  })

  test('severity warn reports drift without failing the test', async () => {
    const result = await only(rowsOf(many(2000, (i) => i)), rowsOf(many(2000, (i) => -i)), { severity: 'warn' })
    expect(result).toMatchObject({ status: 'warn', blocking: false })
  })

  test('the limit of a column is its own', async () => {
    const [a, b] = [dataset(table(3000, 1, 1)), dataset(table(3000, 2))]
    const results = await compare(a, b, { limit: { a: 0.6 } })
    expect(results[0]).toMatchObject({ status: 'pass', expected: 'D at most 0.6', limit: { max: 0.6 } })
    expect(results[1]?.expected).toBe('D at most 0.1')
  })

  test('fails are corrected for the columns of the call (Holm), passes are not', async () => {
    const [a, b] = [dataset(table(400, 1, 0.6)), dataset(table(400, 2))]
    const one = await only(a, b, { columns: ['a'] })
    const [of3, second] = await compare(a, b)
    expect(numberOf(one)?.adjustedP).toBeGreaterThan(0)
    expect(numberOf(of3)?.p).toBe(numberOf(one)?.p)
    expect(numberOf(of3)?.adjustedP).toBeCloseTo(3 * (numberOf(one)?.adjustedP ?? 0), 12)
    const [low, high] = numberOf(of3)?.interval ?? [0, 0]
    expect(low).toBeLessThan(numberOf(one)?.interval?.[0] ?? 0)
    expect(high).toBe(numberOf(one)?.interval?.[1])
    const alone = await only(a, b, { columns: ['b'] })
    expect(numberOf(second)?.interval?.[1]).toBe(numberOf(alone)?.interval?.[1])
  })

  test('columns that are not compared count for nothing in the correction', async () => {
    const with_ = (rows: ReturnType<typeof table>) =>
      dataset(rows.map((row) => ({ ...row, tags: [1], more: { x: 1 } })))
    const [plain] = await compare(dataset(table(400, 1, 0.5)), dataset(table(400, 2)))
    const results = await compare(with_(table(400, 1, 0.5)), with_(table(400, 2)))
    const beside = results.find(({ subject }) => subject.column === 'a')
    expect(numberOf(beside)?.adjustedP).toBe(numberOf(plain)?.adjustedP)
    expect(beside?.status).toBe(plain?.status)
    // Nor do they count as evidence: what else is undecided stays so.
    expect(results.find(({ subject }) => subject.column === 'tags')?.status).toBe('inconclusive')
  })

  test('a difference that surely is one, but not surely over the limit, is no drift yet', async () => {
    const shifted = await only(dataset(table(3000, 1, 0.25)).column('a'), dataset(table(3000, 2)).column('a'))
    expect(numberOf(shifted)?.p).toBeLessThan(1e-6)
    expect(shifted.status).toBe('inconclusive')
    expect(numberOf(shifted)?.adjustedP).toBeGreaterThan(0.05)
  })

  test('the settings of a column are its own, and * stands for the others', async () => {
    const [a, b] = [dataset(table(700, 1, 0.1)), dataset(table(700, 2))]
    const results = await compare(a, b, {
      limit: { '*': 0.3, a: 0.11 },
      method: { '*': 'kolmogorovSmirnov', c: 'largestShare' },
      confidence: { '*': 0.9, b: 0.99 },
      onInconclusive: { a: 'fail', '*': 'pass' },
    })
    expect(results.map((result) => [result.expected, numberOf(result)?.confidence])).toEqual([
      ['D at most 0.11', 0.9],
      ['D at most 0.3', 0.99],
      ['L∞ at most 0.3', 0.9],
    ])
    expect(results[0]).toMatchObject({ status: 'inconclusive', blocking: true })
    // Of columns of two names it is the one of the current data that settings name.
    const judged = async (confidence: Readonly<Record<string, number>>) =>
      (await only(dataset(table(900, 1)).column('a'), dataset(table(900, 2)).column('b'), { confidence })).status
    expect(await judged({ a: 0.999999, '*': 0.6 })).toBe('inconclusive')
    expect(await judged({ a: 0.6, '*': 0.999999 })).toBe('pass')
  })

  test('an effect that is larger than the least detectable one is drift', async () => {
    const reference = rowsOf(many(500, (i) => i))
    const result = await only(rowsOf(many(500, (i) => i)), reference)
    const shift = (by: number) => rowsOf(many(500, (i) => i + Math.ceil(500 * by)))
    const least = numberOf(result)?.leastDetectable ?? 0
    expect((await only(shift(least + 0.01), reference)).status).toBe('fail')
    expect((await only(shift(least - 0.01), reference, { findings: false })).status).not.toBe('fail')
  })

  test.each([
    [2000, 2000],
    [300, 5000],
  ])('so is a change of a share, of %s rows against %s', async (rows, referenceRows) => {
    const side = (count: number, share: number) => rowsOf(many(count, (i) => (i < count * share ? 'a' : 'b')))
    const judged = (change: number) => only(side(rows, 0.5 + change), side(referenceRows, 0.5), { findings: false })
    const least = numberOf(await judged(0))?.leastDetectable ?? 0
    expect((await judged(least + 0.01)).status).toBe('fail')
    expect((await judged(least - 0.01)).status).not.toBe('fail')
  })
})

describe('columns', () => {
  test('a column that the current data lacks fails; one that only it has is listed', async () => {
    const results = await compare(
      dataset(many(300, (i) => ({ a: i, extra: 1 }))),
      dataset(many(300, (i) => ({ a: i, gone: 2 }))),
    )
    expect(results.map(({ subject, status, blocking }) => [subject.column, status, blocking])).toEqual([
      ['a', 'pass', false],
      ['gone', 'fail', true],
      ['extra', 'warn', false],
    ])
    expect(results[2]?.message).toContain('"extra"')
    const calm = await compare(dataset([{ a: 1, extra: 1 }]), dataset([{ a: 1 }]), { except: ['extra'] })
    expect(calm).toHaveLength(1)
  })

  test('different types are an error that names both and leaves the other columns alone', async () => {
    const results = await compare(
      dataset(many(2000, (i) => ({ a: `${i % 5}`, b: i % 5 }))),
      dataset(many(2000, (i) => ({ a: i % 5, b: i % 5 }))),
    )
    expect(results[0]).toMatchObject({ status: 'error', blocking: true })
    expect(results[0]?.message).toMatch(/"a" holds string values .*in the current data and integer values .*reference/)
    expect(results[1]?.status).toBe('pass')
  })

  test('a value without distribution is not compared, and says so', async () => {
    const nested = dataset(many(50, (i) => ({ tags: [`tag ${i}`], n: i })))
    const results = await compare(nested, nested)
    expect(results[0]?.status).not.toBe('pass')
    expect(results[0]?.message).toMatch(/tags/)
  })

  test('two datasets without a shared column are an error', async () => {
    const result = await only(dataset([{ a: 1 }]), dataset([{ b: 1 }]))
    expect(result).toMatchObject({ status: 'error', blocking: true })
    expect(result.message).toContain('share no column')
  })

  test('an empty side is vacuous', async () => {
    for (const [a, b] of [
      [[], [{ x: 1 }]],
      [[{ x: 1 }], []],
      [[], []],
    ] as const) {
      const result = await only(dataset(a), dataset(b))
      expect(result).toMatchObject({ status: 'vacuous', blocking: true })
    }
    const none = await only(rowsOf([1, 2]).where({ x: 3 }), rowsOf([1, 2]))
    expect(none.message).toContain('the current data has no rows')
  })

  test('a column is compared with a column of another name', async () => {
    const rows = many(2000, (i) => ({ before: i, after: i + 1000 }))
    const result = await only(dataset(rows).column('after'), dataset(rows).column('before'))
    expect(result).toMatchObject({ status: 'fail', subject: { column: 'after', reference: 'records.before' } })
    expect(numberOf(result)?.value).toBe(0.5)
  })

  test('a column that is not there is an error with the nearest name', async () => {
    const rows = dataset([{ price: 1 }])
    const result = await only(rows.column('pric' as string), rows)
    expect(result.message).toContain('did you mean "price"?')
    const listed = await only(rows, rows, { columns: ['prise'] })
    expect(listed).toMatchObject({ status: 'error', message: expect.stringContaining('"price"') })
  })

  test('values of a column that is private on either side are shown nowhere', async () => {
    const people = (word: string, shift: number, pii: readonly string[]) =>
      dataset(
        many(2000, (i) => ({ who: `${word}-${i % 4}`, income: 777_000 + shift + (i % 100) })),
        { pii },
      )
    const secret = ['who', 'income']
    for (const [here, there] of [
      [secret, secret],
      [secret, []],
      [[], secret],
    ] as const) {
      const results = await compare(people('alice', 0, here), people('bob', 5000, there))
      expect(results.map(({ status }) => status)).toEqual(['fail', 'fail'])
      // Digits of a fingerprint say nothing of the values.
      const shown = JSON.stringify(results.map(({ lineage: _, ms: __, ...rest }) => rest))
      expect(shown).not.toMatch(/alice|bob|777|782/)
      expect(results.flatMap((result) => blocksOf(result, 'distributions'))).toEqual([])
    }
  })
})

describe('text files', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'assay-drift-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const csv = (name: string, cells: readonly string[]) => {
    const file = path.join(folder, name)
    writeFileSync(file, `id,x\n${cells.map((cell, i) => `${i},${cell}`).join('\n')}\n`)
    return dataset(file, { types: { x: 'number' } }).column('x')
  }

  test('cells that are no numbers are part of the distribution', async () => {
    const good = csv(
      'good.csv',
      many(2000, (i) => String(i)),
    )
    const bad = csv(
      'bad.csv',
      many(2000, (i) => (i % 5 === 0 ? 'oops' : i % 5 === 1 ? '' : String(i))),
    )
    const result = await only(bad, good)
    expect(result.status).toBe('fail')
    expect(numberOf(result)).toMatchObject({ current: { rows: 2000, missing: 400 } })
    expect(result.message).toContain('missing 0 % → 20 %')
    expect(result.message).toContain('not a number 0 % → 20 %')
  })
})

describe('flights', () => {
  const flights = dataset('node_modules/vega-datasets/data/flights-3m.parquet')

  test('flights from Seattle go farther than flights in general', async () => {
    const results = await compare(flights.where({ origin: 'SEA' }), flights, {
      columns: ['delay', 'distance', 'origin'],
    })
    const by = Object.fromEntries(results.map((result) => [result.subject.column, result]))
    expect(by.distance?.status).toBe('fail')
    expect(by.origin?.status).toBe('fail')
    expect(by.delay?.status).toBe('pass')
    expect(by.distance?.subject).toMatchObject({ slice: 'origin = "SEA"', reference: 'flights-3m' })
    expect(by.origin?.message).toContain('"SEA"')
  })
})

describe('wrong questions', () => {
  const [a, b] = [dataset([{ x: 1 }]), dataset([{ x: 1 }])]
  test.each<[string, unknown, RegExp]>([
    ['an unknown option', { limits: 0.1 }, /"limits".*\n.*did you mean limit\?/],
    ['a limit of 0', { limit: 0 }, /limit: 0/],
    ['a limit of 1', { limit: { x: 1 } }, /limit: 1 for column "x"/],
    ['an unknown method', { method: 'cramerV' }, /did you mean "cramersV"/],
    ['a confidence in percent', { confidence: 95 }, /confidence: 95/],
    ['no columns', { columns: [] }, /columns: \[\]/],
    ['a text as columns', { columns: 'x' }, /list of column names/],
    ['an unknown answer to too little evidence', { onInconclusive: 'skip' }, /onInconclusive: skip/],
  ])('%s is an error at once', (_, options, message) => {
    expect(() => noDriftFrom(a, b, options as DriftOptions)).toThrow(message)
  })

  test('a limit for a column that is on neither side is an error', async () => {
    const result = await only(a, b, { limit: { y: 0.2 } })
    expect(result).toMatchObject({ status: 'error', message: expect.stringContaining('"y"') })
  })

  test('what is no dataset is an error at once', () => {
    expect(() => noDriftFrom([{ x: 1 }] as never, b)).toThrow(/got an array as the current data/)
    expect(() => noDriftFrom(a, undefined as never)).toThrow(/got undefined as the reference/)
    expect(() => noDriftFrom(a, b.column('x'))).toThrow(/compare column with column/)
  })

  test('a method that cannot compare the column is an error', async () => {
    const words = rowsOf(['a', 'b'])
    const result = await only(words, words, { method: 'kolmogorovSmirnov' })
    expect(result.message).toContain('kolmogorovSmirnov cannot compare')
  })
})

test('what is looked for beside the effects has a fifth of the level, by Holm over all of it', async () => {
  const rows = 400
  const side = (missing: number, name: string) =>
    dataset(
      many(rows, (i) => ({ a: i < missing ? null : i % 50, b: i % 50 })),
      { name },
    )
  const asked = { missing: 0.02, unseen: false, spread: false, odds: false, many: false } as const
  const seen: boolean[] = []
  for (let missing = 12; missing <= 26; missing++) {
    const results = await compare(side(missing, 'now'), side(0, 'then'), { findings: asked })
    const [finding] = shareFinding('missing', [missing, rows], [0, rows])
    const p = finding?.over(0.02) as number
    seen.push(results.some(({ status }) => status === 'fail'))
    expect(seen.at(-1), `${missing} missing, p = ${p}`).toBe(p <= 0.05 / 5)
  }
  expect(new Set(seen).size).toBe(2)
})

test('effects have the other four fifths, and all of the level where nothing else is looked for', async () => {
  const [a, b] = [dataset(table(400, 1, 0.5)).column('a'), dataset(table(400, 2)).column('a')]
  const beside = numberOf(await only(a, b))?.adjustedP as number
  const alone = numberOf(await only(a, b, { findings: false }))?.adjustedP as number
  expect(beside).toBeGreaterThan(0)
  expect(beside).toBeCloseTo(alone / 0.8, 12)
  // Bounds of fails are those of that level.
  const shared = await only(a, b)
  const whole = await only(a, b, { findings: false, confidence: 0.96 })
  expect(numberOf(shared)?.interval?.[0]).toBe(numberOf(whole)?.interval?.[0])
})
