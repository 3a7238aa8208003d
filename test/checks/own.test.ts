import { expect, test } from 'vitest'
import {
  checkFromJSON,
  checkToJSON,
  defineCheck,
  defineMetric,
  evaluate,
  meanBetween,
  parameters,
  valuesBetween,
} from '../../src/checks/index.ts'
import { kindNamed } from '../../src/checks/catalogue.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { matchesSchema, rowsSatisfy } from '../../src/contracts/index.ts'
import { sql } from '../../src/sql/sql.ts'
import { temporaryFile } from '../helpers/files.ts'
import { thrown } from '../helpers/judge.ts'

const rows = dataset(
  [
    { id: 1, n: 2, word: 'aa' },
    { id: 2, n: 3, word: 'ab' },
    { id: 3, n: null, word: null },
  ],
  { name: 'rows' },
)
const n = rows.column('n')

const valuesEven = defineCheck.row({
  kind: 'valuesEven',
  title: () => 'even values',
  expected: () => 'an even number',
  asks: 'number',
  breaks: ({ value }) => sql`${value} % 2 <> 0`,
})
const range = defineMetric({
  name: 'range',
  cells: ({ value }) => [
    { fn: 'max', of: value },
    { fn: 'min', of: value },
  ],
  finish: ([max, min]) => (max === null ? null : Number(max) - Number(min)),
})
const rangeBetween = defineCheck.aggregate({ kind: 'rangeBetween', noun: 'range', metric: range })
const wordsOf = defineCheck.row({
  kind: 'wordsOf',
  parameters: [parameters.text('letters', { doc: 'the letters', example: "'ab'", role: 'asked' })],
  title: ({ letters }) => `words of ${letters}`,
  expected: ({ letters }) => `words of ${letters}`,
  holds: (text, { letters }) => text.split('').every((letter) => letters.includes(letter)),
})
const hasDay = defineCheck.run({
  kind: 'hasDay',
  parameters: [parameters.number('day', { doc: 'the day of the month', example: '1' })],
  title: ({ day }) => `day ${day}`,
  expected: ({ day }) => `day ${day}`,
  run: (_, { day }, { now }) => ({ status: now.getUTCDate() === day ? 'pass' : 'fail', measured: 'today' }),
})

test('own checks of rows count, tolerate and find the failing rows', async () => {
  const [strict, tolerant, nulls, missing] = await evaluate([
    valuesEven(n),
    valuesEven(n, { mostly: 0.5 }),
    valuesEven(n, { nulls: 'fail', severity: 'warn' }),
    valuesEven((rows as Dataset).column('m')),
  ])
  expect(strict).toMatchObject({
    kind: 'valuesEven',
    family: 'rule',
    status: 'fail',
    counts: { rows: 3, missing: 1, tested: 2, failed: 1 },
    evidence: [expect.objectContaining({ kind: 'rows', total: 1 })],
  })
  expect(tolerant).toMatchObject({ status: 'pass' })
  expect(nulls).toMatchObject({ status: 'warn', counts: { failed: 2 } })
  expect(missing).toMatchObject({ status: 'error', message: expect.stringMatching(/no column "m"/) })
  expect(await evaluate(valuesEven(rows.where({ id: 9 }).column('n')))).toMatchObject([{ status: 'vacuous' }])
})

test('a text file is read as own checks ask, and a cell that is none fails', async () => {
  const file = dataset(await temporaryFile('n.csv', 'n\n2\nx\n4\n'))
  expect(await evaluate(valuesEven(file.column('n')))).toMatchObject([{ status: 'fail', counts: { failed: 1 } }])
  expect(await evaluate(rangeBetween(file.column('n'), { max: 9 }))).toMatchObject([
    { status: 'fail', measured: 'no range: 1 cell of 3 is no number' },
  ])
})

test('own numbers share the scan of all checks of the data', async () => {
  const file = dataset(await temporaryFile('shared.csv', 'n\n2\n3\n'))
  const column = file.column('n')
  const results = await evaluate([
    rangeBetween(column, { max: 1 }),
    meanBetween(column, { min: 2 }),
    valuesBetween(column, { min: 0 }),
  ])
  expect(results.map(({ status, value }) => [status, value])).toEqual([
    ['pass', 1],
    ['pass', 2.5],
    ['pass', 1],
  ])
  expect(new Set(results.map(({ sql: queries }) => queries?.join())).size).toBe(1)
})

