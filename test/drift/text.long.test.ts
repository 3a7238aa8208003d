import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { wordsIn } from '../../src/drift/text/words.ts'
import { unseenWords, type WordTally } from '../../src/stats/unseenWords.ts'
import { blockOf } from '../../src/results/blocks/index.ts'
import { compare, effectOf, many, only, random, rowsOf } from './data.ts'
import { textOf } from './methods/cases.ts'

test.each([
  ['It’s 3 o’clock!', ['it', 's', '3', 'o', 'clock']],
  ['Größe STRASSE', ['größe', 'strasse']],
  ['हिन्दी में', ['हिन्दी', 'में']],
  ['東京タワー abc', ['東', '京', 'タ', 'ワ', 'ー', 'abc']],
  ['… — 😀', []],
])('%s has the words %j', (text, words) => {
  expect(wordsIn(text)).toEqual(words)
})

const next = random(3)
const [then, now] = [many(600, () => textOf(false, next)), many(400, () => textOf(true, next))]

test('the share of words that the reference never has is counted, and what one of its own texts would bring taken off', async () => {
  const odd = then.map((text, i) => (i < 60 ? `${text} once${i}` : text))
  const words = (texts: readonly string[]) => texts.flatMap((text) => text.split(' '))
  const known = new Set(words(odd))
  const share = words(now).filter((word) => !known.has(word)).length / words(now).length
  const { effect = 0 } = effectOf(await only(rowsOf(now), rowsOf(odd), { method: 'outOfVocabulary' })) ?? {}
  expect(effect).toBeCloseTo(share - 60 / words(odd).length, 12)
})

test('a share of texts that hold a word is that of texts, not of words', async () => {
  const result = await only(rowsOf(now), rowsOf(then), { method: 'vocabulary' })
  const share = now.filter((text) => text.includes('refund')).length / now.length
  expect(effectOf(result)?.effect).toBeCloseTo(share, 12)
  expect(result.message).toContain('new: "refund" (')
})

test('missing texts are no texts: words keep their shares, and the missing ones are a finding', async () => {
  const some = then.map((text, i) => (i % 2 === 0 ? text : null))
  const [moved, finding] = await compare(rowsOf(some), rowsOf(then), { method: 'vocabulary', limit: 0.2 })
  expect(moved?.status).toBe('pass')
  expect(finding?.message).toBe('missing 0 % → 50 %')
  const back = await only(rowsOf([...now, ...many(400, () => null)]), rowsOf(then), { method: 'vocabulary' })
  const share = now.filter((text) => text.includes('refund')).length / now.length
  expect(effectOf(back)?.effect).toBeCloseTo(share, 12)
  expect(blockOf(back, 'causes')?.causes[0]).toMatchObject({ name: 'word of x = "refund"', before: 0, after: share })
})

test.each(['vocabulary', 'wordCount'])('causes of %s are shares of the texts that were looked at', async (method) => {
  const side = (texts: readonly string[]) => dataset({ x: many(150_000, (i) => texts[i % texts.length] as string) })
  const { causes = [] } = blockOf(await only(side(now), side(then), { method }), 'causes') ?? {}
  expect(causes.filter(({ name }) => /missing|finite/.test(name))).toEqual([])
  const few = blockOf(await only(rowsOf(now), rowsOf(then), { method }), 'causes')?.causes ?? []
  expect(causes[0]?.name).toBe(few[0]?.name)
  expect(causes[0]?.after).toBeCloseTo(few[0]?.after ?? 0, 1)
})

test('few texts show nothing of words that were never seen, though none of them is new', () => {
  const tally = (texts: number, words: number): WordTally => ({
    words: new Float64Array(texts).fill(words),
    unseen: new Float64Array(texts),
  })
  expect(unseenWords(tally(10, 500), tally(1000, 500), 0).under(0.05)).toBeGreaterThan(0.05)
  expect(unseenWords(tally(200, 5), tally(1000, 5), 0).under(0.05)).toBeLessThan(0.05)
})

test.each(['textLength', 'wordCount', 'vocabulary', 'outOfVocabulary', 'classifier'])(
  '%s of a personal column names no word',
  async (method) => {
    const sides = [now, then].map((texts) =>
      dataset(
        texts.map((x) => ({ x })),
        { pii: ['x'] },
      ),
    ) as [ReturnType<typeof dataset>, ReturnType<typeof dataset>]
    const told = JSON.stringify(await compare(...sides, { method, limit: 0.01 }))
    expect(told).toContain('"status":"fail"')
    expect(told).not.toMatch(/refund|word[a-rt-z]\W/)
  },
)

test('texts without words, and rows that belong together, are told', async () => {
  const dots = rowsOf(many(200, () => '…'))
  await expect(only(dots.column('x'), rowsOf(then), { method: 'vocabulary' })).resolves.toMatchObject({
    status: 'error',
    message: expect.stringContaining('column "x" has no words in the current data'),
  })
  const clustered = [now, then].map((texts) => dataset(texts.map((x, i) => ({ x, by: i % 20 })))) as never as [
    ReturnType<typeof dataset>,
    ReturnType<typeof dataset>,
  ]
  const [result] = await compare(...clustered, { method: 'outOfVocabulary', clusterBy: 'by' })
  expect(result).toMatchObject({ status: 'error', message: expect.stringContaining('compare one row of each "by"') })
})

test('numbers have no words', async () => {
  const rows = rowsOf(many(100, (i) => i))
  await expect(only(rows, rows, { method: 'vocabulary' })).resolves.toMatchObject({
    status: 'error',
    message: expect.stringContaining('vocabulary cannot compare a column that holds integer values'),
  })
})
