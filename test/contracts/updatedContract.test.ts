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

const kept = { minimum: 0, description: 'by hand' }
test.each([
  ['a condition', { if: { properties: { n: { const: 1 } } }, then: { required: ['other'] } }, ['dependentRequired']],
  ['one of two rules', { allOf: [{ properties: { n: { minimum: 100 } } }] }, ['dependentRequired']],
  ['two rules', { allOf: [{ properties: { n: { minimum: 100 } } }], not: {} }, []],
])('of rules about whole rows what broke goes, and limits and notes of hand stay: %s', async (name, rules, others) => {
  const rows = dataset([{ n: 1 }, { n: 2 }], { name: `rows of ${name}` })
  const columns = { properties: { n: { type: 'integer', ...kept } }, required: ['n'] }
  const contract = { type: 'object', ...columns, dependentRequired: { other: ['n'] }, ...rules }
  const broken = (await evaluate(matchesSchema(rows, contract))).filter(({ blocking }) => blocking)
  const updated = await updatedContract(contract, rows, broken)
  expect(updated).toMatchObject(columns)
  expect(Object.keys(updated).filter((word) => Object.hasOwn(rules, word))).toEqual([])
  expect(Object.keys(updated)).toEqual(expect.arrayContaining(others))
  expect(Object.hasOwn((updated as { properties: object }).properties, '')).toBe(false)
})

test('of several keys the broken ones go, and limits and notes of hand stay', async () => {
  const rows = dataset(
    [1, 2].map((c) => ({ a: 1, b: 2, c })),
    { name: 'keys' },
  )
  const columns = { a: { type: 'integer', ...kept, 'x-assay': { unique: true } }, b: {}, c: {} }
  const contract = {
    properties: columns,
    'x-assay': {
      key: ['a', 'c'],
      uniqueKeys: [
        ['a', 'b'],
        ['b', 'c'],
      ],
    },
  }
  const broken = (await evaluate(matchesSchema(rows, contract))).filter(({ blocking }) => blocking)
  expect(await updatedContract(contract, rows, broken)).toEqual({
    properties: { ...columns, a: { type: 'integer', ...kept, 'x-assay': {} } },
    'x-assay': { key: ['a', 'c'], uniqueKeys: [['b', 'c']] },
  })
})
