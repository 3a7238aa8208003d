import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { matchesSchema } from '../../src/contracts/matchesSchema.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { ajvOptions } from '../../src/schema/drafts.ts'
import { folderWith } from '../helpers/files.ts'
import { rowsOf } from '../helpers/blocks.ts'

type Rows = readonly Readonly<Record<string, unknown>>[]

/** By column and kind, the rows that fail; what could not run is told as such. */
async function failing(rows: Rows, properties: object, more: object = {}, options: object = {}): Promise<string[]> {
  const results = await evaluate(
    matchesSchema(dataset([...rows], options), { properties, ...more }, { allowEmpty: true }),
  )
  return results.map(
    (result) =>
      `${result.subject.column} ${result.kind} ${result.status === 'error' ? 'error' : (rowsOf(result)?.rowNumbers ?? []).join()}`,
  )
}

test('a limit without a type leaves NaN to the type, as ajv does', async () => {
  const rows = [{ n: 5 }, { n: Number.NaN }, { n: 20 }]
  expect(await failing(rows, { n: { maximum: 10 } })).toEqual(['n schemaKeyword 3'])
  expect(await failing(rows, { n: { type: 'number', maximum: 10 } })).toEqual([
    'n valuesOfType 2',
    'n valuesBetween 2,3',
  ])
})

test('what the engine judges is not told by the validator again', async () => {
  const rows = [{ n: 1.5 }, { n: 2 }, { n: 3 }]
  expect(await failing(rows, { n: { type: 'integer', not: { const: 2 } } })).toEqual([
    'n valuesOfType 1',
    'n schemaKeyword 2',
  ])
})

test('columns that one validator judges fail each for itself', async () => {
  const rows = [{ a: [1, 1], b: { c: 1 } }, { a: [1], b: { c: 'x' } }, { a: 'x' }, { b: {} }]
  const list = { type: 'array', uniqueItems: true }
  const object = { type: 'object', properties: { c: { type: 'integer' } } }
  expect(await failing(rows, { a: list, b: object })).toEqual(['a schemaKeyword 1,3', 'b schemaKeyword 2'])
  expect(await failing(rows, { 'a/b': list, a: list, 'b~': object, b: object })).toEqual([
    'a schemaKeyword 1,3',
    'b schemaKeyword 2',
  ])
  expect(await failing([{ 'a/b %"': [1, 1] }, { 'a/b %"': [2] }], { 'a/b %"': list })).toEqual([
    'a/b %" schemaKeyword 1',
  ])
})

test('a row without the column is missing to it, whatever is wrong with its others', async () => {
  const rows = dataset([{ a: [1, 1], b: [1] }, { b: [2, 2] }, { a: [3] }])
  const list = { type: 'array', uniqueItems: true }
  const results = await evaluate(matchesSchema(rows, { properties: { a: list, b: list } }))
  expect(results.map(({ counts }) => counts)).toEqual([
    { rows: 3, missing: 1, tested: 2, failed: 1 },
    { rows: 3, missing: 1, tested: 2, failed: 1 },
  ])
})

test('a schema that leads in a circle is an error of its own column', async () => {
  const loop = { $defs: { loop: { allOf: [{ $ref: '#/$defs/loop' }] } } }
  const rows = [
    { a: [1], b: [1, 1] },
    { a: [2], b: [2] },
  ]
  const properties = { a: { $ref: '#/$defs/loop' }, b: { type: 'array', uniqueItems: true } }
  expect(await failing(rows, properties, loop)).toEqual(['a schemaKeyword error', 'b schemaKeyword 1'])
})

test('failing rows keep their numbers however many there are, and the message counts them all', async () => {
  const rows = Array.from({ length: 1001 }, (_, i) => ({ a: i % 300 === 299 ? [i, i] : [i] }))
  const [result] = await evaluate(
    matchesSchema(dataset(rows), { properties: { a: { type: 'array', uniqueItems: true } } }),
  )
  expect(rowsOf(result)?.rowNumbers).toEqual([300, 600, 900])
  expect(result?.counts).toEqual({ rows: 1001, missing: 0, tested: 1001, failed: 3 })
  expect(result?.message).toContain('(3 times, first in row 300)')
})

