import { writeFileSync } from 'node:fs'
import path from 'node:path'
import vader from 'vader-sentiment'
import { describe, expect, test } from 'vitest'
import { invariantTo } from '../../src/behavior/kinds/invariantTo.ts'
import { mft } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { model } from '../../src/models/model.ts'
import { perturb } from '../../src/perturbations/index.ts'
import { examplesOf, overallOf, ratesOf } from '../helpers/blocks.ts'
import { judge } from '../helpers/judge.ts'
import { temporaryFolder } from '../helpers/files.ts'

const folder = temporaryFolder()
function table(name: string, text: string): string {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return file
}

const sentiment = model('vader@1.1.3', (text: string) => {
  const { compound } = vader.SentimentIntensityAnalyzer.polarity_scores(text)
  return compound >= 0.05 ? 'positive' : compound <= -0.05 ? 'negative' : 'neutral'
})

describe('case tables', () => {
  test('are arrays with names, capabilities and lines', () => {
    const file = table('cases.csv', 'capability,input,expected\nnegation,"not, good",negative\n\nwords,bad,negative\n')
    expect(mft(file)).toEqual([
      {
        name: 'not, good',
        capability: 'negation',
        input: 'not, good',
        expected: 'negative',
        compare: 'equals',
        line: 2,
        table: 'cases.csv',
      },
      {
        name: 'bad',
        capability: 'words',
        input: 'bad',
        expected: 'negative',
        compare: 'equals',
        line: 4,
        table: 'cases.csv',
      },
    ])
  })

  test('name their checks: by the table, the name it was given, or the one capability', async () => {
    const file = table('greetings.csv', 'input,expected\na,b\nc,d\n')
    const rows = [
      { input: 'a', expected: 'x', capability: 'tone' },
      { input: 'b', expected: 'x' },
    ]
    const titles = [
      [mft(file), 'minimum functionality, greetings.csv'],
      [mft(file, { name: 'greetings' }), 'minimum functionality, greetings'],
      [mft(rows, { name: 'tones' }), 'minimum functionality, tones'],
      [mft([rows[0] as never, { ...rows[0], input: 'c' } as never]), 'minimum functionality, tone'],
      [[...mft(file), ...mft(rows)], 'minimum functionality'],
    ] as const
    for (const [cases, title] of titles)
      expect(
        passMft(
          model('m', () => 'x'),
          cases,
        ).title,
      ).toBe(title)
    for (const name of ['', ' ', 3, null])
      expect(() => mft(rows, { name: name as never })).toThrow(/got (a|an|the|null).* as name/)
    const [result] = await evaluate(
      passMft(
        model('m', () => 'y'),
        mft(rows, { name: 'tones' }),
      ),
    )
    // Cases without a capability are counted under their table, and so are their examples; the limit is the whole test's.
    expect(ratesOf(result)?.parts.map(({ name, limit }) => [name, limit])).toEqual([
      ['tone', undefined],
      ['tones', undefined],
    ])
    expect(overallOf(result)?.limit).toBe(1)
    expect(examplesOf(result)?.examples.map(({ capability }) => capability)).toEqual(['tone', 'tones'])
  })

  test('fields make inputs that are objects', () => {
    const [one] = mft(table('fields.csv', 'input.age,input.job,expected\n30,cook,yes\n'))
    expect(one?.input).toEqual({ age: '30', job: 'cook' })
  })

  test.each([
    [
      'no-expected.csv',
      'input,expcted\na,b\n',
      /has no column "expected"; its columns are "input", "expcted"\n.*rename "expcted" to "expected"/,
    ],
    ['no-input.csv', 'text,expected\na,b\n', /has no column "input"/],
    ['empty.csv', '', /is empty/],
    ['header.csv', 'input,expected\n', /has a header but no case/],
    ['nothing.csv', 'input,expected\na,b\nc,\n', /line 3 of .* expects nothing/],
    ['compare.csv', 'input,expected,compare\na,b,equal\n', /line 2 of .* compares by "equal"\n.*did you mean equals/],
    ['range.csv', 'input,expected,compare\na,3,range\n', /line 2 of .* expects "3"\n.*low\.\.high/],
    ['regex.csv', 'input,expected,compare\na,(,matches\n', /regular expression/],
    ['ragged.csv', 'input,expected\na,b,c\n', /cannot be read.*\n?.*/],
    [
      'contradiction.csv',
      'input,expected\na,b\na,c\n',
      /line 3 of .* expects "c" for "a", and line 2 of .* expects "b"/,
    ],
  ])('%s is refused with its place', (name, text, message) => {
    expect(() => mft(table(name, text))).toThrow(message)
  })

  test('a missing file and rows that are none are refused', () => {
    expect(() => mft(path.join(folder, 'nowhere.csv'))).toThrow(/there is no case table/)
    expect(() => mft([])).toThrow(/no case at all/)
    expect(() => mft([{ input: 'a' } as never])).toThrow(/row 1 has no expected/)
    expect(() => mft(undefined as never)).toThrow(/pass a path to a CSV file/)
  })
})

