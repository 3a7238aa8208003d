import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { agreesWith, answersAll, invariantTo, mft, monotonicIn, passMft, scored } from '../../src/behavior/index.ts'
import type { Check, CheckGroup } from '../../src/checks/check.ts'
import { evaluate, satisfiesCondition, valuesMatching, valuesOfType } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { append } from '../../src/perturbations/append.ts'
import type { Perturbation } from '../../src/perturbations/perturbation.ts'
import { uppercase } from '../../src/perturbations/uppercase.ts'
import { sql } from '../../src/sql/sql.ts'
import { type Model, model as makeModel } from '../../src/models/index.ts'
import type { ExamplesBlock } from '../../src/results/blocks/examples.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { compareRuns } from '../../src/results/compareRuns.ts'
import type { RunDocument } from '../../src/results/runDocument.ts'
import { rowsSatisfy } from '../../src/schema/rowsSatisfy.ts'
import { folderWith } from '../helpers/files.ts'
import { generate } from '../helpers/runDocument.ts'
import { examplesOf } from '../helpers/blocks.ts'

const base = generate(1)
const result = base.results[0] as CheckResult
const check = (id: string, more: Partial<CheckResult> = {}): CheckResult => ({
  ...result,
  id,
  trend: id,
  kind: id,
  status: 'pass',
  blocking: false,
  expected: 'at most 1',
  measured: '0',
  lineage: { datasets: [] },
  ...more,
})
const fails = { status: 'fail', blocking: true, measured: '2' } as const
const run = (...results: CheckResult[]): RunDocument => ({ ...base, results, datasets: [], models: [] })
const ids = (changes: readonly { readonly id: string }[]): string[] => changes.map(({ id }) => id)

test('each check is in the one list that says what became of it', () => {
  const before = run(
    check('same'),
    check('breaks'),
    check('stays', fails),
    check('mended', fails),
    check('gone'),
    check('moved'),
  )
  const after = run(
    check('same'),
    check('breaks', fails),
    check('stays', fails),
    check('mended'),
    check('new'),
    check('new and broken', fails),
    check('moved', { measured: '1' }),
  )
  const found = compareRuns(before, after)
  expect(ids(found.newlyFailing)).toEqual(['breaks', 'new and broken'])
  expect(ids(found.stillFailing)).toEqual(['stays'])
  expect(ids(found.fixed)).toEqual(['mended'])
  expect(ids(found.added)).toEqual(['new'])
  expect(ids(found.gone)).toEqual(['gone'])
  expect(ids(found.changed)).toEqual(['moved'])
})

test('a failure that is only accepted or a warning is no failure, and becomes one when it blocks', () => {
  const accepted = check('a', { status: 'accepted', measured: '2' })
  expect(ids(compareRuns(run(accepted), run(check('a', fails))).newlyFailing)).toEqual(['a'])
  expect(ids(compareRuns(run(check('a', fails)), run(accepted)).fixed)).toEqual(['a'])
  expect(compareRuns(run(accepted), run(accepted))).toEqual(compareRuns(run(), run()))
})

test('what newly fails beside the checks is told, and which run did not ask all', () => {
  const hook = { kind: 'hook', file: 'a.test.ts', line: 3, blocking: true } as const
  const killed = (at: string) =>
    ({ kind: 'run', text: `A run that began ${at} has not ended`, blocking: true }) as const
  const warned = { kind: 'unjudged', text: 'not judged', blocking: false } as const
  const whole = { exitCode: 0, status: 'passed', tests: { found: 2, ran: 2 }, files: { found: 1, ran: 1 } } as const
  const of = (...problems: RunDocument['problems']): RunDocument => ({ ...run(check('a')), outcome: whole, problems })
  const now = [{ ...hook, text: 'no db' }, killed('2026-01-02T00:00:00Z'), warned]
  expect(compareRuns(of(), of(...now)).newProblems).toEqual(now.slice(0, 2))
  expect(compareRuns(of({ ...hook, text: 'no network' }, killed('2026-01-01')), of(...now)).newProblems).toEqual([])
  const failed = { ...of(), outcome: { ...whole, exitCode: 1, status: 'failed' } } as const
  expect(compareRuns(of(), failed).newProblems).toMatchObject([{ kind: 'run' }])
  expect(compareRuns(failed, failed)).toMatchObject({ newProblems: [], partial: [] })
  const some = { ...of(), outcome: { ...whole, status: 'partial', tests: { found: 2, ran: 1 } } } as const
  expect(compareRuns(of(), some).partial).toEqual(['after'])
  expect(compareRuns(some, some).partial).toEqual(['before', 'after'])
})

