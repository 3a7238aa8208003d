import { expect, test } from 'vitest'
import { awaitsInTurn } from '../../matchers/awaitsInTurn.ts'
import { areAwaited } from '../../src/bytes/reads.ts'
import { temporaryFile } from '../helpers/files.ts'

test.each([
  [`test('a', async () => { await expect(a).toMeet(b) })`, false],
  [`test('a', async () => { await expect(a).toMeet(b); expect(1).toBe(1) })`, false],
  [`test('a', async () => { await expect(a).toMeet(b); await expect.soft(c).toMeet(d) })`, true],
  [`test('a', async () => { const [r] = await assay.evaluate(a)\n for (const x of y) z })`, true],
  [`test.each(cases)('a', async (c) => { await expect(a).toMeet(c) })`, true],
  [`test('a', () => { expect(a).toMeet(b); expect(a).toMeet(c) })`, false],
  [`test('a', () => Promise.all([expect(a).toMeet(b), expect(a).toMeet(c)]))`, false],
  ['', false],
])('%s: %s', async (text, answer) => {
  expect(awaitsInTurn(await temporaryFile('a.test.ts', text))).toBe(answer)
})

test('what cannot be read tells nothing; the running test file, whose own assertions count, is asked', async () => {
  expect(awaitsInTurn('/no/such.test.ts')).toBe(false)
  expect(awaitsInTurn(undefined)).toBe(false)
  await expect(Promise.resolve(1)).resolves.toBe(1)
  await expect(areAwaited()).resolves.toBe(true)
})