describe('minimum functionality', () => {
  const cases = mft([
    { input: 'a great day', expected: 'positive', capability: 'words' },
    { input: 'an awful day', expected: 'negative', capability: 'words' },
    { input: 'a chair', expected: 'neutral', capability: 'words' },
    { input: 'I thought it would be awful, but it was not.', expected: 'positive', capability: 'hard negation' },
  ])

  test('counts by capability and shows what failed', async () => {
    const result = await judge(passMft(sentiment, cases, { passRate: { min: 0.7 } }))
    expect(result).toMatchObject({
      status: 'pass',
      measured: '75 % of 4 cases (3 pass, 1 fail)',
      expected: 'at least 70 % of cases',
    })
    expect(ratesOf(result)?.parts.map(({ name, passed, failed }) => [name, passed, failed])).toEqual([
      ['words', 3, 0],
      ['hard negation', 0, 1],
    ])
    expect(examplesOf(result)?.examples).toEqual([
      {
        case: expect.stringMatching(/^[0-9a-f]{12}$/),
        name: cases[3]?.name,
        capability: 'hard negation',
        input: cases[3]?.input,
        expected: 'positive',
        got: 'negative',
      },
    ])
    expect((await judge(passMft(sentiment, cases))).status).toBe('fail')
  })

  test('a case that could not be predicted counts against the rate, apart from failures', async () => {
    const broken = model('broken@1', (text: string) => {
      if (text.includes('chair')) throw new Error('no furniture')
      return 'positive'
    })
    const result = await judge(passMft(broken, cases))
    expect(result).toMatchObject({
      status: 'fail',
      measured: '50 % of 4 cases (2 pass, 1 fail, 1 could not be predicted)',
    })
    expect(examplesOf(result)?.examples.map(({ got }) => got)).toContain('error: threw Error: no furniture')
  })

  test('confidence makes the limit a guarantee with three outcomes', async () => {
    const rows = (right: number, wrong: number) =>
      mft(Array.from({ length: right + wrong }, (_, i) => ({ input: i, expected: i < right ? 'x' : 'y' })))
    const constant = model('constant@1', () => 'x')
    const status = async (right: number, wrong: number, more = {}) =>
      (await judge(passMft(constant, rows(right, wrong), { passRate: { min: 0.9 }, confidence: 0.95, ...more }))).status
    expect(await status(100, 0)).toBe('pass')
    expect(await status(50, 50)).toBe('fail')
    expect(await status(19, 1)).toBe('inconclusive')
    expect(await status(19, 1, { onInconclusive: 'pass' })).toBe('pass')
    const refused = await judge(
      passMft(constant, rows(19, 1), { passRate: { min: 0.9 }, confidence: 0.95, onInconclusive: 'fail' }),
    )
    expect(refused).toMatchObject({ status: 'inconclusive', blocking: true })
  })

  test('comparisons say what a right answer is', async () => {
    const echo = model('echo@1', (value: unknown) => value)
    const right = mft([
      { input: 3, expected: '3' },
      { input: true, expected: 'TRUE' },
      { input: 'b', expected: 'a|b', compare: 'oneOf' },
      { input: 0.5, expected: '0.2..0.8', compare: 'range' },
      { input: 'hello world', expected: 'world', compare: 'contains' },
      { input: 'abc', expected: '^a.c$', compare: 'matches' },
      { input: { label: 'a', scores: { a: 1 } }, expected: 'a' },
      { input: { a: [1, 2] }, expected: '{"a": [1, 2]}' },
      { input: { b: 1 }, expected: { b: 1 } },
    ])
    const wrong = mft([
      { input: 3, expected: '4' },
      { input: 'A', expected: 'a' },
      { input: 0.9, expected: '0.2..0.8', compare: 'range' },
      { input: 'x', expected: '0..1', compare: 'range' },
      { input: '3', expected: 3 },
    ])
    expect(examplesOf(await judge(passMft(echo, right)))?.examples).toEqual([])
    expect(overallOf(await judge(passMft(echo, wrong)))?.failed).toBe(wrong.length)
  })

  test('200,000 cases run through', async () => {
    const many = mft(Array.from({ length: 200_000 }, (_, i) => ({ input: i, expected: i % 2 })))
    const result = await judge(
      passMft(
        model('parity@1', (i: number) => i % 2),
        many,
      ),
    )
    expect(result).toMatchObject({ status: 'pass', evidence: [{ overall: { passed: 200_000 } }, {}] })
  })

  test('wrong arguments say what to give', () => {
    expect(() => passMft({} as never, cases)).toThrow(/needs a model/)
    expect(() => passMft(sentiment, [{ input: 'a', expected: 'b' }] as never)).toThrow(/the cases that mft\(\) made/)
    expect(() => passMft(sentiment, cases, { passRate: { min: 95 } })).toThrow(/pass rate of 95/)
    expect(() => passMft(sentiment, cases, { passrate: 1 } as never)).toThrow(/did you mean passRate/)
  })
})

