import { expect, test } from 'vitest'
import { evaluate } from '../../../src/checks/index.ts'
import { inferContract } from '../../../src/contracts/inferContract.ts'
import { matchesSchema } from '../../../src/contracts/index.ts'
import { type Dataset, dataset } from '../../../src/dataset/dataset.ts'
import { relationOf } from '../../../src/dataset/opened.ts'
import { compile } from '../../../src/schema/drafts.ts'
import { fileOpener } from '../../helpers/opened.ts'

const open = fileOpener()
const digits = '1234567890'.repeat(5)
const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: { v: { type: 'integer' } },
} as const

/** A number as it is spelled, the type of a column of it, the type that its contract says. */
const spelled: readonly (readonly [string, string, string | undefined])[] = [
  ['0', 'integer', 'integer'],
  ['-7', 'integer', 'integer'],
  ['1.0', 'integer', 'integer'],
  ['1e2', 'integer', 'integer'],
  ['1E-0', 'integer', 'integer'],
  ['-0.5e1', 'integer', 'integer'],
  ['0.99999999999999999999', 'integer', 'integer'],
  ['1e-400', 'integer', 'integer'],
  ['-0', 'number', 'integer'],
  ['-0.0', 'number', 'integer'],
  ['-0e5', 'number', 'integer'],
  ['0.5', 'number', 'number'],
  ['1e-3', 'number', 'number'],
  ['9007199254740991', 'integer', 'integer'],
  ['9007199254740993.0', 'number', 'integer'],
  ['1e17', 'number', 'integer'],
  ['1e400', 'number', undefined],
  ['-1e400', 'number', undefined],
]

/** Those that JSON.parse rounds: in a file they keep their digits. */
const rounded: typeof spelled = [
  ['9007199254740993', 'integer', 'integer'],
  ['12345678901234567890', 'integer', 'integer'],
  ['-9223372036854775809', 'integer', 'integer'],
  [digits, 'mixed', 'integer'],
]

async function about(data: Dataset) {
  const [column] = (await relationOf(data)).columns
  const { properties } = (await inferContract(data)) as { properties?: { v?: { type?: unknown } } }
  const [result] = await evaluate(matchesSchema(data, schema)).then((results) =>
    results.filter((one) => one.subject.column === 'v'),
  )
  return { column: column?.type, contract: properties?.v?.type, integer: result?.status ?? 'pass' }
}

test.each([...spelled, ...rounded])(
  '%s in a file: the column is of type %s, its contract says %s',
  async (number, column, contract) => {
    const wanted = { column, contract, integer: contract === 'integer' ? 'pass' : 'fail' }
    expect(await about(open('jsonl', `{"v":${number}}\n`))).toEqual(wanted)
    expect(await about(open('json', `[{"v":${number}}]`))).toEqual(wanted)
  },
)

test.each(spelled)('%s in memory is what it is in a file', async (number, column, contract) => {
  const record = JSON.parse(`{"v":${number}}`) as { readonly v: number }
  const found = (await compile(schema, '2020-12'))(record)
  expect(found === undefined).toBe(contract === 'integer')
  expect(await about(dataset([record]))).toEqual({
    column,
    contract,
    integer: contract === 'integer' ? 'pass' : 'fail',
  })
})
