import { expect, test } from 'vitest'
import { evaluate, valuesBetween, valuesOfType } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { discreetTypeWords, nativeWords, typeWords } from '../../src/engine/typeWords.ts'
import { raw, sql } from '../../src/sql/sql.ts'

test('an enumeration says how many values it has, and a long type is cut', async () => {
  const many = dataset(sql`select 'a1'::enum(${raw(Array.from({ length: 5000 }, (_, i) => `'a${i}'`).join())}) as e`)
  const [result] = await evaluate(valuesBetween(many.column('e'), { max: 1 }))
  expect(result?.message).toContain('column "e" holds string values (ENUM of 5,000 values), not numbers')
  const wide = dataset([{ a: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`key${i}`, i])) }])
  const [typed] = await evaluate(valuesOfType(wide.column('a'), 'integer'))
  expect(typed?.message).toMatch(/^the column holds struct values \(STRUCT\("key0" .{100,110}…\)$/)
})

test.for([
  ['DECIMAL(9,2)', 'DECIMAL(9,2)', 'number values (DECIMAL(9,2))'],
  ["ENUM('a', 'it''s), ')[]", 'ENUM of 2 values[]', 'number values (ENUM of 2 values[])'],
  ["MAP(ENUM('a'), BIGINT)", 'MAP(ENUM of 1 value, BIGINT)', 'number values (MAP(ENUM of 1 value, BIGINT))'],
  ['STRUCT(a BIGINT)[]', 'STRUCT(a BIGINT)[]', 'number values'],
  ['TIMESTAMP WITH TIME ZONE', 'TIMESTAMP WITH TIME ZONE', 'number values (TIMESTAMP WITH TIME ZONE)'],
] as const)('%s', ([native, words, discreet]) => {
  expect(nativeWords(native)).toBe(words)
  expect(typeWords({ type: 'number', native })).toBe(`number values (${words})`)
  expect(discreetTypeWords({ type: 'number', native })).toBe(discreet)
})
