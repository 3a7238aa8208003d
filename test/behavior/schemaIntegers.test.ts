import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passMft } from '../../src/behavior/index.ts'
import { mft } from '../../src/behavior/mft.ts'
import { evaluate } from '../../src/checks/index.ts'
import { model } from '../../src/models/model.ts'

const verdict = async (schema: string, answer: unknown): Promise<string | undefined> => {
  const [result] = await evaluate(
    passMft(
      model('m', () => answer),
      mft([{ input: 'a', compare: 'schema', expected: schema }]),
    ),
  )
  return result?.status
}

test.each([
  ['{"const":9007199254740992}', 'error'],
  ['{"maximum":9007199254740992}', 'error'],
  ['{"exclusiveMinimum":9007199254740992}', 'error'],
  ['{"enum":[9007199254740994]}', 'error'],
  ['{"type":"integer","minimum":0}', 'pass'],
  ['{"maximum":5}', 'fail'],
  ['{"type":"string"}', 'fail'],
])('an integer that no number is: %s is %s', async (rules, status) => {
  const schema = `{"properties":{"list":{"items":{"properties":{"id":${rules}}}}}}`
  const id = 9007199254740993n
  expect(await verdict(schema, { list: [{ id }] })).toBe(status)
  expect(await verdict(schema, `{"list":[{"id":${id}}]}`)).toBe(status)
})

test('a schema with one is wrong', () => {
  const cases = (expected: string) => mft([{ input: 'a', compare: 'schema', expected }])
  expect(() => cases('{"properties":{"id":{"const":9007199254740993}}}')).toThrow(
    /holds 9007199254740993, which is read as 9007199254740992/,
  )
  expect(cases('{"maximum":9223372036854775807}')).toHaveLength(1)
})

test('no verdict is wrong in silence, whatever the integers', { timeout: 60_000 }, async () => {
  const integer = fc.bigInt({ min: -(2n ** 55n), max: 2n ** 55n })
  await fc.assert(
    fc.asyncProperty(
      integer.map((limit) => BigInt(Number(limit))),
      fc.bigInt({ min: -9n, max: 9n }),
      fc.constantFrom('maximum', 'minimum', 'const'),
      async (limit, by, keyword) => {
        const id = limit + by
        const truth = keyword === 'maximum' ? id <= limit : keyword === 'minimum' ? id >= limit : id === limit
        const status = await verdict(`{"properties":{"id":{"${keyword}":${limit}}}}`, { id })
        if (status !== 'error') expect(status).toBe(truth ? 'pass' : 'fail')
        if (BigInt(Number(id)) === id) expect(status).not.toBe('error')
      },
    ),
    { numRuns: 200, seed: 20261128 },
  )
})
