import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { deterministic } from '../../src/behavior/kinds/deterministic.ts'
import { invariantTo } from '../../src/behavior/kinds/invariantTo.ts'
import { mft } from '../../src/behavior/mft.ts'
import { movesWith } from '../../src/behavior/kinds/movesWith.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { predictions } from '../../src/models/predictions.ts'
import { perturb } from '../../src/perturbations/index.ts'
import { folderWith, temporaryFile } from '../helpers/files.ts'
import { predicted } from '../helpers/predicted.ts'
import { examplesOf } from '../helpers/blocks.ts'

test('predictions in order answer the inputs in order, whatever the inputs are', async () => {
  const file = await temporaryFile('p.jsonl', '"a"\n\n{"label":"b","scores":{"b":1}}\n3\n')
  const model = predictions(file)
  expect(model.name).toBe('p')
  expect((await predicted(model, ['x', 'y', 'z'])).values).toEqual(['a', { label: 'b', scores: { b: 1 } }, 3])
  await expect(predicted(model, ['x'])).rejects.toThrow('has 3 predictions for 1 input')
})

test('predictions with inputs answer by input, in any order and as often as asked', async () => {
  const rows = [
    { input: { b: 2, a: 1 }, prediction: 'object' },
    { input: 'text', prediction: 'text' },
    { input: 'text', prediction: 'text' },
  ]
  const { values, errors } = await predicted(predictions(rows, { name: 'm@1' }), [
    'text',
    { a: 1, b: 2 },
    'other',
    'text',
  ])
  expect(values).toEqual(['text', 'object', undefined, 'text'])
  expect([...errors]).toEqual([[2, 'has no prediction in the file']])
})

test('a CSV file has a column prediction, and may have input or input.<field>', async () => {
  const plain = predictions(await temporaryFile('a.csv', 'input,prediction\nx,1\n"y, z",2\n'))
  expect((await predicted(plain, ['y, z', 'x'])).values).toEqual(['2', '1'])
  const fields = predictions(await temporaryFile('b.csv', 'input.a,input.b,prediction\n1,2,yes\n'))
  expect((await predicted(fields, [{ b: '2', a: '1' }])).values).toEqual(['yes'])
})

test('a JSON array is read too, and each null is an error of its input', async () => {
  const model = predictions(await temporaryFile('a.json', '["a", null]'))
  expect(await predicted(model, [1, 2])).toEqual({ values: ['a', undefined], errors: new Map([[1, 'answered null']]) })
})

test('inputs that are two have two fingerprints: a text and the number it writes', () => {
  const [text, number] = ['1', 1].map((input) => predictions([{ input, prediction: 'a' }]).fingerprint)
  expect(text).not.toBe(number)
})

test('the fingerprint is that of the predictions, not of the file', async () => {
  const print = async (name: string, text: string) => predictions(await temporaryFile(name, text)).fingerprint
  const first = await print('a.jsonl', '"a"\n"b"\n')
  expect(first).toMatch(/^sha256:[0-9a-f]{32}$/)
  expect(await print('b.json', '["a","b"]')).toBe(first)
  expect(await print('a.jsonl', '"a"\n"c"\n')).not.toBe(first)
})

test('what is no file of predictions is refused, with its place', async () => {
  const refused = async (name: string, text: string) => {
    const file = await temporaryFile(name, text)
    return expect(() => predictions(file))
  }
  ;(await refused('a.jsonl', '"a"\noops\n')).toThrow(/line 2 of ".*a\.jsonl" is not JSON/)
  ;(await refused('a.jsonl', '{"input":1,"prediction":2}\n3\n')).toThrow(/line 2 of .* has no input, and others have/)
  ;(await refused('a.jsonl', '{"input":1,"prediction":2}\n{"input":1,"prediction":3}')).toThrow(
    /line 1 .* and line 2 .* predict differently/,
  )
  ;(await refused('a.jsonl', '{"input":1,"prediction":"a","prediction":"b"}')).toThrow(
    /line 1 .* holds the key "prediction" twice/,
  )
  ;(await refused('a.jsonl', '{"input":1,"predicton":2}')).toThrow(/line 1 of .* has an input and no prediction/)
  ;(await refused('a.jsonl', '{"input":1,"error":"busy","code":3}')).toThrow(/the column "code", which nothing reads/)
  ;(await refused('a.csv', 'input,predicton\na,b\n')).toThrow('rename "predicton" to "prediction"')
  ;(await refused('a.json', '{"a":1}')).toThrow('holds no array')
  ;(await refused('a.jsonl', ' \n')).toThrow('is empty')
  ;(await refused('a.txt', 'x')).toThrow('by its ending')
  expect(() => predictions('/no/such.jsonl')).toThrow('there is no file of predictions')
  expect(() => predictions([])).toThrow('hold no prediction')
})

