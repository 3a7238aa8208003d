import { describe, expect, test } from 'vitest'
import { invariantTo } from '../../src/behavior/kinds/invariantTo.ts'
import { mft } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { givenInputs, type Inputs } from '../../src/behavior/inputs.ts'
import { run } from '../../src/behavior/run/run.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { answer, readAnswer } from '../../src/models/answer.ts'
import { model } from '../../src/models/model.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { perturb } from '../../src/perturbations/index.ts'
import { sql } from '../../src/sql/sql.ts'
import { temporaryFile } from '../helpers/files.ts'
import { examplesOf, overallOf, ratesOf } from '../helpers/blocks.ts'
import { judge } from '../helpers/judge.ts'
import { newTables } from '../helpers/tables.ts'

const plain = {
  signal: undefined,
  ask: (one: number) => [one],
  capability: () => 'any',
  key: ({ unit }: { unit: number }) => String(unit),
  example: ({ unit, outcome }: { unit: number; outcome: false | string }) => ({
    input: String(unit),
    expected: '',
    got: String(outcome),
  }),
}

test('a judge may take its time, give a score with its reason, say that it does not apply or cannot tell', async () => {
  const found = await run([0, 1, 2, 3, 4], {
    ...plain,
    model: model('m@1', (n: number) => n),
    example: ({ unit, reason, outcome }) => ({
      input: String(unit),
      expected: '',
      got: String(outcome),
      reason: reason ?? '',
    }),
    judge: async (one) =>
      [true, { passed: false, score: 0.2, reason: 'rude' }, undefined, 'the judge was busy', { passed: true }][one],
  })
  expect(found.total).toEqual({ cases: 5, passed: 2, failed: 1, errors: 1 })
  expect(found.failing.examples).toEqual([
    { case: '1', input: '1', expected: '', got: 'false', reason: 'rude' },
    { case: '3', input: '3', expected: '', got: 'the judge was busy', reason: '' },
  ])
})

test('cases may stream in, and only those at hand are held', async () => {
  let made = 0
  let most = 0
  let judged = 0
  async function* cases() {
    for (; made < 100_000; made++) {
      most = Math.max(most, made - judged)
      yield made
    }
  }
  const found = await run(cases(), {
    ...plain,
    model: model('m@1', (n: number) => n),
    judge: (one, [got]) => (judged++, got?.value === one),
  })
  expect(found.total.passed).toBe(100_000)
  expect(most).toBeLessThan(10_000)
})

test('a repeated case passes when it does each time', async () => {
  let calls = 0
  const moody = model('moody@1', (text: string) => (text === 'b' && ++calls === 3 ? 'no' : 'yes'))
  const cases = mft(['a', 'b'].map((input) => ({ input, expected: 'yes' })))
  expect((await judge(passMft(moody, cases))).status).toBe('pass')
  const result = await judge(passMft(moody, cases, { repeats: 5 }))
  expect(result.evidence).toMatchObject([
    { overall: { passed: 1, failed: 1 } },
    { examples: [{ input: 'b', got: 'no' }] },
  ])
  for (const repeats of [0, 1.5, '2'] as never[]) expect(() => passMft(moody, cases, { repeats })).toThrow(/repeats: /)
})

describe('rows of a dataset are inputs, in pages that lose and double none', async () => {
  const n = 20_000
  const csv = await temporaryFile(
    'rows.csv',
    `id,name\n${Array.from({ length: n }, (_, i) => `${i},row ${i}`).join('\n')}\n`,
  )
  const parquet = csv.replace(/csv$/, 'parquet')
  const engine = await sharedDuckDB()
  await engine.query(sql`copy (from read_csv(${csv})) to ${parquet} (row_group_size 5000)`)
  const memory = Array.from({ length: n }, (_, i) => ({ id: i, name: `row ${i}` }))
  const whole = {
    memory: dataset(memory, { name: 'rows' }),
    csv: dataset(csv),
    parquet: dataset(parquet),
  }
  const isLater = ({ id }: { id: number }) => id >= 3000
  const cases = Object.entries(whole).flatMap(([kind, rows]) => [
    { kind, rows, expected: memory },
    // The rows of a slice keep their numbers in the whole, which have gaps.
    { kind: `${kind}, all but the first`, rows: rows.where(sql`id >= 3000`), expected: memory.filter(isLater) },
    { kind: `${kind}, the last row`, rows: rows.where({ id: n - 1 }), expected: memory.slice(-1) },
    { kind: `${kind}, sampled`, rows: rows.sample(17_000), expected: undefined },
  ])
  const read = async (over: Inputs) => {
    const inputs: unknown[] = []
    const context = { relation: relationOf, now: new Date(0), signal: undefined } as never
    let inOrder = true
    for await (const { input, row } of givenInputs(over, 'test', 'over').read(context))
      inOrder &&= inputs.push(input) === row + 1
    expect(inOrder).toBe(true)
    return inputs
  }
  const text = ({ id: number, name }: { id: unknown; name: string }) => `${String(number)} ${name}`
  test.each(cases)('$kind', async ({ rows, expected }) => {
    const copies = await newTables(engine, { named: /^assay_pages/ })
    const texts = await read(rows.column('name'))
    const records = (await read(rows)) as { id: unknown; name: string }[]
    expect(texts.join('\n')).toBe(records.map(({ name }) => name).join('\n'))
    if (expected) expect(records.map(text).join('\n')).toBe(expected.map(text).join('\n'))
    else expect(new Set(texts).size).toBe(17_000)
    expect(await copies()).toEqual([])
  })
})