test('two own numbers of one name are two numbers', async () => {
  const other = defineMetric({
    name: 'range',
    cells: ({ value }) => [
      { fn: 'max', of: value },
      { fn: 'min', of: value },
    ],
    finish: () => 42,
  })
  const answer = defineCheck.aggregate({ kind: 'answerBetween', noun: 'answer', metric: other })
  const results = await evaluate([rangeBetween(n, { max: 1 }), answer(n, { min: 42 })])
  expect(results.map(({ value }) => value)).toEqual([1, 42])
})

test('texts are judged in JavaScript, datasets by code of their own, with the instant of the run', async () => {
  const now = new Date('2026-11-07T12:00:00Z')
  const word = rows.column('word')
  const results = await evaluate([wordsOf(word, 'a'), wordsOf(word, 'ab'), wordsOf(n, 'a'), hasDay(rows, 7)], { now })
  expect(results.map(({ status }) => status)).toEqual(['fail', 'pass', 'error', 'pass'])
})

test('own checks are JSON and back, and stand in contracts', async () => {
  for (const check of [valuesEven(n, { mostly: 0.5 }), rangeBetween(n, { max: 1 }), wordsOf(n, 'ab'), hasDay(rows, 7)])
    expect(checkFromJSON(rows, JSON.parse(JSON.stringify(checkToJSON(check)))).question).toEqual(check.question)
  expect(checkToJSON(wordsOf(n, 'ab'))).toEqual({ kind: 'wordsOf', column: 'n', letters: 'ab' })
  const schema = { type: 'object', 'x-assay': { checks: [{ kind: 'valuesEven', column: 'n' }] } }
  expect(await evaluate(matchesSchema(rows, schema))).toMatchObject([{ kind: 'valuesEven', status: 'fail' }])
  expect(thrown(() => kindNamed('valuesEvan'))).toMatch(/did you mean "valuesEven"\?/)
})

test('own checks that differ have ids that differ', async () => {
  const results = await evaluate([
    wordsOf(n, 'a'),
    wordsOf(n, 'b'),
    rangeBetween(n, { max: 1 }),
    rangeBetween(n, { max: 2 }),
  ])
  expect(new Set(results.map(({ id }) => id)).size).toBe(4)
  expect(new Set(results.map(({ trend }) => trend)).size).toBe(3)
})

test('a definition that is none is refused', () => {
  const row = defineCheck.row as (definition: unknown) => unknown
  const fine = { title: () => 'x', expected: () => 'x' }
  const cases: readonly (readonly [() => unknown, RegExp])[] = [
    [() => row(undefined), /defineCheck\.row: got undefined as definition/],
    [() => row({ kind: 'a b' }), /as kind, which is a name/],
    [
      () => row({ ...fine, kind: 'valuesBetween', breaks: () => sql`true` }),
      /there is a check "valuesBetween" already/,
    ],
    [() => row({ kind: 'x', expected: () => 'x' }), /x needs title, a function/],
    [() => row({ ...fine, kind: 'x' }), /either breaks or holds/],
    [() => row({ ...fine, kind: 'x', breaks: () => sql`true`, holds: () => true }), /either breaks or holds/],
    [() => (defineCheck.aggregate as (d: unknown) => unknown)({ kind: 'x', metric: range }), /needs a noun/],
    [() => (defineCheck.run as (d: unknown) => unknown)({ ...fine, kind: 'x' }), /x needs run/],
    [() => wordsOf(n, ''), /wordsOf got letters: ""/],
    [() => hasDay(rows, Number.NaN), /hasDay got day: NaN/],
    [() => valuesEven(rows as never), /valuesEven judges a column/],
    [() => valuesEven(n, { mostley: 1 } as never), /did you mean mostly\?/],
  ]
  for (const [attempt, message] of cases) expect(thrown(attempt)).toMatch(message)
})