test('a cell of a CSV file is read as what its case expects; JSON keeps its types', async () => {
  const rows = [
    { input: 'number', expected: 3 },
    { input: 'text', expected: '007' },
    { input: 'boolean', expected: true },
    { input: 'range', expected: '0.2..0.8', compare: 'range' },
    { input: 'one', expected: [1, 2], compare: 'oneOf' },
    { input: 'json', expected: { a: 1 } },
    { input: 'big', expected: 9007199254740993n },
    { input: 'matches', expected: '^0[.]', compare: 'matches' },
    { input: 'contains', expected: 5, compare: 'contains' },
  ] as const
  const failing = async (name: string, text: string) => {
    const [result] = await evaluate(passMft(predictions(await temporaryFile(name, text)), mft(rows)))
    return examplesOf(result)?.examples.map(({ input }) => input)
  }
  const cells = '3.0\n007\nTRUE\n0.5\n2\n"{""a"": 1}"\n9007199254740993\n0.5\n0.5\n'
  expect(await failing('right.csv', `prediction\n${cells}`)).toEqual([])
  const wrong = '4\n7\nfalse\n0.9\n3\n{}\n9007199254740992\n1.5\n0.4\n'
  expect(await failing('wrong.csv', `prediction\n${wrong}`)).toEqual(rows.map(({ input }) => input))
  const typed = ['"3"', '7', '"true"', '"0.5"', '"1"', '"{\\"a\\":1}"', '"9007199254740993"', '0.5', '0.5']
  expect(await failing('typed.jsonl', typed.join('\n'))).toEqual(rows.map(({ input }) => input))
})

test('a line with an input and an error says why there is no prediction: it is no answer', async () => {
  const some = '{"input":"a","prediction":"x"}\n{"input":"b","error":"busy"}\n{"input.c":1,"error":"full"}'
  for (const [name, text] of [
    ['e.jsonl', some],
    ['e.json', `[${some.replaceAll('\n', ',')}]`],
  ] as const)
    expect(await predicted(predictions(await temporaryFile(name, text)), ['b', 'a', { c: 1 }])).toMatchObject({
      errors: new Map([
        [0, 'busy'],
        [2, 'full'],
      ]),
      values: [undefined, 'x', undefined],
    })
})

test('an empty cell is no prediction', async () => {
  const empty = predictions(await temporaryFile('e.csv', 'input,prediction\na,\nb,x\n'))
  expect(await predicted(empty, ['a', 'b'])).toMatchObject({
    values: [undefined, 'x'],
    errors: new Map([[0, 'has an empty prediction']]),
  })
})

test('predictions without inputs answer one list of inputs only: what is changed has no prediction there', async () => {
  const rows = predictions([{ prediction: 'a' }, { prediction: 'a' }])
  expect((await predicted(rows, [{ x: 1, y: 2 }, 'b'])).values).toEqual(['a', 'a'])
  expect((await predicted(rows, [{ y: 2, x: 1 }, 'b'])).values).toEqual(['a', 'a'])
  await expect(predicted(rows, ['b', 'c'])).rejects.toThrow('were taken for other inputs before')
  const [result] = await evaluate(
    invariantTo(predictions([{ prediction: 'a' }, { prediction: 'b' }]), perturb.typos(), { over: ['ab', 'cd'] }),
  )
  expect(result).toMatchObject({ status: 'error' })
})

test('rows hold any value; what is no JSON is an error of its input, and a column nothing reads is told', async () => {
  const model = predictions([
    { input: 1n, prediction: 2n },
    { input: new Date(0), prediction: new Map() },
    { 'input.a': 1, 'input.b': 2, prediction: 'fields' } as never,
  ])
  const { values, errors } = await predicted(model, [1n, new Date(0), { b: 2, a: 1 }, new Map()])
  expect(values).toEqual([2n, undefined, 'fields', undefined])
  expect([...errors.values()]).toEqual(['answered a Map, which is no JSON value', 'has no prediction in the file'])
  expect(() => predictions([{ inptu: 'a', prediction: 'b' } as never])).toThrow(/row 1 has .*"inptu".*\n.*"input"/)
  const extra = await temporaryFile('x.csv', ',input,prediction\n0,a,b\n')
  expect(() => predictions(extra)).toThrow(/the column "", which nothing reads\n.*ignore: \[""\]/)
  expect((await predicted(predictions(extra, { ignore: [''] }), ['a'])).values).toEqual(['b'])
  expect(() => predictions(extra, { ignore: ['inpu'] })).toThrow(/the column ""/)
  expect(() => predictions(extra, { nmae: 'x' } as never)).toThrow('did you mean name?')
})

const folded = [
  ['1.1', '1.10', '+1.1', ' 1.1', 1.1],
  ['true', 'TRUE', 'True', true],
  ['1000', '1e3', '1000 ', 1000],
  ['', null],
].flatMap((spellings) => spellings.flatMap((row) => spellings.map((input) => ({ row, input }))))

