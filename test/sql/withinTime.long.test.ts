import { expect, test } from 'vitest'
import { eachWithinTime, withinTime } from '../../src/sql/withinTime.ts'

const hostile = `${'a'.repeat(40)}!`

test('a pattern that backtracks without end is stopped, and told', () => {
  expect(() => withinTime('the pattern', () => /^(a+)+$/.test(hostile), 0.2)).toThrow(
    /the pattern took more than 0.2 seconds.*\n.*repetition inside a repetition/,
  )
})

test('what the work returns and throws comes through', () => {
  expect(withinTime('x', () => [1, new Date(0)])).toEqual([1, new Date(0)])
  expect(() => withinTime('x', () => JSON.parse('{'))).toThrow(SyntaxError)
})

const asleep = new Int32Array(new SharedArrayBuffer(4))
const used = (): number => process.cpuUsage().user + process.cpuUsage().system
const busy = (milliseconds: number): number => {
  let sum = 0
  for (const before = used(); used() - before < milliseconds * 1000; ) for (let i = 0; i < 1e4; i++) sum += i
  return sum
}

test('the limit is for one value, however many there are, and tells nothing of a value that waits', async () => {
  const values = Array.from({ length: 12 }, (_, i) => i)
  const each = await eachWithinTime('x', values, (value) => (busy(40), value * 2), { seconds: 0.2 })
  expect(each).toEqual(values.map((value) => value * 2))
  const slept = (value: number): number => (Atomics.wait(asleep, 0, 0, 150), value)
  expect(await eachWithinTime('x', [1, 2], slept, { seconds: 0.05 })).toEqual([1, 2])
  expect(withinTime('x', () => slept(3), 0.05)).toBe(3)
})

test('one value that takes too long is stopped, wherever it stands', async () => {
  for (const at of [0, 7]) {
    const texts = Array.from({ length: 9 }, (_, i) => (i === at ? hostile : 'aa'))
    await expect(
      eachWithinTime('the pattern', texts, (text) => /^(a+)+$/.test(text), { seconds: 0.3 }),
    ).rejects.toThrow(/the pattern took more than 0.3 seconds of processor time on one value/)
  }
})

test('others get their turn meanwhile, and can stop it', async () => {
  const controller = new AbortController()
  const work = eachWithinTime('x', Array.from({ length: 100 }), () => busy(30), { signal: controller.signal })
  setImmediate(() => controller.abort(new Error('enough')))
  await expect(work).rejects.toThrow(/stopped: enough/)
})
