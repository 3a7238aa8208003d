import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import * as kinds from '../../src/results/blocks/kinds.ts'
import { typeSchema } from '../helpers/typeSchema.ts'

const results = new URL('../../src/results/', import.meta.url)
const published = new URL('../../docs/schemas/run.schema.json', import.meta.url)

test('the published schema of the run document says what its types say', () => {
  const blocks = readdirSync(new URL('blocks/', results)).map((name) => new URL(`blocks/${name}`, results))
  const files = [
    ...blocks,
    new URL('checkResult.ts', results),
    new URL('runDocument.ts', results),
    new URL('runFile.ts', results),
  ]
  const Block = Object.keys(kinds).map((kind) => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}Block`)
  const { $schema, ...schema } = typeSchema(files, 'RunFile', { Block })
  const made = { $schema, title: 'Assay run document, version 1', ...schema }
  if (process.env.ASSAY_DOCS === 'write') {
    writeFileSync(published, `${JSON.stringify(made, null, 2)}\n`)
    spawnSync('npx', ['--no-install', 'biome', 'format', '--write', fileURLToPath(published)])
  }
  expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(made)
})