test('a limit that changed is marked, since the two were judged differently', () => {
  const { changed } = compareRuns(run(check('a')), run(check('a', { expected: 'at most 2' })))
  expect(changed).toMatchObject([{ id: 'a', limitChanged: true }])
})

test('data and models with other fingerprints are named; without a fingerprint nothing is claimed', () => {
  const on = (name: string, fingerprint?: string, model?: string): CheckResult =>
    check(name, {
      lineage: {
        datasets: [{ name, source: 's', ...(fingerprint ? { fingerprint } : {}) }],
        ...(model ? { model: { name: 'm', fingerprint: model } } : {}),
      },
    })
  const { sources } = compareRuns(
    run(on('a', '1', 'x'), on('b', '1'), on('c')),
    run(on('a', '2', 'y'), on('b', '1'), on('c', '9')),
  )
  expect(sources).toEqual([
    { type: 'dataset', name: 'a', before: ['1'], after: ['2'] },
    { type: 'model', name: 'm', before: ['x'], after: ['y'] },
  ])
})

test('data that moved are named by their one name, one of several sources by its own, and models are not guessed', () => {
  const on = (source: string, fingerprint: string): CheckResult =>
    check(source, { lineage: { datasets: [{ name: 'a', source, fingerprint }] } })
  const of = (version: string): CheckResult => check(version, { lineage: { datasets: [], model: { name: version } } })
  const sourcesOf = (before: readonly CheckResult[], after: readonly CheckResult[]) =>
    compareRuns(run(...before), run(...after)).sources
  const changed = { type: 'dataset', before: ['1'], after: ['2'] }
  expect(sourcesOf([on('may.csv', '1')], [on('june.csv', '2')])).toEqual([{ ...changed, name: 'a' }])
  expect(sourcesOf([on('p', '1')], [on('p', '1'), on('q', '2')])).toEqual([])
  expect(sourcesOf([on('p', '1')], [on('p', '2'), on('q', '3')])).toEqual([{ ...changed, name: 'a (p)' }])
  expect(sourcesOf([on('p', '1'), on('q', '3')], [on('p', '2')])).toEqual([{ ...changed, name: 'a (p)' }])
  expect(sourcesOf([of('m@1'), of('m@2')], [of('m@3')])).toEqual([])
  expect(sourcesOf([of('m@1')], [of('m@2'), of('m@3')])).toEqual([])
})

test('versions of a model are pairs, and one that another stands for is named', () => {
  const of = (version: string, more: Partial<CheckResult> = {}): CheckResult =>
    check(`m@${version}.passMft~1`, {
      trend: 'm.passMft~1',
      kind: 'passMft',
      subject: { type: 'model', name: `m@${version}` },
      lineage: { datasets: [], model: { name: `m@${version}` } },
      ...more,
    })
  const found = compareRuns(run(of('1')), run(of('2', fails)))
  expect(found.newlyFailing).toMatchObject([{ id: 'm@2.passMft~1', before: { subject: { name: 'm@1' } } }])
  expect([found.gone, found.added]).toEqual([[], []])
  expect(found.sources).toEqual([{ type: 'model', name: 'm', before: ['m@1'], after: ['m@2'] }])
  // A version that both runs have is its own pair.
  const two = compareRuns(run(of('1'), of('2')), run(of('3', fails), of('2')))
  expect(two.newlyFailing).toMatchObject([{ id: 'm@3.passMft~1', before: { subject: { name: 'm@1' } } }])
  expect(two.changed).toEqual([])
})

