import { expect, test } from 'vitest'
import { evaluate, valuesMatching } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { withinTime } from '../../src/sql/withinTime.ts'

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

test('a check whose pattern only JavaScript can judge ends as an error, not never', async () => {
  const data = dataset([{ t: hostile }, { t: 'aa' }])
  const [result] = await evaluate(valuesMatching(data.column('t'), /^(?=a)(a+)+$/))
  expect(result).toMatchObject({ status: 'error', message: expect.stringContaining('took more than 5 seconds') })
})