test('a change of records and pairs may have a known answer', async () => {
  const older = model('older@1', ({ a, b }: { a: number; b: number }) => (a > b ? 'a' : a < b ? 'b' : 'same'))
  const swap = {
    name: 'swap',
    seed: 1,
    apply: ({ a, b }: { a: number; b: number }) => ({ a: b, b: a }),
  } as Parameters<typeof invariantTo>[1]
  const over = [
    { a: 1, b: 2 },
    { a: 5, b: 2 },
    { a: 3, b: 3 },
    { a: 3, b: 4 },
  ]
  const becomes = { a: 'b', b: 'a' }
  expect(await judge(invariantTo(older, swap, { over, becomes }))).toMatchObject({
    status: 'pass',
    evidence: [{ unchanged: 1, overall: { passed: 3, notApplicable: 1 } }, {}],
  })
  const reversed = (answer: string) => (answer === 'a' ? 'b' : 'a')
  expect((await judge(invariantTo(older, swap, { over, becomes: reversed }))).status).toBe('pass')
  expect(overallOf(await judge(invariantTo(older, swap, { over })))?.failed).toBe(3)
  expect(
    examplesOf(
      await judge(
        invariantTo(
          model('stuck@1', () => 'a'),
          swap,
          { over, becomes },
        ),
      ),
    )?.examples[0],
  ).toMatchObject({ expected: 'b', got: 'a', before: 'a' })
  expect(() => invariantTo(older, swap, { over, becomes: {} })).toThrow(/becomes/)
})

test('a known answer to answers that no input has shows nothing, though all stay as they are', async () => {
  const stays = model('stuck@1', ({ sure }: { sure: boolean }) => (sure ? 'yes' : 'no'))
  const ask = (becomes: Record<string, string>, sure = true) =>
    judge(invariantTo(stays, perturb.extraField('not', true), { over: [{ sure }, { sure: false }], becomes }))
  expect(await ask({ Yes: 'No', '"No"': 'Yes' })).toMatchObject({
    status: 'vacuous',
    blocking: true,
    measured: 'nothing to judge',
    message: expect.stringMatching(/^no answer before the change is one that becomes names \("Yes", "\\"No\\""\)/),
  })
  expect((await ask({ yes: 'yes' })).status).toBe('pass')
  expect((await ask({ yes: 'yes' }, false)).status).toBe('vacuous')
  expect((await ask({ yes: 'no' })).status).toBe('fail')
  const long = (end: string) => 'word '.repeat(200) + end
  const writes = model('long@1', ({ not }: { not?: boolean }) => long(not ? 'b' : 'a'))
  const texts = { over: [{}], becomes: { [long('a')]: long('b') } }
  expect((await judge(invariantTo(writes, perturb.extraField('not', true), texts))).status).toBe('pass')
  const flips = model('flips@1', ({ not }: { not?: boolean }) => (not ? 'no' : 'yes'))
  const other = invariantTo(flips, perturb.extraField('not', true), { over: [{}], becomes: { Yes: 'No' } })
  expect((await judge(other)).status).toBe('fail')
})

test('several forms of one input are one case; nothing and the same again are no change', async () => {
  const several = { name: 'cases', seed: 1, apply: (text: string) => [text.toUpperCase(), text.toLowerCase()] }
  const tested = model('m@1', (text: string) => (text === 'ABC' ? 'loud' : 'quiet'))
  const result = await judge(invariantTo(tested, several as never, { over: ['Abc', 'ABC', 'd', '1'] }))
  expect(ratesOf(result)).toMatchObject({ unchanged: 1, overall: { cases: 4, passed: 1, failed: 2 } })
  expect(examplesOf(result)?.examples).toMatchObject([
    { input: 'Abc', perturbed: 'ABC', expected: 'quiet', got: 'loud' },
    { input: 'ABC', perturbed: 'abc', expected: 'loud', got: 'quiet' },
  ])
  const nothing = { name: 'nothing', seed: 1, apply: () => undefined }
  expect(await judge(invariantTo(tested, nothing, { over: ['a', 'b'] }))).toMatchObject({
    status: 'vacuous',
    message: 'nothing changed none of the 2 inputs, so nothing was shown',
  })
})

test('an answer carries scores, usage and trace beside its value', async () => {
  expect(readAnswer(answer({ value: 'yes', scores: { yes: 1 }, usage: { inputTokens: 3 }, trace: ['a'] }))).toEqual({
    value: { label: 'yes', scores: { yes: 1 } },
    scores: { yes: 1 },
    usage: { inputTokens: 3 },
    trace: ['a'],
  })
  expect(readAnswer(answer({ value: undefined }))).toEqual({ error: 'answered undefined' })
  const tested = model('m@1', () => answer({ value: 'yes', scores: { yes: 1 } }))
  expect((await judge(passMft(tested, mft([{ input: 'a', expected: 'yes' }])))).status).toBe('pass')
  expect((await judge(invariantTo(tested, perturb.typos(), { over: ['ab'] }))).status).toBe('pass')
})

test('a second parameter of the function hears when its call is given up', async () => {
  let given: AbortSignal | undefined
  const late = model('late@1', (_: string, { signal }) => ((given = signal), new Promise(() => {})), { timeout: 20 })
  expect((await late.predict(['a']))[0]?.error).toBe('did not answer within 20 ms')
  expect(given?.aborted).toBe(true)
})
