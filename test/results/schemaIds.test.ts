import { expect, test } from 'vitest'
import * as z from 'zod'
import { evaluate } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import { matchesSchema } from '../../src/contracts/matchesSchema.ts'
import { temporaryFile } from '../helpers/files.ts'

const raw = dataset(await temporaryFile('orders.csv', 'id,text,amount,at\n1,a,1.5,2026-01-01\n2,b,-2,2026-01-02\n'))

const others = ['id', 'text', 'amount'].map((name) => ({ name, type: 'any' }))

/** Of schemas that differ in one thing, the ids of all results. */
const schemas: Readonly<Record<string, object>> = {
  minimum: { properties: { amount: { type: 'number', minimum: 0 } } },
  'another minimum': { properties: { amount: { type: 'number', minimum: 0.000_000_1 } } },
  mostly: { properties: { amount: { type: 'number', minimum: 0, 'x-assay': { mostly: 0.9 } } } },
  multipleOf: { properties: { amount: { type: 'number', multipleOf: 2 } } },
  'another multipleOf': { properties: { amount: { type: 'number', multipleOf: 3 } } },
  definition: { properties: { amount: { $ref: '#/$defs/a' } }, $defs: { a: { multipleOf: 2 } } },
  'another definition': { properties: { amount: { $ref: '#/$defs/a' } }, $defs: { a: { multipleOf: 3 } } },
  row: {
    properties: { id: {}, amount: {} },
    if: { required: ['id'] },
    then: { properties: { amount: { minimum: 50 } } },
  },
  'another row': {
    properties: { id: {}, amount: {} },
    if: { required: ['id'] },
    then: { properties: { amount: { minimum: 60 } } },
  },
  zod: z.object({ id: z.number().min(5) }),
  'another zod': z.object({ id: z.number().min(6) }),
  refined: z.object({ id: z.number() }).refine(({ id }) => id > 5),
  'otherwise refined': z.object({ id: z.number() }).refine(({ id }) => id > 6),
  date: { fields: [...others, { name: 'at', type: 'date', constraints: { minimum: '2030-01-01' } }] },
  'another date': { fields: [...others, { name: 'at', type: 'date', constraints: { minimum: '2030-01-02' } }] },
  'missing values': {
    fields: [...others, { name: 'at', type: 'string', constraints: { minLength: 50 } }],
    missingValues: ['', 'a'],
  },
  'other missing values': {
    fields: [...others, { name: 'at', type: 'string', constraints: { minLength: 50 } }],
    missingValues: ['', 'b'],
  },
  form: { fields: [...others, { name: 'at', type: 'date', format: '%d/%m/%Y' }] },
  'another form': { fields: [...others, { name: 'at', type: 'date', format: '%m/%d/%Y' }] },
}

test('what fails under one schema has another id than what fails under another', async () => {
  const failing = new Map<string, string>()
  for (const [what, schema] of Object.entries(schemas)) {
    const results = await evaluate(matchesSchema(raw, schema))
    const failed = results.filter(({ status }) => status === 'fail')
    expect(failed.length, `${what} fails`).toBeGreaterThan(0)
    for (const { id } of failed) {
      expect(failing.get(id), `${what} has an id of another schema`).toBeUndefined()
      failing.set(id, what)
    }
  }
})

test('a schema of code has the same ids after it has judged', async () => {
  const schema = z.object({ id: z.number().min(5), text: z.string().regex(/x/) })
  const ids = async (): Promise<string[]> => (await evaluate(matchesSchema(raw, schema))).map(({ id }) => id)
  expect(await ids()).toEqual(await ids())
})

test('each column that drift is asked of, and each that is lost, is a question of its own', async () => {
  const rows = (n: number): { x: number; y: number; z: number }[] =>
    Array.from({ length: n }, (_, i) => ({ x: i, y: i, z: i }))
  const now = dataset(
    rows(300).map(({ x, y }) => ({ x, y: y + 1e6 })),
    { name: 'now' },
  )
  const then = dataset(rows(300), { name: 'then' })
  const results = await evaluate(noDriftFrom(now, then))
  expect(new Set(results.map(({ id }) => id)).size).toBe(3)
  const moved = await evaluate(
    noDriftFrom(
      dataset(
        rows(300).map((row) => ({ ...row, z: row.z + 1e6 })),
        { name: 'now' },
      ),
      then,
    ),
  )
  const [lost, drifted] = [results, moved].map((all) => all.find(({ subject }) => subject.column === 'z'))
  expect([lost?.status, drifted?.status]).toEqual(['fail', 'fail'])
  expect(lost?.id).not.toBe(drifted?.id)
})
