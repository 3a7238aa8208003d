import { expect, test } from 'vitest'
import { languages } from '../src/contracts/index.ts'
import { docsPage } from './helpers/docsPage.ts'

const page = docsPage('schemas.md')

test('every kind of schema on the page is taken', () => {
  expect(page.statuses()).toEqual({
    'a JSON Schema': 'failed',
    'a schema of zod': 'failed',
    'a resource of a data package': 'failed',
    'a builder': 'failed',
  })
})

test('the table of languages is the list of languages, and says which are written', () => {
  const rows = [...page.text.matchAll(/^\| `(\w+)` .*\| (\S[^|]*) \|$/gm)].map(([, name, written]) => [
    name,
    written?.trim() !== 'no',
  ])
  expect(rows.slice(0, languages.length)).toEqual(languages.map(({ name, write }) => [name, write !== undefined]))
})
