import { expect, test } from 'vitest'
import { evaluate, valuesMatching } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'

const hostile = `${'a'.repeat(40)}!`

test('a check whose pattern only JavaScript can judge ends as an error, not never', async () => {
  const data = dataset([{ t: hostile }, { t: 'aa' }])
  const [result] = await evaluate(valuesMatching(data.column('t'), /^(?=a)(a+)+$/))
  expect(result).toMatchObject({ status: 'error', message: expect.stringContaining('took more than 5 seconds') })
})
