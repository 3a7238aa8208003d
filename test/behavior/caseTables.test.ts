import { expect, test } from 'vitest'
import { mft } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/passMft.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { model } from '../../src/models/model.ts'
import { temporaryFile } from '../helpers/files.ts'
import { examplesOf } from '../helpers/blocks.ts'

const row = { input: 'a', expected: 'b' }

test.each([
  ['input,expected,capabilty\na,b,c\n', /has the column "capabilty", which nothing reads\n.*did you mean "capability"/],
  ['input,expected,note\na,b,c\n', /"note", which nothing reads\n.*it reads input, .* ignore: \["note"\]/],
  ['input,expected,input\na,b,c\n', /has the column "input" twice/],
  ['input,input.age,expected\na,1,c\n', /has "input" and "input\.age"/],
  ['input.,expected\na,b\n', /has the column "input\."/],
  ['inpt,expected\na,b\n', /has no column "input".*\n.*rename "inpt" to "input"/],
])('a table %j is refused', async (text, message) => {
  const file = await temporaryFile('cases.csv', text)
  expect(() => mft(file)).toThrow(message)
})

test('columns that belong to no case are named to be ignored', async () => {
  const file = await temporaryFile('cases.csv', 'input,expected,note\na,b,c\n')
  expect(mft(file, { ignore: ['note'] })).toMatchObject([{ input: 'a', expected: 'b' }])
  expect(mft([{ ...row, note: 'c' } as never], { ignore: ['note'] })).toMatchObject([row])
  expect(() => mft(file, { ignore: ['noet'] })).toThrow(/the column "note", which nothing reads/)
  expect(() => mft(file, { ignore: 'note' as never })).toThrow(/a string as ignore/)
  expect(() => mft(file, { ignored: [] } as never)).toThrow('did you mean ignore?')
})

