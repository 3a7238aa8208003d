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

test('an input that was changed in place is asked anew, whatever it is; others are known by what they hold', async () => {
  class Image {
    width = 1
  }
  const image = new Image()
  const bytes = new Uint8Array([1, 2, 3, 4])
  const inputs: readonly (readonly [input: unknown, change: () => void])[] = [
    [bytes, () => (bytes[0] = 9)],
    [bytes.subarray(2), () => (bytes[2] = 9)],
    [{ pixels: new Float32Array(bytes) }, () => {}],
    [new Map([['a', bytes]]), () => (bytes[1] = 9)],
    [new Set<unknown>([[1]]), () => {}],
    [{ a: Number.NaN, b: [undefined, 1] }, () => {}],
    [{ image }, () => (image.width = 2)],
    [() => image.width, () => (image.width = 3)],
    [new Int8Array(new SharedArrayBuffer(2)), () => {}],
  ]
  const { asked, tested } = counted((input) =>
    inspect(typeof input === 'function' ? (input as () => unknown)() : input),
  )
  const answerOf = async (input: unknown) => (await answersTo(tested, [input, input]))[1]?.value
  for (const [input, change] of inputs) {
    await answerOf(input)
    change()
    expect(await answerOf(input)).toBe(inspect(typeof input === 'function' ? (input as () => unknown)() : input))
  }
  const before = asked.length
  for (const input of [new Map([['a', Uint8Array.from(bytes)]]), new Set([[1]]), { a: Number.NaN, b: [undefined, 1] }])
    await answerOf(input)
  expect(asked).toHaveLength(before)
})

test('an answer is that to the input as it was when it was asked about, though it changed before its turn', async () => {
  const { tested } = counted(async (input: { a: number }) => (await wait(1), input.a), { concurrency: 1 })
  const inputs = Array.from({ length: 4 }, (_, a) => ({ a }))
  const answers = answersTo(tested, inputs)
  for (const input of inputs) input.a += 10
  expect((await answers).map(({ value, error }) => error ?? value)).toEqual([0, 1, 2, 3])
  expect((await answersTo(tested, inputs)).map(({ value }) => value)).toEqual([10, 11, 12, 13])
})

test('inputs that cannot be copied are errors of their own, and asked again', async () => {
  let fault: Error | undefined = new Error('no such luck')
  const input = Object.defineProperty({}, 'a', {
    enumerable: true,
    get() {
      if (fault) throw fault
      return 1
    },
  })
  const { tested } = counted((one: { a: number }) => one.a)
  const both = await answersTo(tested, [input, { a: 2 }])
  expect(both).toEqual([{ error: expect.stringContaining('no such luck') }, { value: 2 }])
  fault = undefined
  expect((await answersTo(tested, [input]))[0]?.value).toBe(1)
})
