import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { contractDiff } from '../../src/contracts/contractDiff.ts'
import { matchesSchema } from '../../src/contracts/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { everyKind } from '../helpers/everyKind.ts'

const integer = { type: 'integer' }
const stated = (...checks: readonly object[]) => ({ 'x-assay': { checks } })
const rows = [
  { id: 1, a: 1, b: 'x' },
  { id: 1, a: 2, b: 'y' },
  { id: 3, a: null, b: 'y' },
]

test.each<[what: string, contract: object, lines: readonly string[]]>([
  ['nothing that differs has no line', { properties: { id: integer } }, []],
  [
    'a check of the whole table',
    { properties: { id: integer }, ...stated({ kind: 'rowCount', bounds: { min: 10 } }) },
    ['- row count at least 10  at least 10 rows', '+ row count at least 10  3 rows'],
  ],
  [
    'a check of a column that the contract does not describe',
    { properties: { id: integer }, ...stated({ kind: 'maxBetween', column: 'a', bounds: { min: 5 } }) },
    ['- a: greatest value at least 5', '+ a: greatest value at least 5  2'],
  ],
  [
    'a key of several columns',
    { properties: { id: integer }, 'x-assay': { key: ['id', 'a'] } },
    [
      '- id, a: unique combinations  every row different',
      '+ id, a: unique combinations  66.7 % of 3 tested rows, first: row 3 "3"',
    ],
  ],
  [
    'a rule of whole rows',
    { properties: { id: integer }, minProperties: 4 },
    [
      '- rows that hold to minProperties  minProperties 4',
      '+ rows that hold to minProperties  0 % of 3 tested rows, first: row 1',
    ],
  ],
  [
    'a stated check of a column stands with the column',
    { properties: { id: integer, b: { type: 'string' } }, ...stated({ kind: 'valuesIn', column: 'b', values: ['x'] }) },
    ['- b   string, may be missing', '+ b   string, 2 of 3 rows break "one of "x"", first: row 2 "y"'],
  ],
  [
    'a column that is gone, and one that came',
    { properties: { id: integer, a: {}, c: { type: 'string' } }, required: ['c'], additionalProperties: false },
    ['- c   string, was c renamed to b?', '+ b   string'],
  ],
  [
    'a type',
    { properties: { b: integer }, required: ['id'] },
    ['- b  integer, may be missing', '+ b  string, first: row 1 "x"'],
  ],
])('%s', async (_, contract, lines) => {
  const data = dataset(rows)
  const results = await evaluate(matchesSchema(data, contract, { allowEmpty: true }))
  expect(await contractDiff(data, contract as never, results)).toEqual(lines)
})

test('whatever broke of a contract of every kind has a line', async () => {
  const { contract, orders } = await everyKind()
  const results = await evaluate(matchesSchema(orders, contract))
  const lines = (await Promise.all(results.map((result) => contractDiff(orders, contract, [result])))).flat().join('\n')
  const known = Object.keys(contract.properties ?? {})
  for (const { title, subject, blocking } of results) {
    if (!blocking) continue
    const { column } = subject
    const named = column === undefined ? title : known.includes(column) ? column : `${column}: ${title}`
    if (title === 'no extra columns') expect(lines).toMatch(/^\+ id .*added$/m)
    else expect(lines).toContain(`- ${named}`)
  }
})

test('what a file says reaches no terminal as a command', async () => {
  const red = '\u001b[31mred'
  const data = dataset([{ [red]: 'x' }])
  const schemas = [
    stated({ kind: 'valuesIn', column: red, values: [red] }),
    { properties: { [red]: integer } },
    { properties: { [red]: {} }, ...stated({ kind: 'noMissing', column: 'id' }) },
    { dependentRequired: { [red]: [`${red}s`] } },
  ]
  for (const schema of schemas) {
    const results = await evaluate(matchesSchema(data, schema))
    const lines = await contractDiff(data, schema as never, results)
    expect(lines.join('')).not.toContain('\u001b')
    expect(lines.length).toBeGreaterThan(0)
  }
})
