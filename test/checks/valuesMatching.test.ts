import { expect, test } from 'vitest'
import { valuesMatching } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { judge, thrown } from '../helpers/judge.ts'
import { rowsOf } from '../helpers/blocks.ts'

const rows = dataset([
  { code: 'AB1', word: 'a cat sat' },
  { code: 'ab1', word: 'concatenate' },
  { code: null, word: null },
  { code: 'AB1\n', word: "it's a cat; drop" },
  { code: '😀', word: '' },
])
const failing = async (pattern: RegExp | string, column = 'code') => {
  const result = await judge(valuesMatching(rows.column(column), pattern))
  return [result.counts?.failed, rowsOf(result)?.rowNumbers]
}

test('the end of the text is the end, not the newline before it', async () => {
  expect(await failing(/^[A-Z]{2}\d$/)).toEqual([3, [2, 4, 5]])
  expect(await failing('^[A-Z]{2}\\d$')).toEqual([3, [2, 4, 5]])
})

test('a dot is one code point', async () => {
  expect(await failing(/^.$|1/)).toEqual([0, undefined])
})

test('flags keep their meaning, and g and d change nothing', async () => {
  expect(await failing(/^ab1$/i)).toEqual([2, [4, 5]])
  expect(await failing(/^AB1.$/su)).toEqual([3, [1, 2, 5]])
  expect(await failing(/AB1/g)).toEqual(await failing(/AB1/d))
  expect(await failing(/^AB1$/m)).toEqual([2, [2, 5]])
})

test('what the engine cannot match is matched in JavaScript, with the same verdict and rows', async () => {
  expect(await failing(/\bcat\b/, 'word')).toEqual([2, [2, 5]])
  expect(await failing(/^(?!.*drop)/, 'word')).toEqual([1, [4]])
  expect(await failing(/\p{Emoji_Presentation}|B|b/u)).toEqual([0, undefined])
  const nulls = await judge(valuesMatching(rows.column('word'), /\bcat\b/, { nulls: 'fail', mostly: 0.5 }))
  expect(nulls).toMatchObject({ status: 'fail', counts: { rows: 5, missing: 0, tested: 5, failed: 3 } })
  expect(rowsOf(nulls)).toMatchObject({ rowNumbers: [2, 3, 5], total: 3 })
})

test('more distinct values than one page holds are all judged', async () => {
  // The one that fails sorts last, so it stands on the second page.
  const text = (i: number) => (i === 120_000 ? 'zz' : i % 2 === 0 ? `row ${i}` : 'same')
  const many = dataset(Array.from({ length: 120_001 }, (_, i) => ({ text: text(i) })))
  const result = await judge(valuesMatching(many.column('text'), /\b(row|same)\b/))
  expect(result).toMatchObject({ status: 'fail', counts: { tested: 120_001, failed: 1 } })
  expect(rowsOf(result)?.rowNumbers).toEqual([120_001])
})

test('wrong questions', async () => {
  const column = rows.column('code')
  expect(thrown(() => valuesMatching(column, '('))).toMatch(
    /wrong-argument: valuesMatching got \/\(\/, which is not valid/,
  )
  expect(thrown(() => valuesMatching(column, new RegExp('\\-')))).toMatch(/flag u/)
  expect(thrown(() => valuesMatching(column, /a/y))).toMatch(/start the pattern with \^/)
  expect(thrown(() => valuesMatching(column, 5 as never))).toMatch(/got number as pattern/)
  expect(thrown(() => valuesMatching(column, /a/, { min: 1 } as never))).toMatch(/option "min"/)
  const numbers = dataset([{ n: 1 }]).column('n')
  for (const pattern of [/a/, /\ba/])
    expect((await judge(valuesMatching(numbers, pattern))).message).toMatch(
      /"n" holds integer values \(BIGINT\), not text/,
    )
})

test('two patterns on one column are two results', async () => {
  const [a, b] = [
    await judge(valuesMatching(rows.column('code'), /a/)),
    await judge(valuesMatching(rows.column('code'), /b/)),
  ]
  expect(a.id).not.toBe(b.id)
})
