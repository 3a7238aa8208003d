import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { matchesSchema } from '../../src/contracts/index.ts'
import { temporaryFile } from '../helpers/files.ts'

/** What a column's rules make of each cell of a text file. */
const cases: readonly { rules: object; holds: readonly string[]; fails: readonly string[] }[] = [
  { rules: { maximum: 10 }, holds: ['5', '-0.5', '1e1'], fails: ['50', '10.5', 'abc', 'NaN', '1e400', '007'] },
  { rules: { exclusiveMinimum: 0, multipleOf: 0.5 }, holds: ['1.5', '2'], fails: ['0', '1.2', 'abc'] },
  { rules: { multipleOf: 2 }, holds: ['4'], fails: ['3', 'abc'] },
  { rules: { format: 'int32' }, holds: ['7'], fails: ['3000000000', '1.5', 'abc'] },
  { rules: { type: 'integer', format: 'int32' }, holds: ['7'], fails: ['3000000000', '1.5', 'abc'] },
  { rules: { maximum: 10, maxLength: 3 }, holds: ['5', 'abc'], fails: ['50', 'abcd'] },
  { rules: { pattern: '^[0-9]{3}$' }, holds: ['123'], fails: ['12', 'abc', '1e2'] },
  { rules: { minLength: 2 }, holds: ['12', 'ab', '1.5'], fails: ['1', 'a'] },
  { rules: { allOf: [{ maximum: 10 }] }, holds: ['5'], fails: ['50'] },
  { rules: { anyOf: [{ type: 'integer', maximum: 10 }, { const: 'n/a' }] }, holds: ['5', 'n/a'], fails: ['50', 'abc'] },
  { rules: { if: { minimum: 5 }, then: { multipleOf: 5 } }, holds: ['3', '10'], fails: ['11'] },
  { rules: { not: { minimum: 5 } }, holds: ['3'], fails: ['11'] },
  { rules: { $ref: '#/$defs/small' }, holds: ['5'], fails: ['50', 'abc'] },
  { rules: { $ref: '#/$defs/code' }, holds: ['5', '50', 'abc'], fails: ['abcd', '5000'] },
  { rules: { $ref: '#/$defs/day' }, holds: ['2024-02-29'], fails: ['2024-02-30', 'abc', '5'] },
]
const $defs = {
  small: { type: 'number', maximum: 10 },
  code: { type: 'string', maxLength: 3 },
  day: { type: 'string', format: 'date' },
}
/** The same rules where they stand with the column, and where only the whole row has them. */
const places: readonly ((rules: object) => object)[] = [
  (rules) => ({ properties: { a: rules }, $defs }),
  (rules) => ({ allOf: [{ properties: { a: rules } }], $defs }),
  (rules) => ({ properties: { id: true }, additionalProperties: rules, $defs }),
  (rules) => ({ properties: { id: true }, patternProperties: { '^a$': rules }, $defs }),
]

async function failing(schema: object, cells: readonly string[]): Promise<boolean> {
  const file = await temporaryFile('cells.csv', `id,a\n${cells.map((cell, i) => `${i},${cell}`).join('\n')}\n`)
  const results = await evaluate(matchesSchema(dataset(file), schema))
  expect(results.filter(({ status }) => status !== 'pass' && status !== 'fail')).toEqual([])
  return results.some(({ status }) => status === 'fail')
}

test.each(cases)(
  'cells of $rules get their verdict whatever stands in the other cells',
  async ({ rules, ...cells }) => {
    for (const [index, place] of places.entries()) {
      const schema = place(rules)
      // Limits of a column of its own ask for numbers; elsewhere a text holds to them, as JSON Schema has it.
      const broken = cells.fails.filter(
        (cell) => index === 0 || !limitsOnly(rules) || (/^-?(0$|[1-9])/.test(cell) && cell !== '1e400'),
      )
      expect(await failing(schema, cells.holds), JSON.stringify(schema)).toBe(false)
      for (const cell of broken) {
        expect(await failing(schema, [cell]), `${cell} alone, ${JSON.stringify(schema)}`).toBe(true)
        expect(await failing(schema, [...cells.holds, cell]), `${cell} last, ${JSON.stringify(schema)}`).toBe(true)
        expect(await failing(schema, [cell, ...cells.holds]), `${cell} first, ${JSON.stringify(schema)}`).toBe(true)
      }
    }
  },
  60_000,
)

function limitsOnly(rules: object): boolean {
  return (
    Object.keys(rules).every((name) => ['maximum', 'exclusiveMinimum', 'multipleOf', 'format'].includes(name)) &&
    !('type' in rules)
  )
}