describe('pairs', () => {
  const at = (test: string) => ({ where: { file: 'a.test.ts', test } })
  const limited = (id: string, min: number, more: Partial<CheckResult> = {}): CheckResult =>
    check(id, { trend: 't', kind: 'valuesBetween', limit: { min }, expected: `at least ${min}`, ...more })

  test('follow a changed limit, also where its words are the same', () => {
    const { changed } = compareRuns(run(limited('a', 1)), run(limited('b', 2)))
    expect(changed).toMatchObject([{ id: 'b', limitChanged: true, before: { id: 'a' } }])
    const rounded = compareRuns(run(limited('a', 1)), run(limited('b', 1)))
    // Of two datasets of one name, each is called by its source, too.
    const called = (name: string) => ({ subject: { type: 'dataset', name, source: 'p.csv' } as const })
    const named = compareRuns(run(limited('a', 1, called('orders'))), run(limited('b', 1, called('orders (p.csv)'))))
    expect(named.changed).toMatchObject([{ id: 'b', limitChanged: true }])
    expect(rounded.changed).toMatchObject([{ id: 'b', limitChanged: true }])
  })

  test('do not depend on the order of tests, of which several may ask one thing with other limits', () => {
    const before = [limited('a', 1, at('one')), limited('b', 2, at('two')), limited('c', 3, at('three'))]
    const after = [
      limited('c', 3, { ...at('three'), ...fails }),
      limited('a2', 9, at('one')),
      limited('b', 2, at('two')),
    ]
    const orders = [
      [before, after],
      [before.toReversed(), after.toReversed()],
      [[...before.slice(1), ...before.slice(0, 1)], after],
    ] as const
    const compared = orders.map(([was, is]) => compareRuns(run(...was), run(...is)))
    for (const one of compared) {
      expect(one.newlyFailing).toMatchObject([{ id: 'c', before: { id: 'c' } }])
      expect(one.changed).toMatchObject([{ id: 'a2', before: { id: 'a' }, limitChanged: true }])
      expect([one.added, one.gone]).toEqual([[], []])
    }
  })

  test('are not guessed: of two that may be meant, none is', () => {
    const found = compareRuns(run(limited('a', 1), limited('b', 2)), run(limited('c', 3), limited('d', 4)))
    expect([ids(found.added), ids(found.gone)]).toEqual([
      ['c', 'd'],
      ['a', 'b'],
    ])
  })

  test('of a question that was asked several times are of its worst result', () => {
    const before = run(check('a'), check('a', fails))
    expect(ids(compareRuns(before, run(check('a', fails), check('a'))).stillFailing)).toEqual(['a'])
    expect(ids(compareRuns(before, run(check('a'))).fixed)).toEqual(['a'])
  })

  test('follow data that moved, and tell two sources of one name apart', () => {
    const from = (id: string, source: string, more: Partial<CheckResult> = {}): CheckResult =>
      check(id, {
        kind: 'rowCount',
        subject: { type: 'dataset', name: 'orders', source },
        trend: `orders.rowCount~${id.padEnd(12, '0')}1234`,
        ...more,
      })
    const moved = compareRuns(run(from('a', 'old/orders.csv')), run(from('b', 'new/orders.csv', fails)))
    expect(moved.newlyFailing).toMatchObject([{ id: 'b', before: { id: 'a' } }])
    const named = (source: string) => ({ subject: { type: 'dataset', name: `orders (${source})`, source } as const })
    const two = compareRuns(
      run(from('a', 'p/orders.csv')),
      run(
        from('a', 'p/orders.csv', named('p/orders.csv')),
        from('b', 'q/orders.csv', { ...named('q/orders.csv'), ...fails }),
      ),
    )
    expect([ids(two.newlyFailing), ids(two.changed)]).toEqual([['b'], []])
    expect(two.newlyFailing[0]).not.toHaveProperty('before')
  })
})

