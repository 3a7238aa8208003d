import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { matchesSchema } from '../../src/contracts/matchesSchema.ts'
import { schemaCheck, type SchemaOptions } from '../../src/cli/schemaCheck.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { orders, ordersSchema } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

async function statuses(options: SchemaOptions, data = orders): Promise<string[]> {
  const folder = await folderWith({ 'orders.csv': data, 'schema.json': ordersSchema })
  const check = await schemaCheck(dataset(`${folder}/orders.csv`), { schema: `${folder}/schema.json`, ...options })
  return [...new Set((await evaluate(check)).map(({ status }) => status))].sort()
}

test('mostly, severity and empty data are judged as the options say, where the schema says nothing', async () => {
  expect(await statuses({})).toEqual(['fail', 'pass'])
  expect(await statuses({ severity: 'warn' })).toEqual(['pass', 'warn'])
  expect(await statuses({ mostly: 0.8 }, orders.replace('shop,\n', 'shop,1\n'))).toEqual(['pass'])
  const empty = 'id,day,channel,amount\n'
  expect(await statuses({}, empty)).toContain('vacuous')
  expect(await statuses({ allowEmpty: true }, empty)).toEqual(['pass'])
})

test('columns that the schema does not know are fine only when that is said', async () => {
  const wide = 'id,amount,note\n1,2,x\n'
  expect(await statuses({}, wide)).toEqual(['fail', 'pass'])
  expect(await statuses({ allowExtra: true }, wide)).toEqual(['pass'])
})

test('columns that a schema does not know hold when the asking says so, however the schema rules them out', async () => {
  const data = dataset([{ id: 1, note: 'x' }])
  const properties = { id: { type: 'integer' } }
  const kindsOf = async (schema: object, allowExtra: boolean) =>
    (await evaluate(matchesSchema(data, { type: 'object', ...schema }, { allowExtra }))).map(
      ({ kind, status }) => `${kind} ${status}`,
    )
  const closed = { properties, additionalProperties: false }
  expect(await kindsOf(closed, false)).toContain('onlyColumns fail')
  expect(await kindsOf(closed, true)).toEqual(['valuesOfType pass'])
  const patterned = { ...closed, patternProperties: { '^x_': { type: 'number' } } }
  expect(await kindsOf(patterned, false)).toContain('rowSchema fail')
  expect((await kindsOf(patterned, true)).filter((one) => !one.endsWith('pass'))).toEqual([])
  const unevaluated = { properties, unevaluatedProperties: false }
  expect(await kindsOf(unevaluated, false)).toContain('rowSchema fail')
  expect(await kindsOf(unevaluated, true)).toEqual(['valuesOfType pass'])
  const stated = { ...closed, 'x-assay': { checks: [{ kind: 'onlyColumns', columns: ['id'] }] } }
  expect(await kindsOf(stated, true)).toContain('onlyColumns fail')
  expect(await kindsOf({ additionalProperties: false }, true)).toEqual(await kindsOf({}, false))
})

test('a contract says its own mostly, severity and emptiness', async () => {
  const asked = schemaCheck(dataset('orders.csv'), { mostly: 0.9 })
  await expect(asked).rejects.toThrow('a contract says its own')
})

test.each([
  ["of a 'kind'.csv", `assay init 'of a '\\''kind'\\''.csv'`],
  ['-dash.csv', 'assay init ./-dash.csv'],
  ['größe_1.csv', 'assay init größe_1.csv'],
])('the command that would write a contract of %s is one of a shell', async (file, hint) => {
  await expect(schemaCheck(dataset(file), {})).rejects.toThrow(`${hint}\n`)
})
