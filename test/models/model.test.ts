import { expect, test } from 'vitest'
import { isModel, model } from '../../src/models/model.ts'
import { predicted } from '../helpers/predicted.ts'

test('predictions come in the order of the inputs, sync or async', async () => {
  const inputs = Array.from({ length: 100 }, (_, i) => i)
  const plain = await predicted(
    model('plain@1', (n: number) => n * 2),
    inputs,
  )
  const slow = await predicted(
    model('slow@1', async (n: number) => {
      await new Promise((resolve) => setTimeout(resolve, (100 - n) % 7))
      return n * 2
    }),
    inputs,
  )
  expect(plain.values).toEqual(inputs.map((n) => n * 2))
  expect(slow.values).toEqual(plain.values)
})

test('an input the model fails on is an error of its own', async () => {
  const answers: unknown[] = [
    'fine',
    Number.NaN,
    undefined,
    null,
    Number.POSITIVE_INFINITY,
    0,
    false,
    '',
    { label: 'a', scores: {} },
  ]
  const odd = model('odd@1', (i: number) => {
    if (i === answers.length) throw new TypeError('no such word')
    return answers[i]
  })
  const { values, errors } = await predicted(
    odd,
    answers.concat('thrown').map((_, i) => i),
  )
  expect(Object.fromEntries(errors)).toEqual({
    1: 'answered NaN',
    2: 'answered undefined',
    3: 'answered null',
    4: 'answered Infinity',
    9: 'threw TypeError: no such word',
  })
  expect([values[0], values[5], values[6], values[7]]).toEqual(['fine', 0, false, ''])
})

test('a batch must answer as many as it was asked', async () => {
  const sizes: number[] = []
  const batch = model(
    'batch@1',
    (inputs: number[]) => {
      sizes.push(inputs.length)
      return inputs.includes(2) ? inputs.slice(1) : inputs.includes(6) ? 'what?' : inputs
    },
    { batch: 2 },
  )
  const { values, errors } = await predicted(batch, [0, 1, 2, 3, 4, 5, 6])
  expect(sizes).toEqual([2, 2, 2, 1])
  expect(Object.fromEntries(errors)).toEqual({
    2: 'answered 1 prediction for 2 inputs',
    3: 'answered 1 prediction for 2 inputs',
    6: 'answered a string for a batch, not an array',
  })
  expect([values[0], values[1], values[4], values[5]]).toEqual([0, 1, 4, 5])
})

test('a model that hangs is an error after its timeout, and a retry can save it', async () => {
  let calls = 0
  const hanging = model('hangs@1', () => new Promise(() => {}), { timeout: 20 })
  const flaky = model('flaky@1', async () => (++calls < 3 ? Promise.reject(new Error('busy')) : 'ok'), { retries: 2 })
  expect((await predicted(hanging, ['x'])).errors.get(0)).toBe('did not answer within 20 ms')
  expect((await predicted(flaky, ['x'])).values).toEqual(['ok'])
  expect(calls).toBe(3)
})

test('no more calls are under way than allowed', async () => {
  let running = 0
  let most = 0
  const counted = model(
    'counted@1',
    async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 2))
      running--
      return 'ok'
    },
    { concurrency: 3 },
  )
  expect((await predicted(counted, Array(20).fill('x'))).errors.size).toBe(0)
  expect(most).toBe(3)
})

test('a signal stops the predictions', async () => {
  const stop = new AbortController()
  const endless = model(
    'endless@1',
    async () => {
      stop.abort(new Error('enough'))
      return 'x'
    },
    { concurrency: 1 },
  )
  await expect(predicted(endless, Array(5).fill('x'), { signal: stop.signal })).rejects.toThrow(/^stopped: /)
})

test('a model is told from other things, and wrong arguments say what to give', () => {
  expect(isModel(model('a@1', () => 'x'))).toBe(true)
  expect(isModel({ predict: () => 'x' })).toBe(false)
  expect(() => model('', () => 'x')).toThrow(/give a name with a version/)
  expect(() => model('a@1', 'x' as never)).toThrow(/got a string instead of a function/)
  expect(() => model('a@1', () => 'x', { bacth: 3 } as never)).toThrow(
    /does not know the option "bacth"\n.*did you mean batch/,
  )
  expect(() => model('a@1', () => 'x', { batch: 0 })).toThrow(/batch: 0/)
})