test('another statement of the same data is another question: that it fails is new', async () => {
  const positive = (row: { a: number }) => row.a > 0
  const orders = dataset([{ a: -1, word: 'x' }], { name: 'orders' })
  const judged = async (one: Check | CheckGroup) => run(...(await evaluate(one)))
  const pairs: readonly (readonly [Check | CheckGroup, Check | CheckGroup])[] = [
    [satisfiesCondition(orders, sql`a > 0`), satisfiesCondition(orders, sql`word = 'y'`)],
    [valuesMatching(orders.column('word'), /^a/), valuesMatching(orders.column('word'), /^b/)],
    [valuesOfType(orders.column('word'), 'integer'), valuesOfType(orders.column('word'), 'date')],
    [rowsSatisfy(orders, ({ a }) => a > 0), rowsSatisfy(orders, ({ word }) => word === 'y')],
    [rowsSatisfy(orders, positive), rowsSatisfy(orders, ({ word }) => word === 'y')],
  ]
  for (const [before, after] of pairs) {
    const found = compareRuns(await judged(before), await judged(after))
    expect([found.newlyFailing.length, found.gone.length, found.stillFailing.length], before.kind).toEqual([1, 1, 0])
  }
})

test('another change, field, score or single case of a model is another question, other inputs and another baseline are not', async () => {
  const wrong = makeModel('m@1', (input: string | { a: number; b: number }) =>
    typeof input === 'string' ? input : 1 / (input.a * input.b),
  )
  const next = makeModel('m@2', () => 'wrong')
  const judged = async (one: Check | CheckGroup) => run(...(await evaluate(one)))
  const changed = (perturbation: Perturbation, over: readonly string[] = ['a b']) =>
    invariantTo(wrong, perturbation, { over })
  const grows = (field: string) =>
    monotonicIn(wrong, field, { over: [{ a: 1, b: 1 }], values: [1, 2], increasing: true })
  const answers = (...inputs: readonly string[]) => mft(inputs.map((input) => ({ input, expected: 'right' })))
  const agrees = (other: string) =>
    agreesWith(
      wrong,
      makeModel(other, () => 'other'),
      { on: ['a'] },
    )
  const table = 'input,expected\na,right\nb,right\n'
  const folder = await folderWith({ 'a.csv': table, 'b.csv': table, 'moved/a.csv': table })
  const fromFile = (file: string) => passMft(wrong, mft(path.join(folder, file)))
  const scoredIn = (file: string) => scored(next, { accuracy: { min: 1 } }, mft(path.join(folder, file)))
  const answering = (answer: unknown) =>
    answersAll(
      makeModel('m', () => null),
      { on: ['a'], answer },
    )
  const judging = (expected: (value: unknown) => boolean) => mft([{ input: 'a', expected }])
  const pairs: readonly (readonly [Check | CheckGroup, Check | CheckGroup, 'another' | 'the same'])[] = [
    [changed(uppercase()), changed(append('x')), 'another'],
    [changed(append('x')), changed(append('y')), 'another'],
    [grows('a'), grows('b'), 'another'],
    [
      scored(next, { accuracy: { min: 1 } }, answers('a', 'b')),
      scored(next, { kappa: { min: 1 } }, answers('a', 'b')),
      'another',
    ],
    [passMft(wrong, answers('a')), passMft(next, answers('b')), 'another'],
    [passMft(wrong, answers('a')), passMft(next, answers('a')), 'the same'],
    [passMft(wrong, answers('a', 'b')), passMft(next, answers('b', 'c')), 'the same'],
    [changed(uppercase()), changed(uppercase(), ['c d']), 'the same'],
    [agrees('old@1'), agrees('old@2'), 'the same'],
    [fromFile('a.csv'), fromFile('b.csv'), 'another'],
    [fromFile('a.csv'), fromFile('moved/a.csv'), 'the same'],
    [scoredIn('a.csv'), scoredIn('b.csv'), 'another'],
    [answering((value: unknown) => value === 1), answering((value: unknown) => value === 2), 'another'],
    [answering(z.string()), answering(z.number()), 'the same'],
    [
      passMft(
        wrong,
        judging((value) => value === 1),
      ),
      passMft(
        next,
        judging((value) => value === 2),
      ),
      'another',
    ],
  ]
  for (const [before, after, which] of pairs) {
    const found = compareRuns(await judged(before), await judged(after))
    const counts = [found.newlyFailing.length, found.gone.length, found.stillFailing.length]
    expect(counts, `${before.title}, ${after.title}`).toEqual(which === 'another' ? [1, 1, 0] : [0, 0, 1])
  }
})

