import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { matchesSchema } from '../../src/contracts/matchesSchema.ts'
import { updatedContract } from '../../src/contracts/updatedContract.ts'
import { dataset } from '../../src/dataset/dataset.ts'

const mail = { type: 'string', 'x-assay': { pii: true } } as const
const integers = { type: 'object', properties: { mail, n: { type: 'integer' } } } as const

test.each([
  ['part by part', { ...integers, properties: { mail, n: { type: 'integer', minimum: 100 } } }],
  ['as a whole, where a rule of rows is broken', { ...integers, allOf: [{ properties: { n: { minimum: 100 } } }] }],
  [
    'as a whole, where rows may be one of several',
    { ...integers, anyOf: [{ properties: { n: { const: 7 } } }, false] },
  ],
])('a contract that is read off the data anew, %s, keeps what is personal', async (_, contract) => {
  const people = dataset([{ mail: 'a@b.c', n: 1 }], { name: `people ${JSON.stringify(contract).length}` })
  const broken = (await evaluate(matchesSchema(people, contract))).filter(({ blocking }) => blocking)
  expect(broken.length).toBeGreaterThan(0)
  const updated = await updatedContract(contract, people, broken)
  expect(updated).toMatchObject({ properties: { mail: { 'x-assay': { pii: true } } } })
  expect((await evaluate(matchesSchema(people, updated))).filter(({ blocking }) => blocking)).toEqual([])
})
