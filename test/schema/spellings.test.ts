import { expect, test } from 'vitest'
import { kindNamed } from '../../src/checks/catalogue.ts'
import { evaluate } from '../../src/checks/index.ts'
import { matchesSchema } from '../../src/contracts/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { keywordsOf } from '../../src/schema/spellings.ts'

const rows = dataset([{ n: 1, word: 'a' }], { name: 'rows' })

/** For each keyword a column, what it says, and the same as a check of a contract. */
const spelled: Readonly<Record<string, readonly [column: string, rules: object, members: object]>> = {
  minimum: ['n', { type: 'integer', minimum: 0 }, { bounds: { min: 0 } }],
  maximum: ['n', { type: 'integer', maximum: 0 }, { bounds: { max: 0 } }],
  exclusiveMinimum: ['n', { type: 'integer', exclusiveMinimum: 0 }, { bounds: { gt: 0 } }],
  exclusiveMaximum: ['n', { type: 'integer', exclusiveMaximum: 1 }, { bounds: { lt: 1 } }],
  minLength: ['word', { minLength: 2 }, { bounds: { min: 2 } }],
  maxLength: ['word', { maxLength: 2 }, { bounds: { max: 2 } }],
  pattern: ['word', { pattern: '^b' }, { pattern: '^b' }],
  enum: ['word', { enum: ['a', 'b'] }, { values: ['a', 'b'] }],
  const: ['word', { const: 'b' }, { values: ['b'] }],
  type: ['n', { type: 'string' }, { type: 'string' }],
}

test.each(
  Object.entries(keywordsOf).flatMap(([kind, keywords]) => keywords.map((keyword) => [keyword, kind] as const)),
)('the keyword %s and the check %s say the same', async (keyword, kind) => {
  expect(kindNamed(kind).kind).toBe(kind)
  const [column, rules, members] = spelled[keyword] ?? []
  if (column === undefined) return
  const byKeyword = await evaluate(matchesSchema(rows, { properties: { [column]: rules } }))
  const checks = [{ kind, column, ...members }]
  const [byKind] = await evaluate(matchesSchema(rows, { type: 'object', 'x-assay': { checks } }))
  const same = byKeyword.find((result) => result.kind === kind)
  expect(byKind).toMatchObject({ kind, status: same?.status, expected: same?.expected, title: same?.title })
})
