import { describe, expect, test } from 'vitest'
import { baselineHeader, baselineText, checkBaselineFile } from '../../src/models/baselineFile.ts'
import { predictions } from '../../src/models/predictions.ts'
import { temporaryFile } from '../helpers/files.ts'

const first = { name: 'm@1', fingerprint: undefined }
const second = { name: 'm@2', fingerprint: undefined }
const row = (input: unknown, value: unknown) => ({ input, answer: { value: value as string } })
const valuesOf = async (text: string, inputs: readonly unknown[]) =>
  (await predictions(await temporaryFile('b.jsonl', text)).predict(inputs)).map(({ value }) => value)

describe('predictions of a baseline that another model takes over', () => {
  const odd = { model: 'x', prediction: 'y' }
  const before = baselineText(first, [row('a', 'old'), row(odd, odd), row('c', ',"model":"m"}')])
  const text = baselineText(second, [row('a', 'new')], before)

  test('stay for other inputs, with the name of who made them', async () => {
    expect(await valuesOf(text, ['a', odd, 'c'])).toEqual(['new', odd, ',"model":"m"}'])
    expect(text.match(/,"model":"m@1"\}$/gm)).toHaveLength(2)
  })

  test('keep that name whoever comes next, and lose it where they are made again', async () => {
    const third = baselineText({ name: 'm@3', fingerprint: 'f' }, [row('c', 'c')], text)
    expect(third).toContain('"prediction":"new","model":"m@2"}')
    expect(third.match(/"model":"m@1"\}$/gm)).toHaveLength(1)
    expect(await valuesOf(third, ['a', odd, 'c'])).toEqual(['new', odd, 'c'])
    expect(baselineText(second, [row('a', 'new'), row(odd, 1), row('c', 2)], third)).not.toContain('"model":"m@1"}')
  })
})

test.each([
  ['package.jsonl', '{"name":"mine"}\n', 'holds other things than predictions, so it stays as it is'],
  ['cases.jsonl', '{"input":"a","expected":"b"}\n', 'holds other things than predictions'],
  ['b.jsonl', 'input,prediction\na,b\n', 'holds other things than predictions'],
  ['b.json', undefined, 'is none by its ending'],
  ['predict.py', 'print(1)', 'is none by its ending'],
])('no baseline is written over %s with %j', (file, before, words) => {
  expect(() => checkBaselineFile(file, before)).toThrow(words)
})

test.each([undefined, '', '\uFEFF{ "prediction": 1, "input": "a" }\r\n\r\n', baselineText(first, [row('a', 1)])])(
  'a baseline may be written over %j',
  (before) => {
    expect(() => checkBaselineFile('b.jsonl', before)).not.toThrow()
    if (before?.includes('input')) expect(baselineText(second, [], before)).toContain('{"input":"a","prediction":1')
  },
)

test('the marks of a merge before the header are a change', () => {
  const text = baselineText(first, [row('a', 1)])
  expect(() => baselineHeader(`<<<<<<< HEAD\n${text}=======\n>>>>>>> main\n`, '"b"')).toThrow(
    'was changed since it was made',
  )
  expect(baselineHeader(`\uFEFF${text}`, '"b"')?.model).toBe('m@1')
})