test.each([
  ['an unknown name', { ...row, capabilty: 'c' }, /row 1 has the column "capabilty".*\n.*"capability"/],
  ['no object', null, /row 1 is null/],
  ['a list', ['a', 'b'], /row 1 is an array/],
  [
    'a function',
    { ...row, expected: () => true, compare: 'equals' },
    /row 1 expects a function.*\n.*compare: range, oneOf/,
  ],
  ['a Map', { ...row, expected: new Map() }, /row 1 expects a Map/],
  ['NaN', { ...row, expected: Number.NaN }, /row 1 expects NaN/],
  ['undefined inside', { ...row, expected: { a: undefined } }, /row 1 expects undefined at a/],
  ['null', { ...row, expected: null }, /row 1 expects null/],
  ['an expression under equals', { ...row, expected: /a/ }, /row 1 expects a RegExp.*\n.*matches/],
  ['an empty contains', { ...row, expected: '', compare: 'contains' }, /expects "".*\n.*every answer contains that/],
  ['a blank contains', { ...row, expected: ' ', compare: 'contains' }, /every answer contains that/],
  ['an empty list in contains', { ...row, expected: [], compare: 'contains' }, /every answer contains that/],
  ['an empty matches', { ...row, expected: '', compare: 'matches' }, /matches needs a regular expression/],
  ['an empty expression', { ...row, expected: new RegExp(''), compare: 'matches' }, /expects \/\//],
  ['an empty choice', { ...row, expected: 'a|', compare: 'oneOf' }, /a value is empty/],
  ['no choice', { ...row, expected: [], compare: 'oneOf' }, /oneOf needs values/],
  ['every number', { ...row, expected: '-Infinity..Infinity', compare: 'range' }, /every number lies in that range/],
  ['a range from null', { ...row, expected: [null, 1], compare: 'range' }, /expects \[null, 1\]/],
  ['a range from a boolean', { ...row, expected: [true, 1], compare: 'range' }, /low\.\.high/],
  ['a range the wrong way', { ...row, expected: [2, 1], compare: 'range' }, /low\.\.high/],
  ['a range of three', { ...row, expected: [1, 2, 3], compare: 'range' }, /low\.\.high/],
  ['a range of an object', { ...row, expected: Object.create(null) as object, compare: 'range' }, /low\.\.high/],
  ['a name that is none', { ...row, name: { a: 1 } }, /row 1 has an object as name/],
  ['a capability that is none', { ...row, capability: ['a'] }, /row 1 has an array as capability/],
  ['a comparison that is none', { ...row, compare: 3n }, /row 1 compares by 3/],
])('a row with %s is refused', (_, given, message) => {
  expect(() => mft([given as never])).toThrow(message)
  // What is changed after mft() is refused as well.
  if (message.source.startsWith('row 1 expects'))
    expect(() => passMft(model('m@1', String), [{ ...mft([row])[0], ...(given as object) } as never])).toThrow(
      /case "a" expects/,
    )
})

test("a dataset's own rows are cases: bigints, dates, fields and missing cells", async () => {
  const text =
    'input.n,input.at,expected,capability,name\n1,2026-01-02,2,3,\n9007199254740993,2026-01-02,9007199254740994,,big\n'
  const source = dataset(await temporaryFile('rows.csv', text))
  const rows = await source.rows()
  expect(rows[0]).toMatchObject({ 'input.n': 1n, expected: 2n })
  const cases = mft(rows as never)
  expect(cases).toEqual([
    {
      name: '{"n":1,"at":"2026-01-02T00:00:00.000Z"}',
      capability: '3',
      input: { n: 1n, at: new Date('2026-01-02') },
      expected: 2n,
      compare: 'equals',
    },
    expect.objectContaining({ name: 'big', expected: 9007199254740994n }),
  ])
  const next = model('next@1', ({ n }: { n: bigint; at: Date }) => n + 1n)
  const rounded = model('rounded@1', ({ n }: { n: bigint; at: Date }) => Number(n) + 1)
  const [right, wrong] = await evaluate([passMft(next, cases), passMft(rounded, cases)])
  expect(right).toMatchObject({ status: 'pass', evidence: [{ overall: { passed: 2 } }, {}] })
  expect(wrong).toMatchObject({ status: 'fail', evidence: [{}, { failing: ['big'] }] })
  expect(() => mft(source as never)).toThrow(/got the dataset "rows"\n.*mft\(await dataset\.rows\(\)\)/)
})

test('several contains may ask about one input; two equals may not', () => {
  const contains = (expected: string) => ({ input: { a: 1n }, expected, compare: 'contains' as const })
  expect(mft([contains('a'), contains('b')])).toHaveLength(2)
  expect(() =>
    mft([
      { input: { a: 1n, b: 2 }, expected: 1n },
      { input: { b: 2, a: 1 }, expected: 2 },
    ]),
  ).toThrow(/expects 2 for \{"b":2,"a":1\}, and case .* expects 1/)
})

test('inputs of any kind are shown', async () => {
  const cases = mft(
    [1n, new Map([['a', 1]]), () => 1, undefined, Symbol('s'), { a: undefined }].map((value) => ({
      input: [value],
      expected: 'x',
    })),
  )
  expect(cases.map(({ name }) => name)).toEqual([
    '[1]',
    "[ Map(1) { 'a' => 1 } ]",
    '[ [Function (anonymous)] ]',
    '[ undefined ]',
    '[ Symbol(s) ]',
    '[ { a: undefined } ]',
  ])
  for (const one of cases) {
    const [result] = await evaluate(
      passMft(
        model('m@1', () => 'no'),
        [one],
      ),
    )
    expect(examplesOf(result)?.examples[0]?.input).toBe(one.name)
  }
})

test.each([
  [{ passRate: { min: 0 } }, 'every model reaches that'],
  [{ passRate: { gt: 1 } }, 'pass rate of 1'],
  [{ passRate: { max: 0.5 } }, 'a pass rate has a least value'],
  [{ passRate: { min: 0.5, lt: 0.9 } }, 'a pass rate has a least value'],
  [{ passRate: 0 }, 'as limits'],
  [{ passRate: { min: -1 } }, 'pass rate of -1'],
  [{ confidence: '0.95' }, 'confidence: 0.95'],
  [{ onInconclusive: 'fial' }, 'onInconclusive: fial'],
  [{ severity: 'Error' }, 'severity: Error'],
  [null, 'got null as options'],
])('the options %j are refused', (options, message) => {
  expect(() => passMft(model('m@1', String), mft([row]), options as never)).toThrow(message)
})

test('a polluted prototype sets no option, column or limit', async () => {
  const rows = [{ input: 'a', expected: 'b' }]
  Object.assign(Object.prototype, { passRate: { gt: 0 }, severity: 'warn', min: 0, compare: 'contains', retries: 3 })
  try {
    const check = passMft(
      model('m@1', () => 'xbx'),
      mft(rows),
    )
    for (const name of ['passRate', 'severity', 'min', 'compare', 'retries'])
      Reflect.deleteProperty(Object.prototype, name)
    expect((await evaluate(check))[0]).toMatchObject({ status: 'fail', severity: 'error', expected: 'all cases' })
  } finally {
    for (const name of ['passRate', 'severity', 'min', 'compare', 'retries'])
      Reflect.deleteProperty(Object.prototype, name)
  }
})
