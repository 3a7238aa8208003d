import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { answersTo } from '../../src/models/answersTo.ts'
import { model } from '../../src/models/model.ts'
import type { ModelOptions } from '../../src/models/modelOptions.ts'
import { recorded } from '../../src/models/recorded.ts'
import { folderWith } from '../helpers/files.ts'

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
function counted(predict: (input: never) => unknown, options: ModelOptions = {}) {
  const asked: unknown[] = []
  const tested = model('m@1', (input: never) => (asked.push(input), predict(input)), options)
  return { asked, tested }
}

test('each distinct input is asked once, whoever asks, at once or later', async () => {
  const { asked, tested } = counted(async (text: string) => (await wait(2), text))
  const both = await Promise.all([answersTo(tested, ['a', 'b', 'a']), answersTo(tested, ['b', 'c'])])
  const later = await answersTo(tested, ['c', 'a'])
  expect([...both, later].map((all) => all.map(({ value }) => value))).toEqual([
    ['a', 'b', 'a'],
    ['b', 'c'],
    ['c', 'a'],
  ])
  expect(asked).toEqual(['a', 'b', 'c'])
})

test('objects that are written alike are one input; another order of names is another, since a model may heed it', async () => {
  const { asked, tested } = counted((input: { a: number }) => input.a)
  await answersTo(tested, [{ a: 1, b: 2 }, { b: 2, a: 1 }, { a: 1 }, { a: 1, b: 2 }])
  expect(asked).toHaveLength(3)
})

const day = '2026-01-02T00:00:00.000Z'

const typed = [1, 1n, '1', 0, -0, '-0', true, 'true', null, 'null', new Date(day), day]
/** Inputs that JSON writes alike, or a key might: a model can tell each from all others. */
const apart: readonly unknown[] = [
  [1, 1n, '1', '1n', 0, -0, 0n, '-0', 'null', null],
  [new Date(day), day, JSON.stringify(day), '{"a":1}', '\0json {"a":1}', '\0text \0json {"a":1}', '\0-0'],
  typed.flatMap((a) => [{ a }, { a: [a] }, [a]]),
  [{ a: day, b: new Date(day) }, { a: new Date(day), b: day }, { a: { b: day } }, { a: `${day}" dates ["a"]` }],
  [{ a: 2 ** 53 }, { a: 2n ** 53n }, { a: 2n ** 53n + 1n }],
].flat()

test('inputs that differ in type are asked apart, in memory and in recordings', async () => {
  const kindOf = (value: unknown): string => inspect(value, { depth: 9 })
  const { asked, tested } = counted(kindOf as never)
  const answers = await answersTo(tested, [...apart, ...apart])
  expect(answers.map(({ value }) => value)).toEqual([...apart, ...apart].map(kindOf))
  expect(asked).toHaveLength(apart.length)
  const folder = await folderWith({})
  for (const mode of ['auto', 'replay'] as const) {
    const kept = recorded(model('m@1', kindOf as never, { fingerprint: '1' }), { folder, mode })
    for (const input of apart) expect((await kept.predict([input]))[0]?.value).toBe(kindOf(input))
  }
})

test('errors, repeats, timed answers and models that say so are asked anew', async () => {
  let busy = true
  const flaky = counted((text: string) => {
    if (busy) throw new Error('busy')
    return text
  })
  expect((await answersTo(flaky.tested, ['a']))[0]?.error).toBe('threw Error: busy')
  busy = false
  expect((await answersTo(flaky.tested, ['a']))[0]?.value).toBe('a')
  const plain = counted(() => 'x')
  for (const options of [{}, { trial: 1 }, { trial: 2 }, { timed: true }]) await answersTo(plain.tested, ['a'], options)
  expect(plain.asked).toHaveLength(4)
  const forgetful = counted(() => 'x', { remember: false })
  for (let i = 0; i < 3; i++) await answersTo(forgetful.tested, ['a', 'a'])
  expect(forgetful.asked).toHaveLength(3)
})

test('an assertion that is stopped leaves those that wait for the same input their answer', async () => {
  const { tested } = counted(async (text: string) => (await wait(30), text))
  const stop = new AbortController()
  const stopped = answersTo(tested, ['a'], { signal: stop.signal })
  const other = answersTo(tested, ['a'])
  setTimeout(() => stop.abort(new Error('enough')), 5)
  await expect(stopped).rejects.toMatchObject({ code: 'aborted' })
  expect((await other)[0]?.value).toBe('a')
})

test('an answer that turns out to be in doubt is an error for all who hold it', async () => {
  const one = { text: '' }
  const tested = model('m@1', (text: string) => Object.assign(one, { text }))
  const before = await answersTo(tested, ['a'])
  await answersTo(tested, ['b'])
  expect(before[0]?.error).toContain('part of the answer to another input')
  expect((await answersTo(tested, ['a']))[0]?.error).toContain('part of the answer to another input')
})

test('more inputs than are kept are answered all the same', async () => {
  const tested = model('m@1', (n: number) => n + 1)
  for (const from of [0, 90_000, 150_000]) {
    const inputs = Array.from({ length: 60_000 }, (_, i) => from + i)
    expect((await answersTo(tested, inputs)).every(({ value }, i) => value === from + i + 1)).toBe(true)
  }
})