test('what an own check throws or answers wrongly is an error, never a pass', async () => {
  const broken = defineCheck.run({
    kind: 'broken',
    title: () => 'x',
    expected: () => 'x',
    run: () => {
      throw new TypeError('oops')
    },
  })
  const silent = defineCheck.run({ kind: 'silent', title: () => 'x', expected: () => 'x', run: () => ({}) as never })
  const unsure = defineCheck.row({
    kind: 'unsure',
    title: () => 'x',
    expected: () => 'x',
    breaks: () => sql`no_such_function(1)`,
  })
  const results = await evaluate([broken(rows), silent(rows), unsure(n), valuesEven(n, { mostly: 0.5 })])
  expect(results.map(({ status }) => status)).toEqual(['error', 'error', 'error', 'pass'])
})

test('an own check that does not answer what it was asked is an error, whatever its answer looks like', async () => {
  const words = { title: () => 'x', expected: () => 'x' }
  const texts = dataset([{ t: 'a' }, { t: 'b' }]).column('t')
  const number = (finish: () => unknown) =>
    defineCheck.aggregate({
      kind: 'strange',
      noun: 'number',
      metric: defineMetric({
        name: 'strange',
        cells: ({ value }) => [{ fn: 'max', of: value }],
        finish: finish as never,
      }),
    })(n, { max: 3 })
  for (const answer of ['no', 1, undefined, null, Promise.resolve(false), Promise.resolve(true), {}]) {
    const shown = JSON.stringify(answer)
    const holds = defineCheck.row({ kind: 'strange', ...words, holds: () => answer as never })
    expect(await evaluate(holds(texts)), shown).toMatchObject([{ status: 'error' }])
    if (typeof answer !== 'number' && answer !== null)
      expect(await evaluate(number(() => answer)), shown).toMatchObject([{ status: 'error' }])
    const judged = defineCheck.aggregate({
      kind: 'strange',
      noun: 'number',
      metric: defineMetric({ name: 'one', cells: ({ value }) => [{ fn: 'max', of: value }], finish: () => 1 }),
      judge: () => answer as never,
    })
    expect(await evaluate(judged(n, { max: 3 })), shown).toMatchObject([{ status: 'error' }])
    const run = defineCheck.run({
      kind: 'strange',
      ...words,
      run: () => ({ status: 'pass', measured: answer === 'no' ? undefined : answer }) as never,
    })
    expect(await evaluate(run(rows)), shown).toMatchObject([{ status: 'error' }])
  }
  expect(await evaluate(number(() => Number.NaN))).toMatchObject([{ status: 'error' }])
  const unknown = defineCheck.row({
    kind: 'strange',
    ...words,
    breaks: ({ value }) => sql`nullif(${value}, ${value}) > 1`,
  })
  expect(await evaluate(unknown(n)), 'a condition that is null').toMatchObject([{ status: 'fail' }])
})

test('rows are held to a function, which answers true or false', async () => {
  const judge = async (...args: Parameters<typeof rowsSatisfy> extends [unknown, ...infer A] ? A : never) =>
    (await evaluate(rowsSatisfy(rows, ...args)))[0]
  const sane = (row: { n: number | null }) => row.n === null || row.n === undefined || row.n > 2
  expect(await judge(sane)).toMatchObject({
    kind: 'rowsSatisfy',
    status: 'fail',
    title: 'rows that satisfy sane',
    counts: { rows: 3, missing: 0, tested: 3, failed: 1 },
    evidence: [expect.objectContaining({ kind: 'rows', total: 1 })],
  })
  expect(await judge((row) => row.id > 0)).toMatchObject({ status: 'pass' })
  expect(await judge(async (row) => row.id < 3, { mostly: 0.6 })).toMatchObject({ status: 'pass' })
  expect(await judge((row) => row.id < 3, { severity: 'warn', says: 'few ids' })).toMatchObject({
    status: 'warn',
    expected: 'few ids',
  })
  expect(await judge(() => true)).toMatchObject({ status: 'vacuous', blocking: true })
  expect(await judge(() => true, { allowEmpty: true })).toMatchObject({ status: 'pass' })
  expect(await judge(() => undefined as never)).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/answered undefined/),
  })
  expect(await judge((row) => row.nothing.at > 0)).toMatchObject({ status: 'error' })
  expect(await evaluate(rowsSatisfy(rows.where({ id: 9 }), (row) => row.id > 0))).toMatchObject([{ status: 'vacuous' }])
  expect(thrown(() => rowsSatisfy(rows, 5 as never))).toMatch(/got 5, not a function/)
  expect(thrown(() => rowsSatisfy(rows, sql`n > 2` as never))).toMatch(/toSatisfyCondition/)
})