describe('invariance', () => {
  test('counts what changed, what stayed and what could not be perturbed', async () => {
    const texts = dataset([{ t: 'a good day' }, { t: 'bad' }, { t: '!' }, { t: null }, { t: 'a chair' }], {
      name: 'texts',
    })
    const result = await judge(
      invariantTo(sentiment, perturb.typos({ seed: 3 }), { over: texts.column('t'), passRate: { min: 0.3 } }),
    )
    expect(ratesOf(result)).toMatchObject({
      test: 'INV',
      unchanged: 1,
      seed: 3,
      overall: { cases: 5, notApplicable: 2 },
    })
    expect(result.lineage.datasets[0]?.name).toBe('texts')
    for (const { input, perturbed, before, got } of examplesOf(result)?.examples ?? []) {
      expect(perturbed).not.toBe(input)
      expect(got).not.toBe(before)
    }
  })

  test('a label flip is never excused; a number may move within its tolerance', async () => {
    const over = ['ab', 'cd']
    const flips = model('flips@1', (text: string) => (text < 'b' ? 'low' : 'high'))
    expect((await judge(invariantTo(flips, perturb.typos(), { over, tolerance: 9 }))).status).toBe('fail')
    const first = model('first@1', (text: string) => text.charCodeAt(0))
    expect((await judge(invariantTo(first, perturb.typos(), { over, tolerance: 1 }))).status).toBe('pass')
    expect((await judge(invariantTo(first, perturb.typos(), { over }))).status).toBe('fail')
  })

  test('nothing to perturb is vacuous, and a crash is an error of its case', async () => {
    expect(await judge(invariantTo(sentiment, perturb.typos(), { over: ['!', 'aa'] }))).toMatchObject({
      status: 'vacuous',
      blocking: true,
      message: 'typos (1) changed none of the 2 inputs, so nothing was shown',
    })
    const crash = model('crash@1', () => {
      throw new Error('no')
    })
    expect(overallOf(await judge(invariantTo(crash, perturb.typos(), { over: ['ab'] })))).toMatchObject({
      errors: 1,
      failed: 0,
    })
  })

  test('texts of a tagged column stay in the process', async () => {
    const secret = dataset([{ t: 'ab' }], { name: 'secret', pii: 't' })
    const flips = model('flips@1', (text: string) => text)
    const result = await judge(invariantTo(flips, perturb.typos(), { over: secret.column('t') }))
    expect(examplesOf(result)?.examples[0]).toMatchObject({
      input: '[redacted]',
      perturbed: '[redacted]',
      got: '[redacted]',
      case: 'row 1',
    })
    expect(examplesOf(result)?.failing).toEqual(['row 1'])
  })

  test('wrong arguments say what to give', () => {
    expect(() => invariantTo(sentiment, perturb.typos(), {} as never)).toThrow(/needs inputs\n.*say over: /)
    expect(() => invariantTo(sentiment, {} as never, { over: ['a'] })).toThrow(/needs a perturbation/)
    expect(() => invariantTo(sentiment, perturb.typos(), { over: ['a'], tolerance: -1 })).toThrow(/tolerance: -1/)
  })
})