test.each(
  folded.flatMap(({ row, input }) => [
    { row, input },
    { row: { v: row }, input: { v: input } },
  ]),
)('a text that nobody predicted has no prediction of another text: $row for $input', async ({ row, input }) => {
  const [one, other] = [row, input].map((value) => (value !== null && typeof value === 'object' ? value.v : value))
  const isOther = typeof one === 'string' && typeof other === 'string' && one !== other
  const file = await temporaryFile('t.jsonl', JSON.stringify({ input: row, prediction: 'a' }))
  expect((await predicted(predictions(file), [input])).values).toEqual([isOther ? undefined : 'a'])
})

test.each([
  ['p.csv', 'input,prediction\n"{""a"":1,""b"":""x""}",yes\n', { a: 1, b: 'x' }, 'yes'],
  ['p.csv', 'input,prediction\n"{""a"":1}",yes\n', { a: 2 }, undefined],
  ['p.jsonl', '{"input":{"a":1},"prediction":"yes"}', '{"a": 1}', 'yes'],
  ['p.jsonl', '{"input":"{\\"a\\":\\"1.1\\"}","prediction":"yes"}', { a: '1.10' }, undefined],
])('a record is found in a table that holds its JSON: %s, %s', async (name, text, input, answer) => {
  const file = await temporaryFile(name, text)
  expect((await predicted(predictions(file), [input])).values).toEqual([answer])
})

test('a number, a list and the texts that write them are several inputs', async () => {
  const rows = [1, '1', '1.0', { a: 1 }, '{"a":1}', null, 'null', '"1"'].map((input, i) => ({ input, prediction: i }))
  const inputs = rows.map(({ input }) => input)
  const file = await temporaryFile('s.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))
  for (const model of [predictions(rows), predictions(file)])
    expect((await predicted(model, inputs)).values).toEqual(inputs.map((_, i) => i))
})

test('inputs without a prediction are collected once, behind what stands in the file, whatever it ends with', async () => {
  const folder = await folderWith({
    'open.jsonl': '{"input":"a"}',
    'ended.jsonl': '{"input":"a"}\r\n',
    'empty.jsonl': '',
  })
  const lines = (file: string) => readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean)
  for (const name of ['open.jsonl', 'ended.jsonl', 'empty.jsonl', 'new/file.jsonl']) {
    const collect = path.join(folder, name)
    const model = predictions(path.join(folder, 'none.jsonl'), { collect })
    const asked = ['a', { b: 1n, a: 'x\ny' }, 'a', 'c', new Map()]
    const { values, errors } = await predicted(model, asked)
    expect(values.every((value) => value === undefined)).toBe(true)
    expect(errors.size).toBe(5)
    expect([...errors.values()].at(-1)).toMatch(/has no prediction, and cannot be written as JSON/)
    await predicted(predictions(path.join(folder, 'none.jsonl'), { collect }), asked)
    expect(lines(collect), name).toEqual(['{"input":"a"}', '{"input":{"b":1,"a":"x\\ny"}}', '{"input":"c"}'])
  }
})

test('predictions are told apart by their inputs and their answers', () => {
  const print = (...rows: readonly { readonly input?: unknown; readonly prediction: unknown }[]) =>
    predictions(rows, { name: 'm' }).fingerprint
  const prints = [
    print({ input: 'a', prediction: 1 }),
    print({ input: 'b', prediction: 1 }),
    print({ input: 'a', prediction: 2 }),
    print({ input: 'a', prediction: '1' }),
    print({ input: { text: 'a' }, prediction: 1 }),
    print({ input: 'a', prediction: { label: 'x', scores: { x: 0.5 } } }),
    print({ prediction: 1 }),
    print({ input: 'a', prediction: 1 }, { input: 'b', prediction: 1 }),
  ]
  expect(new Set(prints).size).toBe(prints.length)
  expect(print({ input: { b: 1, a: 2 }, prediction: { y: 1, x: 2 } })).toBe(
    print({ input: { a: 2, b: 1 }, prediction: { x: 2, y: 1 } }),
  )
})

test('a file of predictions is not asked whether it answers twice the same', async () => {
  const model = predictions(await temporaryFile('dp.jsonl', '{"input":1,"prediction":"a"}\n'))
  const cases = mft([{ input: 1, expected: 'a' }])
  const twice = [
    () => deterministic(model, { on: [1] }),
    () => passMft(model, cases, { repeats: 2 }),
    () => invariantTo(model, perturb.uppercase(), { over: ['a'], repeats: { times: 3, by: 'most' } }),
    () => movesWith(model, perturb.uppercase(), { over: ['a'], direction: 'up', repeats: 2 }),
  ]
  for (const check of twice) expect(check).toThrow('"dp" has one prediction of it, made elsewhere')
  expect((await evaluate(passMft(model, cases, { repeats: 1 })))[0]?.status).toBe('pass')
})
