import { describe, expect, test } from 'vitest'
import { answer } from '../../src/models/answer.ts'
import { model } from '../../src/models/model.ts'
import type { ModelOptions } from '../../src/models/modelOptions.ts'
import { predicted } from '../helpers/predicted.ts'

type Answers = readonly (string | object | undefined)[]
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Answers by place, and the places with errors. */
async function ask(
  predict: (input: never) => unknown,
  options: ModelOptions = {},
  inputs: unknown[] = ['a', 'b', 'c'],
) {
  const { values, errors } = await predicted(model('m@1', predict, options), inputs)
  return { values: values as Answers, wrong: [...errors.keys()].sort((one, other) => one - other), errors }
}

describe('what a model changes after it answered', () => {
  test('is not what it answered', async () => {
    const said: Record<string, string>[] = []
    const later = async (text: string) => {
      for (const before of said) before.text = 'changed'
      const answer = { text }
      said.push(answer)
      await wait(1)
      return answer
    }
    const plain = (text: string) => {
      for (const before of said) before.text = 'changed'
      said.push({ text })
      return said.at(-1)
    }
    const answers = ['a', 'b', 'c'].map((text) => ({ text }))
    expect((await ask(plain)).values).toEqual(answers)
    expect((await ask(later, { concurrency: 1 })).values).toEqual(answers)
  })
})

describe('one object in several answers', () => {
  const one = { text: '', scores: [0] }
  const frozen = Object.freeze({ text: 'x', scores: Object.freeze([0]) })
  const list: string[] = []
  const fill = (text: string) => Object.assign(one, { text })
  test.each<[string, (input: never) => unknown, ModelOptions, number[]]>([
    ['of a batch is an error of each', (texts: string[]) => texts.map(fill), { batch: 3 }, [0, 1, 2]],
    ['of a later batch', async (texts: string[]) => texts.map(fill), { batch: 2, concurrency: 1 }, [0, 1, 2]],
    ['of calls under way together', async (text: string) => (fill(text), await wait(2), one), {}, [0, 1, 2]],
    ['that each call changes', fill, {}, [0, 1, 2]],
    ['that each call changes later', async (text: string) => fill(text), { concurrency: 1 }, [0, 1, 2]],
    ['that grows', (text: string) => (list.push(text), list), {}, [0, 1, 2]],
    ['that is changed back', (text: string) => fill(text === 'b' ? 'b' : 'a'), {}, [0, 1, 2]],
    ['that stays as it is', () => one, {}, []],
    ['that stays as it is, later', async () => one, { concurrency: 1 }, []],
    [
      'in a part of them',
      (texts: string[]) => texts.map((text) => ({ text, scores: one.scores })),
      { batch: 3 },
      [0, 1, 2],
    ],
    ['in some of them', (texts: string[]) => [one, { text: texts[1] }, one], { batch: 3 }, [0, 2]],
    [
      'beside what belongs to it',
      (text: string) => answer({ value: fill(text), usage: { inputTokens: 1 }, trace: ['x'] }),
      {},
      [0, 1, 2],
    ],
    ['of answers with usage, each of its own', (text: string) => answer({ value: text, usage: { cost: 1 } }), {}, []],
    ['that is frozen is right', (texts: string[]) => texts.map(() => frozen), { batch: 3 }, []],
  ])('%s', async (_, predict, options, wrong) => {
    const found = await ask(predict, options)
    expect(found.wrong).toEqual(wrong)
    for (const place of wrong) {
      expect(found.errors.get(place)).toContain('part of the answer to another input')
      expect(found.values[place]).toBeUndefined()
    }
  })

  test('that was changed since another run is an error of both', async () => {
    const tested = model('m@1', fill)
    const [before, other] = [await predicted(tested, ['a']), await predicted(model('other@1', fill), ['a'])]
    const after = await predicted(tested, ['b'])
    expect([before.errors.size, after.errors.size, other.errors.size]).toEqual([1, 1, 0])
  })

  test('may answer the same input twice, as a cache does', async () => {
    const cache = new Map<string, object>()
    const cached = (text: string) => cache.get(text) ?? (cache.set(text, { text }), cache.get(text))
    const inputs = ['a', 'b', 'a', 'a']
    expect((await ask(async (text: string) => cached(text), {}, inputs)).wrong).toEqual([])
    expect((await ask((texts: string[]) => texts.map(cached), { batch: 4 }, inputs)).wrong).toEqual([])
    const objects = [{ t: 'a' }, { t: 'b' }, { t: 'a' }]
    expect((await ask(async ({ t }: { t: string }) => cached(t), {}, objects)).wrong).toEqual([])
  })

  test('of a batch of 100,000 is found in time', async () => {
    const inputs = Array.from({ length: 100_000 }, (_, i) => i)
    expect((await ask((all: number[]) => all.map(() => one), { batch: 100_000 }, inputs)).wrong).toHaveLength(100_000)
    expect((await ask((all: number[]) => all.map(() => one), { batch: 100_000 }, inputs.fill(1))).wrong).toEqual([])
  })
})

