import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { type Dataset, dataset, evaluate, matchesSchema } from 'assay'
import { expect, test } from 'vitest'
import { known } from './known.ts'

// The vega-datasets package declares a Frictionless schema for each of its tables. Each file is held to its own.
const folder = createRequire(import.meta.url)
  .resolve('vega-datasets')
  .replace(/(vega-datasets).*$/, '$1')
const declared = path.join(folder, 'datapackage.json')

interface Resource {
  readonly name: string
  readonly path: string
  readonly schema?: object
}
const { resources } = JSON.parse(readFileSync(declared, 'utf8')) as { resources: Resource[] }
const tables = resources.filter(({ schema }) => schema)

/** The file as a dataset; undefined when no source reads its format. */
function opened({ name, path: file }: Resource): Dataset | undefined {
  const where = path.join(folder, 'data', file)
  try {
    return dataset(where, { name })
  } catch (error) {
    if ((error as { code?: string }).code !== 'unsupported-source') throw error
    return file.endsWith('.json') ? dataset(JSON.parse(readFileSync(where, 'utf8')) as object[], { name }) : undefined
  }
}

test('61 files declare a schema', () => {
  expect(tables).toHaveLength(61)
})

test.for(tables)('$name holds to its declaration, but for what is known', async (resource, { skip }) => {
  const data = opened(resource)
  if (!data) return skip(`${resource.path} is not opened`)
  const schema = `${declared}#${resource.name}`
  const findings = known[resource.name]
  // What is known is a warning in the report; anything else fails here.
  await expect(data).toMatchSchema(schema, { severity: findings ? 'warn' : 'error' })
  const results = await evaluate(matchesSchema(data, schema))
  const found = results.filter(({ status }) => status !== 'pass')
  expect(found.map(({ subject, title }) => [subject.column ?? 'the table', title].join(': '))).toEqual(
    Object.keys(findings ?? {}),
  )
})
