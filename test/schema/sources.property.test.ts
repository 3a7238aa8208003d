import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import formatsModule from 'ajv-formats'
import { Ajv } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { ajvOptions, type Draft, draftUri } from '../../src/schema/drafts.ts'
import { matchesSchema } from '../../src/contracts/index.ts'
import { id, join, literal, type Sql, sql } from '../../src/sql/sql.ts'
import { folderWith } from '../helpers/files.ts'
import { relationOf } from '../../src/dataset/opened.ts'

const addFormats = ((formatsModule as { default?: unknown }).default ?? formatsModule) as (ajv: Ajv) => void
const validators: Readonly<Record<'draft-07' | '2019-09' | '2020-12', typeof Ajv>> = {
  'draft-07': Ajv,
  '2019-09': Ajv2019 as unknown as typeof Ajv,
  '2020-12': Ajv2020 as unknown as typeof Ajv,
}

type Kind = 'integer' | 'number' | 'string' | 'boolean'
const values: Readonly<Record<Kind, fc.Arbitrary<unknown>>> = {
  integer: fc.integer({ min: -9, max: 9 }),
  number: fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom(0.5, -1.25, 1e21, 1e-7)),
  string: fc.constantFrom('a', 'ab', 'abc', 'A1', '5', '2024-01-31', 'a@b.co', '\u{1f600}', 'é, "x"'),
  boolean: fc.boolean(),
}
const keywords: Readonly<Record<Kind, fc.Arbitrary<object>>> = {
  integer: fc.constantFrom<object>(
    { minimum: -5 },
    { exclusiveMaximum: 7 },
    { multipleOf: 2 },
    { enum: [1, 2, 3, 'a'] },
    { const: 4 },
    { not: { const: 1 } },
  ),
  number: fc.constantFrom<object>({ minimum: 0 }, { maximum: 8.5 }, { multipleOf: 0.25 }, { enum: [0.5, 1, 2] }),
  string: fc.constantFrom<object>(
    { minLength: 2 },
    { maxLength: 3 },
    { pattern: '^a' },
    { pattern: '^(?!a)' },
    { format: 'email' },
    { enum: ['a', 'ab', 5] },
  ),
  boolean: fc.constantFrom<object>({ const: true }, { enum: [false] }),
}
/** Rules of a column: plain, referred to, conditional, or nested in others. */
const rulesOf = (kind: Kind, draft: Draft) => {
  const defs = draft === 'draft-07' ? 'definitions' : '$defs'
  const one = keywords[kind]
  return fc
    .oneof(
      fc.constant({}),
      one,
      fc.tuple(one, one).map(([a, b]) => ({ ...a, ...b })),
      fc.tuple(one, one).map(([a, b]) => ({ anyOf: [a, { allOf: [b] }] })),
      fc.tuple(one, one, one).map(([a, b, c]) => ({ if: a, then: b, else: c })),
      fc.constant({ $ref: `#/${defs}/${kind}` }),
      fc.constant({ allOf: [{ $ref: `#/${defs}/${kind}` }] }),
    )
    .map((rules) => ({ type: kind, ...rules }))
}

const cases = fc.constantFrom<Draft>('draft-07', '2019-09', '2020-12').chain((draft) =>
  fc
    .tuple(fc.constantFrom<Kind>('integer', 'number', 'string', 'boolean'), fc.constantFrom<Kind>('integer', 'string'))
    .chain((kinds) => {
      const names = ['a', 'b b']
      const rows = fc.array(fc.record({ a: values[kinds[0]], 'b b': values[kinds[1]] }, { requiredKeys: [] }), {
        minLength: 1,
        maxLength: 5,
      })
      const whole = fc.record(
        {
          required: fc.subarray(names),
          additionalProperties: fc.boolean(),
          if: fc.constant({ properties: { a: { enum: [1, 'a', true] } }, required: ['a'] }),
          then: fc.constant({ required: ['b b'] }),
          ...(draft === 'draft-07'
            ? { dependencies: fc.constant({ 'b b': ['a'] }) }
            : { dependentRequired: fc.constant({ 'b b': ['a'] }) }),
          ...(draft === 'draft-07' ? {} : { unevaluatedProperties: fc.constant(false) }),
        } as Record<string, fc.Arbitrary<unknown>>,
        { requiredKeys: [] },
      )
      const shared = fc.record({
        integer: keywords.integer,
        number: keywords.number,
        string: keywords.string,
        boolean: keywords.boolean,
      })
      return fc
        .tuple(rulesOf(kinds[0], draft), rulesOf(kinds[1], draft), whole, shared, rows)
        .map(([a, b, more, defs, data]) => ({
          draft,
          kinds,
          rows: data,
          schema: {
            $schema: draftUri(draft),
            type: 'object',
            properties: { a, 'b b': b },
            ...more,
            [draft === 'draft-07' ? 'definitions' : '$defs']: defs,
          },
        }))
    }),
)

const folder = await folderWith({})
let files = 0

async function asCsv(rows: readonly Record<string, unknown>[]): Promise<Dataset> {
  const cell = (value: unknown): string =>
    value === undefined ? '' : `"${String(value as string | number | boolean).replaceAll('"', '""')}"`
  const file = path.join(folder, `${++files}.csv`)
  await writeFile(file, ['a,b b', ...rows.map((row) => [row.a, row['b b']].map(cell).join())].join('\n'))
  return dataset(file)
}

async function asParquet(rows: readonly Record<string, unknown>[], kinds: readonly Kind[]): Promise<Dataset> {
  const { engine } = await relationOf(dataset([{ x: 1 }]))
  const types: Readonly<Record<Kind, Sql>> = {
    integer: sql`bigint`,
    number: sql`double`,
    string: sql`varchar`,
    boolean: sql`boolean`,
  }
  const row = (one: Record<string, unknown>): Sql =>
    join(
      ['a', 'b b'].map(
        (name, i) => sql`cast(${(one[name] ?? null) as string | null} as ${types[kinds[i] as Kind]}) as ${id(name)}`,
      ),
    )
  const file = path.join(folder, `${++files}.parquet`)
  await engine.query(
    sql`copy (${join(
      rows.map((one) => sql`select ${row(one)}`),
      ' union all ',
    )}) to ${literal(file)} (format parquet)`,
  )
  return dataset(file)
}

const loaded = new Map<Draft, Ajv>()
for (const [draft, Class] of Object.entries(validators)) {
  const ajv = new Class(ajvOptions)
  addFormats(ajv)
  loaded.set(draft as Draft, ajv)
}

test('records, CSV and Parquet get the verdict of ajv, in every version of JSON Schema', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ draft, kinds, schema, rows }) => {
      const validate = (loaded.get(draft) as Ajv).compile(schema)
      const expected = rows.every((row) => validate(row))
      for (const data of [dataset(rows), await asCsv(rows), await asParquet(rows, kinds)]) {
        const results = await evaluate(matchesSchema(data, schema))
        expect(results.filter(({ status }) => status !== 'pass' && status !== 'fail')).toEqual([])
        expect(
          results.every(({ status }) => status === 'pass'),
          data.source,
        ).toBe(expected)
      }
    }),
    { numRuns: Number(process.env.ASSAY_RUNS ?? 25) },
  )
  await rm(folder, { recursive: true, force: true })
}, 120_000)