describe('a model that changes its input', () => {
  const inputs = () => [
    { age: 1, tags: ['x'], when: new Date(0), bytes: new Uint8Array(2), set: new Set([1]), map: new Map([['k', [1]]]) },
    { age: 2, tags: [], when: new Date(0), bytes: new Uint8Array(2), set: new Set([1]), map: new Map([['k', [1]]]) },
  ]
  type Input = ReturnType<typeof inputs>[0]
  test.each<[string, (input: Input) => unknown, string]>([
    ['sets a field', (one) => one.age++, 'age'],
    ['adds a field', (one) => Object.assign(one, { more: 1 }), ''],
    ['drops a field', (one) => Reflect.deleteProperty(one, 'tags'), ''],
    ['pushes to a list', (one) => one.tags.push('y'), 'tags'],
    ['sets a date', (one) => one.when.setFullYear(1999), 'when'],
    ['writes bytes', (one) => one.bytes.fill(1), 'bytes'],
    ['adds to a set', (one) => one.set.add(2), 'set'],
    ['changes what a map holds', (one) => one.map.get('k')?.push(2), 'map'],
  ])('that %s has an error, and the case keeps its input', async (_, change, where) => {
    const given = inputs()
    const message = `changed its input${where === '' ? '' : ` at ${where}`}: it must leave inputs as they are`
    const ways: [(input: never) => unknown, ModelOptions][] = [
      [(one: Input) => (change(one), 'yes'), {}],
      [async (one: Input) => (await wait(1), change(one), 'yes'), {}],
      [(all: Input[]) => all.map((one) => (change(one), 'yes')), { batch: 2 }],
    ]
    for (const [predict, options] of ways) {
      const { errors } = await ask(predict, options, given)
      expect([...errors.values()]).toEqual([message, message])
      expect(given).toEqual(inputs())
    }
  })

  test('has an error for each input of a batch that it reverses or empties', async () => {
    for (const change of [(all: number[]) => all.reverse(), (all: number[]) => all.splice(0)])
      expect((await ask((all: number[]) => (change(all), [1, 2]), { batch: 2 }, [2, 1])).wrong).toEqual([0, 1])
  })

  test('objects of classes and functions come as they are', async () => {
    class Text {
      #own = 'a'
      read = () => this.#own
    }
    const given = [new Text(), () => 'b']
    const { values, wrong } = await ask(
      (one: Text | (() => string)) => (one instanceof Text ? one.read() : one()),
      {},
      given,
    )
    expect([values, wrong]).toEqual([['a', 'b'], []])
  })
})

describe('a signal', () => {
  test.each<[string, (input: never) => unknown, ModelOptions]>([
    ['a model that never answers', () => new Promise(() => {}), {}],
    ['more calls than go together', () => new Promise(() => {}), { concurrency: 1 }],
    ['a batch that never answers', () => new Promise(() => {}), { batch: 2 }],
    ['retries without end', async () => Promise.reject(new Error('busy')), { retries: 1e9 }],
    ['a thing with a then that does nothing', () => ({ then() {} }), {}],
  ])('ends %s', async (_, predict, options) => {
    const stop = new AbortController()
    const asked = predicted(model('m@1', predict, options), ['a', 'b', 'c'], { signal: stop.signal })
    setTimeout(() => stop.abort(new Error('enough')), 20)
    await expect(asked).rejects.toMatchObject({ code: 'aborted', cause: { message: 'enough' } })
  })

  test.each<[string, (input: never) => unknown]>([
    ['at once', () => 1],
    ['in microtasks', async () => 1],
  ])('is heard between the calls of a model that answers %s', async (_, predict) => {
    const stop = new AbortController()
    const slow = (input: never) => {
      const end = performance.now() + 1
      while (performance.now() < end);
      return predict(input)
    }
    setTimeout(() => stop.abort(), 20)
    await expect(
      predicted(model('m@1', slow), Array.from({ length: 1e6 }), { signal: stop.signal }),
    ).rejects.toMatchObject({ code: 'aborted' })
  })
})
