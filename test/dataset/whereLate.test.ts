import { describe, expect, test } from 'vitest'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { temporaryFile } from '../helpers/files.ts'

/** More rows than types are read off. */
const front = Array.from({ length: 6000 }, (_, i) => i)
const late = [
  18_446_744_073_709_551_616n,
  -123_456_789_012_345_678_901_234_567_890n,
  10n ** 37n + 1n,
  12_345_678_901_234_567_890_123_456_789_012_345_678_901_234_567_890n,
]

const text = (ending: string, lines: readonly string[], options = {}) =>
  temporaryFile(`late.${ending}`, `${lines.join('\n')}\n`).then((file) => dataset(file, options))

const formats: Readonly<Record<string, (values: readonly (number | bigint)[]) => Dataset | Promise<Dataset>>> = {
  CSV: (values) => text('csv', ['n', ...values.map(String)]),
  'CSV with a sign': (values) => text('csv', ['n', ...values.map((value) => (value < 0 ? `${value}` : `+${value}`))]),
  'CSV declared integer': (values) => text('csv', ['n', ...values.map(String)], { types: { n: 'integer' } }),
  JSON: (values) => text('json', [`[${values.map((value) => `{"n":${value}}`).join()}]`]),
  'JSON Lines': (values) =>
    text(
      'jsonl',
      values.map((value) => `{"n":${value}}`),
    ),
  records: (values) => dataset(values.map((n) => ({ n }))),
  columns: (values) => dataset({ n: [...values] }),
}

describe.each(Object.entries(formats))('%s', (_, open) => {
  test.each(late)('where() finds the integer %s that comes late, and no other', async (value) => {
    const data = await open([...front, value, value + 1n])
    const count = async (filter: Parameters<Dataset['where']>[0]) => (await data.where(filter).rows()).length
    expect(await count({ n: value })).toBe(1)
    expect(await count({ n: [7, value, value + 1n] })).toBe(3)
    expect(await count({ n: value - 1n })).toBe(0)
    expect(await count({ n: 7 })).toBe(1)
  })
})

test('where() finds a fraction that comes late, where nobody said that there is none', async () => {
  const lines = ['n', ...front.map(String), '9.4', '1e2', 'x']
  const data = await text('csv', lines)
  expect(await data.where({ n: 9.4 }).rows()).toEqual([{ n: '9.4' }])
  expect(await data.where({ n: [9.4, 9] }).rows()).toHaveLength(2)
  const said = await text('csv', lines, { types: { n: 'integer' } })
  expect(await said.where({ n: 9.4 }).rows()).toEqual([])
})
