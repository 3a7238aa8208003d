import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '../../../src/checks/index.ts'
import { type Dataset, dataset } from '../../../src/dataset/dataset.ts'
import { AssayError } from '../../../src/errors.ts'
import { inferContract } from '../../../src/contracts/inferContract.ts'
import { matchesSchema } from '../../../src/contracts/index.ts'
import { fileOpener } from '../../helpers/opened.ts'
import { relationOf } from '../../../src/dataset/opened.ts'
import { rowsOf } from '../../helpers/blocks.ts'

const open = fileOpener()
const lenient = { malformed: 'warn' } as const
const columnsOf = async (data: Dataset) => (await relationOf(data)).columns.map(({ name, type }) => `${name} ${type}`)

const seed = 20261124
// In memory a whole number beyond 2^53 may be a rounded one, and is a number; written with its digits it is an integer.
const double = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .filter((one) => !Object.is(one, -0) && !(Number.isInteger(one) && Math.abs(one) >= 2 ** 53 && Math.abs(one) < 1e21))
const leaf = fc.oneof(
  fc.constantFrom(0, 1, -1.5, 2 ** 53 - 1, 1e300, 0.1, '', 'a', '"\\\n\u0000\u2028', '\u{1f600}', true, false, null),
  fc.integer(),
  double,
  fc.string({ unit: 'binary', maxLength: 4 }),
)
const nested = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  fc.dictionary(fc.string({ maxLength: 2 }), leaf, { maxKeys: 2 }),
)
const columnValues = fc.oneof(
  fc.constant(fc.integer() as fc.Arbitrary<unknown>),
  fc.constant(fc.string({ maxLength: 3 }) as fc.Arbitrary<unknown>),
  fc.constant(double as fc.Arbitrary<unknown>),
  fc.constant(nested as fc.Arbitrary<unknown>),
)
const table = fc
  .tuple(columnValues, columnValues, columnValues)
  .chain(([a, b, c]) =>
    fc.array(fc.record({ a, 'b "b"': b, 'c/~': c }, { requiredKeys: [] }), { minLength: 1, maxLength: 8 }),
  )
const schemas = [
  { required: ['a'] },
  { properties: { a: { type: 'integer' }, 'b "b"': { type: ['string', 'null'] } } },
  { properties: { a: { minimum: 0 }, 'b "b"': { minLength: 1 }, 'c/~': { enum: [1, 'a', null] } } },
  { properties: { a: { type: 'array', items: { type: 'number' } }, 'c/~': { not: { type: 'null' } } } },
  {
    anyOf: [{ required: ['a'] }, { required: ['c/~'] }],
    additionalProperties: false,
    properties: { a: true, 'c/~': true },
  },
].map((schema) => ({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', ...schema }))

test(`the same records in memory, in JSON and in JSON Lines are the same relation, verdicts and contract (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom(...schemas), async (rows, schema) => {
      const all = [
        dataset(rows),
        open('json', JSON.stringify(rows, null, 1)),
        open('jsonl', rows.map((row) => JSON.stringify(row)).join('\n')),
      ]
      const seen = await Promise.all(
        all.map(async (data) => {
          const types = await columnsOf(data)
          const scalar = (await relationOf(data)).columns.filter(
            ({ type }) => !['mixed', 'list', 'struct'].includes(type),
          )
          const cells = (await data.rows()).map((row) => scalar.map(({ name }) => row[name]))
          const results = await evaluate(matchesSchema(data, schema))
          const verdicts = results.map((result) => [
            [result.kind, result.status, result.counts, result.subject.column],
            rowsOf(result)?.rowNumbers,
          ])
          const contract: unknown = types.length === 0 ? {} : await inferContract(data)
          return { types, cells, verdicts, contract: { ...(contract as object), title: '' } }
        }),
      )
      expect(seen[1]).toEqual(seen[0])
      expect(seen[2]).toEqual(seen[0])
    }),
    { numRuns: 30, seed },
  )
})

/** As JavaScript's own parser reads it: an object whose keys are different, and every string of which is text. */
function isRecord(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text, (name, inner: unknown) => {
      if (/[\ud800-\udfff]/u.test(name) || (typeof inner === 'string' && /[\ud800-\udfff]/u.test(inner)))
        throw new Error()
      return inner
    })
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    return keysOf(text).length === Object.keys(value).length
  } catch {
    return false
  }
}

/** The keys of the outermost object of a JSON text, those that are there twice too. */
function keysOf(text: string): readonly string[] {
  const keys: string[] = []
  let depth = 0
  for (const [token, mark] of text.matchAll(/("(?:[^"\\]|\\.)*")\s*:|"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (mark !== undefined) keys.push(...(depth === 1 ? [mark] : []))
    else if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
  }
  return keys
}

const mutation = fc.tuple(
  fc.nat(),
  fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', '\n', '\u0000', '\t', 'N', '0', '-', 'e', '\ud83d', ''),
)
const mutated = fc.tuple(table, fc.array(mutation, { minLength: 1, maxLength: 3 })).map(([rows, changes]) => {
  let text = rows.map((row) => JSON.stringify(row)).join('\n')
  for (const [place, change] of changes) {
    const at = place % (text.length + 1)
    text = text.slice(0, at) + change + text.slice(at + 1)
  }
  return text
})

test(`in a damaged file every line is a row or a finding, and a row is what JSON.parse reads (seed ${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async (text) => {
      const bytes = Buffer.from(text)
      const lines = bytes
        .toString('utf8')
        .split('\n')
        .filter((line) => /[^ \t\r]/.test(line))
      const fine = lines.filter(isRecord)
      const data = open('jsonl', bytes, lenient)
      const opened = await relationOf(data).catch((error: unknown) => error)
      if (opened instanceof AssayError) {
        expect(opened.message).toMatch(/no line of .* is a record|NUL/)
        return
      }
      const rows = await data.rows()
      const found = await (await relationOf(data)).findings?.()
      expect(rows).toHaveLength(fine.length)
      expect(rows.length + (found?.rowsLost ?? 0)).toBe(lines.length)
    }),
    { numRuns: 150, seed },
  )
})
