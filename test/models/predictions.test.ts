import { expect, test } from 'vitest'
import { predictions } from '../../src/models/predictions.ts'
import { temporaryFile } from '../helpers/files.ts'

test('predictions in order answer the inputs in order, whatever the inputs are', async () => {
  const file = await temporaryFile('p.jsonl', '"a"\n\n{"label":"b","scores":{"b":1}}\n3\n')
  const model = predictions(file)
  expect(model.name).toBe('p')
  expect((await model.predict(['x', 'y', 'z'])).values).toEqual(['a', { label: 'b', scores: { b: 1 } }, 3])
  await expect(model.predict(['x'])).rejects.toThrow('has 3 predictions for 1 inputs')
})

test('predictions with inputs answer by input, in any order and as often as asked', async () => {
  const rows = [
    { input: { b: 2, a: 1 }, prediction: 'object' },
    { input: 'text', prediction: 'text' },
    { input: 'text', prediction: 'text' },
  ]
  const { values, errors } = await predictions(rows, { name: 'm@1' }).predict(['text', { a: 1, b: 2 }, 'other', 'text'])
  expect(values).toEqual(['text', 'object', undefined, 'text'])
  expect([...errors]).toEqual([[2, 'has no prediction in the file']])
})

test('a CSV file has a column prediction, and may have input or input.<field>', async () => {
  const plain = predictions(await temporaryFile('a.csv', 'input,prediction\nx,1\n"y, z",2\n'))
  expect((await plain.predict(['y, z', 'x'])).values).toEqual(['2', '1'])
  const fields = predictions(await temporaryFile('b.csv', 'input.a,input.b,prediction\n1,2,yes\n'))
  expect((await fields.predict([{ b: '2', a: '1' }])).values).toEqual(['yes'])
})

test('a JSON array is read too, and each null is an error of its input', async () => {
  const model = predictions(await temporaryFile('a.json', '["a", null]'))
  expect(await model.predict([1, 2])).toEqual({ values: ['a', undefined], errors: new Map([[1, 'answered null']]) })
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
  ;(await refused('a.csv', 'input,predicton\na,b\n')).toThrow('rename "predicton" to "prediction"')
  ;(await refused('a.json', '{"a":1}')).toThrow('holds no array')
  ;(await refused('a.jsonl', ' \n')).toThrow('is empty')
  ;(await refused('a.txt', 'x')).toThrow('by its ending')
  expect(() => predictions('/no/such.jsonl')).toThrow('there is no file of predictions')
  expect(() => predictions([])).toThrow('hold no prediction')
})
