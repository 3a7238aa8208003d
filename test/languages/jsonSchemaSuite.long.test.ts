import { readFileSync } from 'node:fs'
import formatsModule from 'ajv-formats'
import { Ajv } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { ajvOptions, draftUri, type Draft } from '../../src/schema/drafts.ts'
import { matchesSchema } from '../../src/contracts/index.ts'
import { rowsOf } from '../helpers/blocks.ts'

// The official JSON Schema test suite: see scripts/json-schema-suite.mjs. `npm run verify` runs all of it
// (ASSAY_SUITE=all), `npm test` every sixth schema.
const whole = process.env.ASSAY_SUITE === 'all'
const SEED = Number(process.env.ASSAY_SEED ?? 4)

interface Group {
  readonly file: string
  readonly description: string
  readonly schema: Readonly<Record<string, unknown>> | boolean
  readonly tests: readonly { readonly description: string; readonly data: unknown; readonly valid: boolean }[]
}

const addFormats = ((formatsModule as { default?: unknown }).default ?? formatsModule) as (ajv: Ajv) => void
const drafts: readonly (readonly [Draft, typeof Ajv])[] = [
  ['draft-07', Ajv],
  ['2019-09', Ajv2019 as unknown as typeof Ajv],
  ['2020-12', Ajv2020 as unknown as typeof Ajv],
]

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The schema of a case as schemas of rows, with the rows: as a column, under an address of its own, and as the row. */
function* wrapped(
  { schema, tests }: Group,
  draft: Draft,
): Generator<{ schema: Record<string, unknown>; rows: object[] }> {
  const $schema = draft === 'draft-07' ? `${draftUri(draft)}#` : draftUri(draft)
  const rows = tests.map(({ data }) => ({ value: data }))
  const column = (value: unknown, more: object = {}) => ({
    schema: { $schema, type: 'object', properties: { value }, required: ['value'], ...more },
    rows,
  })
  if (!isRecord(schema)) {
    yield column(schema)
    return
  }
  const { $schema: _, ...bare } = schema
  yield column(bare)
  const { $defs, definitions, ...rest } = bare
  if ($defs !== undefined || definitions !== undefined)
    yield column(rest, { ...($defs ? { $defs } : {}), ...(definitions ? { definitions } : {}) })
  if (JSON.stringify(bare).includes('Ref') || JSON.stringify(bare).includes('$ref'))
    if (bare.$id === undefined) yield column({ $id: 'https://example.com/case', ...bare })
  const objects = tests.map(({ data }) => data).filter(isRecord)
  if (unfit(objects)) return
  const rowType = bare.type === undefined || [bare.type].flat().includes('object')
  if (objects.length > 0 && rowType) yield { schema: { $schema, ...bare }, rows: objects }
}

/** The numbers of the rows that plain ajv refuses; `error` when it refuses the schema. */
function expectedOf(ajv: Ajv, schema: object, rows: readonly object[]): readonly number[] | 'error' {
  try {
    const validate = ajv.compile(schema) as (row: unknown) => boolean
    return rows.flatMap((row, i) => (validate(row) ? [] : [i + 1]))
  } catch {
    // A schema that does not compile, or whose references lead in a circle.
    return 'error'
  } finally {
    ajv.removeSchema()
  }
}

const named = ({ properties }: Record<string, unknown>): boolean =>
  isRecord(properties) && Object.hasOwn(properties, '__proto__')

/** The numbers of the rows that the suite itself refuses. */
function refused({ tests }: Group, rows: readonly object[]): readonly number[] {
  const text = (value: unknown) => JSON.stringify(value)
  return rows.flatMap((row, i) => {
    const one = tests.find(({ data }) => text(data) === text(row) || text({ value: data }) === text(row))
    return one?.valid ? [] : [i + 1]
  })
}

async function foundOf(schema: Record<string, unknown>, rows: readonly object[]): Promise<readonly number[] | 'error'> {
  const results = await evaluate(matchesSchema(dataset(rows), schema))
  if (results.some(({ status }) => status === 'error')) return 'error'
  const failed = results.filter(({ status }) => status === 'fail')
  // What is said of the columns as a whole names no rows: they are asked one by one.
  if (failed.some((result) => !rowsOf(result)) && rows.length > 1) {
    const each = await Promise.all(rows.map((row) => foundOf(schema, [row])))
    return each.flatMap((found, i) => (found.length > 0 ? [i + 1] : []))
  }
  if (failed.some((result) => !rowsOf(result))) return [1]
  return [...new Set(failed.flatMap((result) => rowsOf(result)?.rowNumbers ?? []))].sort((a, b) => a - b)
}

/** Names that no engine takes: an empty one, or two that differ by case alone. */
function unfit(rows: readonly object[]): boolean {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return names.includes('') || new Set(names.map((name) => name.toLowerCase())).size < names.length
}

test.each(drafts)(
  'the official suite of %s gets the verdict of ajv, row by row',
  async (draft, Class) => {
    const text = readFileSync(new URL(`../fixtures/json-schema-suite/${draft}.json`, import.meta.url), 'utf8')
    const groups = (JSON.parse(text) as Group[]).filter((_, i) => whole || i % 6 === SEED % 6)
    const ajv = new Class(ajvOptions)
    addFormats(ajv)
    const wrong: unknown[] = []
    let cases = 0
    let judged = 0
    for (const group of groups) {
      for (const { schema, rows } of wrapped(group, draft)) {
        // At most twenty failing rows are named.
        for (let start = 0; start < rows.length; start += 20) {
          const part = rows.slice(start, start + 20)
          // ajv passes over a property called __proto__; a column of that name is judged as the suite would.
          const expected = named(schema) ? refused(group, part) : expectedOf(ajv, schema, part)
          const found = await foundOf(schema, part)
          cases += part.length
          if (expected !== 'error') judged += part.length
          if (JSON.stringify(found) !== JSON.stringify(expected))
            wrong.push({ file: group.file, description: group.description, schema, expected, found })
        }
      }
    }
    console.log(
      `${draft}: ${groups.length} schemas, ${cases} cases, ${judged} of them with a schema that ajv compiles, seed ${SEED}`,
    )
    expect(wrong).toEqual([])
    expect(judged / cases).toBeGreaterThan(0.85)
  },
  120_000,
)
