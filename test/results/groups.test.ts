import { expect, test } from 'vitest'
import { evaluate, noMissing } from '../../src/checks/index.ts'
import { matchesSchema } from '../../src/contracts/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import { runDocument } from '../../src/results/collect.ts'
import { json, parse } from '../../src/results/json.ts'
import type { RunResult } from '../../src/results/runDocument.ts'
import { queriesOf } from '../../src/results/sharedQueries.ts'
import { generate } from '../helpers/runDocument.ts'

const rows = Array.from({ length: 50 }, (_, i) => ({ id: i, part: i % 2 ? 'secret one' : 'two' }))
const schema = { properties: { id: { type: 'integer' }, part: { type: 'string' } } }

test('results of a schema name the question they are a part of, and a check that was asked alone names none', async () => {
  const data = dataset(rows, { name: 'rows' })
  const results = await evaluate([matchesSchema(data, schema), noMissing(data.column('id'))])
  const groups = results.filter(({ kind }) => kind !== 'noMissing').map(({ group }) => group)
  expect(groups.length).toBeGreaterThan(1)
  expect(new Set(groups.map((group) => JSON.stringify(group))).size).toBe(1)
  expect(groups[0]).toMatchObject({ kind: 'matchesSchema', id: expect.stringMatching(/~[0-9a-f]{12}$/) })
  expect(results.at(-1)).not.toHaveProperty('group')
})

test('the title of a group tells no value of a personal column', async () => {
  const data = dataset(rows, { name: 'rows', pii: ['part'] })
  const results = await evaluate(noDriftFrom(data, data.where({ part: 'secret one' }), { columns: ['id'] }))
  expect(results[0]?.group).toMatchObject({ kind: 'noDriftFrom' })
  expect(JSON.stringify(results)).not.toContain('secret one')
  const digits = dataset(rows, { name: 'rows', pii: ['id'] })
  const [told] = await evaluate(noDriftFrom(digits, digits.where({ id: 4_919 }), { columns: ['part'] }))
  expect(told?.group?.title).toMatch(/^no drift from rows where/)
  expect(told?.group?.title).not.toContain('4919')
})

test('results of a run share their queries, each once, and find them again after the document was read', async () => {
  const data = dataset(rows, { name: 'rows' })
  const results = await evaluate([noMissing(data.column('id')), noMissing(data.column('part'))])
  const { schema: _, models: __, queries: ___, ...rest } = generate(1)
  const run = parse(json(runDocument({ ...rest, results })))
  expect(run.results.map((result) => queriesOf(result, run))).toEqual(results.map(({ sql }) => sql))
  expect(new Set(run.queries).size).toBe(run.queries.length)
  expect(JSON.stringify(run.results)).not.toMatch(/select/i)
  expect(queriesOf({ queries: [99] } as unknown as RunResult, run)).toEqual([])
})
