import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { mft } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { model } from '../../src/models/model.ts'
import { folderWith, temporaryFile } from '../helpers/files.ts'
import { examplesOf } from '../helpers/blocks.ts'

const row = { input: 'a', expected: 'b' }

test.each([
  ['input,expected,capabilty\na,b,c\n', /has the column "capabilty", which nothing reads\n.*did you mean "capability"/],
  ['input,expected,note\na,b,c\n', /"note", which nothing reads\n.*it reads input, .* ignore: \["note"\]/],
  ['input,expected,input\na,b,c\n', /has the column "input" twice/],
  ['input,input.age,expected\na,1,c\n', /has "input" and "input\.age"/],
  ['input.,expected\na,b\n', /has the column "input\."/],
  ['inpt,expected\na,b\n', /has no column "input".*\n.*rename "inpt" to "input"/],
  ['input;expected\na;b\n', /has one column, "input;expected"\n.*save it with commas/],
  ['input\texpected\na\tb\n', /has one column, "input\\texpected"\n.*tabs in a .tsv file/],
])('a table %j is refused', async (text, message) => {
  const file = await temporaryFile('cases.csv', text)
  expect(() => mft(file)).toThrow(message)
})

test.each(['cases.parquet', 'cases.XLSX', 'cases.csv.gz'])('%s, which is no text, is opened as a dataset', (file) => {
  expect(() => mft(file)).toThrow(
    `"${file}" is no text\n  hint: its rows are cases as those of a dataset: mft(dataset("${file}"))`,
  )
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

describe('a document of cases', () => {
  const yaml = `# what the desk must know
name: desk
capability: words
cases:
  - input: I want a refund
    expected: support
  - input: { text: "Norway?", length: 7 }
    expected: [sales, support]
    compare: oneOf
    capability: places
  - name: a number
    input: 3
    expected: 3.5
  - input: |
      two
      lines
    expected: yes
`
  test('in YAML says what holds of all cases, and tells their lines', async () => {
    const cwd = await folderWith({ 'desk.yaml': yaml })
    const cases = mft(path.join(cwd, 'desk.yaml'))
    expect(
      cases.map(({ table, capability, line, input, expected, compare }) => [
        table,
        capability,
        line,
        input,
        expected,
        compare,
      ]),
    ).toEqual([
      ['desk', 'words', 5, 'I want a refund', 'support', 'equals'],
      ['desk', 'places', 7, { text: 'Norway?', length: 7 }, ['sales', 'support'], 'oneOf'],
      ['desk', 'words', 11, 3, 3.5, 'equals'],
      ['desk', 'words', 14, 'two\nlines\n', 'yes', 'equals'],
    ])
  })

  test('is the same in YAML, JSON and JSON Lines, as a list or an object', async () => {
    const rows = [
      { input: 'a', expected: 'x', capability: 'c' },
      { input: { b: [1, null, true] }, expected: { label: 'x', scores: { x: 1 } }, capability: 'c' },
    ]
    const cwd = await folderWith({
      'a.json': JSON.stringify(rows),
      'b.yml': JSON.stringify(rows),
      'c.jsonl': rows.map((row) => JSON.stringify(row)).join('\n'),
      'd.json': JSON.stringify({ capability: 'c', cases: rows.map(({ input, expected }) => ({ input, expected })) }),
      'e.yaml':
        '- { input: a, expected: x, capability: c }\n- input: { b: [1, ~, true] }\n  expected: { label: x, scores: { x: 1 } }\n  capability: c\n',
    })
    const plain = (file: string) =>
      mft(path.join(cwd, file)).map(({ input, expected, capability }) => ({ input, expected, capability }))
    for (const file of ['a.json', 'b.yml', 'c.jsonl', 'd.json', 'e.yaml']) expect(plain(file), file).toEqual(rows)
  })

  test.each<[string, string, RegExp]>([
    ['a.yaml', 'input: a\nexpected: b\n', /"[^"]*a\.yaml" holds no array of cases/],
    [
      'a.yaml',
      '- input: a\n  expected: b\n  expectd: c\n',
      /line 1 of "[^"]*a\.yaml" has the column "expectd".*\n +hint: did you mean "expected"/,
    ],
    ['a.yaml', '- input: a\n  expected: b\n- input: b\n', /line 3 of "[^"]*a\.yaml" has no expected/],
    ['a.yaml', '- input: a\n  input: b\n', /is not YAML: Map keys must be unique/],
    ['a.yaml', '- a: *no\n', /YAML: .*no/],
    [
      'a.yaml',
      'x: &a [1,1,1,1,1,1,1,1,1,1]\ny: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nz: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\ncases: [*c,*c,*c,*c]\n',
      /cannot be read as YAML: Excessive alias/,
    ],
    ['a.yaml', 'cases: []\n', /"[^"]*a\.yaml" holds no case at all/],
    [
      'a.yaml',
      'capabilty: words\ncases: [{ input: a, expected: b }]\n',
      /beside "cases" has the column "capabilty".*\n +hint: did you mean "capability"/,
    ],
    ['a.yaml', '- just text\n', /line 1 of "[^"]*a\.yaml" is a string/],
    ['a.json', '{"cases": 3}', /holds no array of cases/],
    ['a.jsonl', '{"input":1,"expected":1}\n\n{"input":2}\n', /line 3 of "[^"]*a\.jsonl" has no expected/],
    ['a.jsonl', '{"input":1,"expected":1}\nno\n', /line 2 of "[^"]*a\.jsonl" is not JSON/],
    ['a.json', '[{"input":1,"expected":1},{"input":1,"expected":2}]', /expects 2 for 1, and case "1" expects 1/],
    [
      'a.csv',
      'name,input,expected\none,a,b\ntwo,b,b\none,c,b\n',
      /line 4 of "[^"]*a\.csv" and line 2 of "[^"]*a\.csv" are both called "one"/,
    ],
  ])('that is none is told: %s %j', async (name, text, message) => {
    const cwd = await folderWith({ [name]: text })
    expect(() => mft(path.join(cwd, name))).toThrow(message)
  })
})