describe('the cases of a behavioral test', () => {
  const model = (version: string): Model =>
    makeModel(`m@${version}`, (input: string) => (version === '1' ? input === 'b' : input !== 'b'))
  const judged = async (version: string, names: readonly string[], passRate = 0.1): Promise<RunDocument> => {
    const cases = mft(names.map((input) => ({ input, expected: 'true' })))
    return run(...(await evaluate(passMft(model(version), cases, { passRate: { min: passRate } }))))
  }

  test('that broke and that were fixed are named, also where the test passes in both runs', async () => {
    const { changed } = compareRuns(await judged('1', ['a', 'b', 'c']), await judged('2', ['a', 'b', 'c']))
    expect(changed.map(({ cases }) => cases)).toEqual([
      {
        broke: [{ key: expect.any(String), name: 'b' }],
        fixed: [
          { key: expect.any(String), name: 'a' },
          { key: expect.any(String), name: 'c' },
        ],
      },
    ])
  })

  test('are found again in another order, and it is said when they are others', async () => {
    const { changed } = compareRuns(await judged('1', ['a', 'b', 'c']), await judged('1', ['c', 'd', 'b']))
    expect(changed[0]?.cases).toEqual({
      broke: [{ key: expect.any(String), name: 'd' }],
      fixed: [{ key: expect.any(String), name: 'a' }],
      tableChanged: true,
    })
  })

  test('of one name are counted one for one', async () => {
    const twice = async (...right: readonly string[]): Promise<RunDocument> => {
      // Each a table of its own: in one, no two cases have one name.
      const cases = ['a', 'b'].flatMap((input) => mft([{ name: 'same', input, expected: 'true' }]))
      const answers = makeModel('m@1', (input: string) => right.includes(input))
      return run(...(await evaluate(passMft(answers, cases, { passRate: { min: 0.01 } }))))
    }
    const { changed, newlyFailing } = compareRuns(await twice('a'), await twice())
    expect([...changed, ...newlyFailing].map(({ cases }) => cases)).toEqual([
      { broke: [{ key: 'same', name: 'same' }], fixed: [] },
    ])
  })

  test('beyond those that a document lists are said to be unknown, never fixed or broken', async () => {
    const many = ['b', ...Array.from({ length: 1200 }, (_, i) => `case ${i}`)]
    const [was, is] = [await judged('1', many, 0.0001), await judged('2', many, 0.0001)]
    const { examples, failing } = examplesOf(was.results[0]) as ExamplesBlock
    expect([examples.length, failing]).toEqual([20, undefined])
    expect(compareRuns(was, is).changed[0]?.cases).toEqual({
      broke: [],
      fixed: examples.map(({ case: key, name }) => ({ key, name })),
      unlisted: { before: 1180, after: 0 },
    })
    expect(compareRuns(was, was).changed).toEqual([])
  })
})