test('of many columns of records each heeds what was declared missing', async () => {
  const names = Array.from({ length: 70 }, (_, i) => `c${i}`)
  const row = (missing: string) => Object.fromEntries(names.map((name) => [name, name === missing ? 'n/a' : [1]]))
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'array', maxItems: 1 }]))
  const rows = [row('c0'), row('c29'), row('c30'), row('c31'), row('c69')]
  expect(await failing(rows, properties, {}, { missing: ['n/a'] })).toEqual(
    names.map((name) => `${name} schemaKeyword `),
  )
  expect((await failing(rows, properties)).filter((line) => /\d$/.test(line))).toEqual([
    'c0 schemaKeyword 1',
    'c29 schemaKeyword 2',
    'c30 schemaKeyword 3',
    'c31 schemaKeyword 4',
    'c69 schemaKeyword 5',
  ])
})

test('a file that a schema refers to is read as it is now, though the schema is the same', async () => {
  const folder = await folderWith({ 'row.schema.json': '{"properties":{"a":{"$ref":"a.json"}}}' })
  const [data, schema] = [dataset([{ a: 5 }]), path.join(folder, 'row.schema.json')]
  const status = async (maximum: number) => {
    writeFileSync(path.join(folder, 'a.json'), JSON.stringify({ type: 'integer', maximum }))
    return (await evaluate(matchesSchema(data, schema))).map((result) => result.status)
  }
  expect([await status(9), await status(4), await status(9)]).toEqual([['pass'], ['fail'], ['pass']])
})

test('what is wrong inside values of a personal column is told by its keyword alone', async () => {
  const rows = dataset([{ who: { 'the name Ann': 1 } }, { who: { a: 2 } }], { pii: ['who'] })
  const properties = { who: { type: 'object', additionalProperties: { type: 'string' } } }
  const [result] = await evaluate(matchesSchema(rows, { properties }))
  expect(result?.status).toBe('fail')
  expect(JSON.stringify(result)).not.toMatch(/Ann/)
  expect(result?.message).toContain('type')
})

test('words beside the columns that nobody knows judge no row', async () => {
  const schema = { properties: { a: { type: 'integer' } }, allowComments: true, tsType: 'Row', 'x-rows': {} }
  const results = await evaluate(matchesSchema(dataset([{ a: 1 }]), schema))
  expect(results.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['schemaUnjudged warn', 'valuesOfType pass'])
  const nothing = await evaluate(matchesSchema(dataset([{ a: 1 }]), { type: 'object', allowComments: true }))
  expect(nothing.map(({ status }) => status)).toContain('vacuous')
})

test('what is wrong with rows is counted as ajv tells it, however often and in how many ways', async () => {
  const schema = {
    properties: {
      a: { anyOf: [{ type: 'integer' }, { type: 'array', uniqueItems: true, items: { type: 'number' } }] },
      b: { type: 'object', additionalProperties: false, properties: { c: { enum: [1] } } },
    },
  }
  const values = ['x', 1.5, [1, 1], [1, 2, 1], [1, 'x'], { d: 1 }, { c: 2, e: 1 }, {}, true, 7]
  const rows = Array.from({ length: 5000 }, (_, i) => ({
    a: values[i % 10],
    b: values[(7 * i) % 11],
    ...(i % 6 === 0 ? { a: Array.from({ length: 2 + (i % 40) }, () => 4) } : {}),
  }))
  const validate = new Ajv2020(ajvOptions).compile(schema)
  const counts = new Map<string, number>()
  for (const row of rows) {
    validate(row)
    for (const { keyword, instancePath, message, params } of validate.errors ?? []) {
      const [, column, rest] = /^\/(\w)(.*)$/.exec(instancePath) as unknown as [string, string, string]
      const more = keyword === 'additionalProperties' ? ` (${JSON.stringify(params.additionalProperty)})` : ''
      const words = `${column} ${keyword}${rest === '' ? '' : ` at ${rest}`}: ${message}${more}`
      counts.set(words, (counts.get(words) ?? 0) + 1)
    }
  }
  const commonest = (column: string): number[] =>
    [...counts]
      .filter(([words]) => words.startsWith(`${column} `))
      .map(([, count]) => count)
      .sort((x, y) => y - x)
  const results = await evaluate(matchesSchema(dataset(rows), schema))
  for (const { subject, message = '' } of results) {
    const reasons = message.split('; ').flatMap((reason) => {
      const [, words, times] = /^(.*) \(([\d,]+) times, /.exec(reason) ?? []
      return words === undefined ? [] : [[`${subject.column} ${words}`, Number(times?.replaceAll(',', ''))] as const]
    })
    expect(reasons.map(([, count]) => count)).toEqual(commonest(subject.column as string).slice(0, 5))
    for (const [words, count] of reasons) expect([words, counts.get(words)]).toEqual([words, count])
  }
  expect(results).toHaveLength(2)
})
