import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { languages } from '../src/schema/index.ts'
import { outcomes, project, type Run } from './helpers/project.ts'

// As for the README: blocks that name a file make a project, blocks of text hold what a test printed.
// ASSAY_DOCS=write puts in what it prints now.
const file = new URL('../docs/schemas.md', import.meta.url)
const page = readFileSync(file, 'utf8')
const fence = /^```(\w+) ([^\n]+)\n([\s\S]*?)^```$/gm
const blocks = [...page.matchAll(fence)].map(([, language, name, text]) => ({
  language,
  name: name as string,
  text: text as string,
}))

let run: Run
let made: Awaited<ReturnType<typeof project>>
beforeAll(async () => {
  const files = blocks.filter(({ language }) => language !== 'text')
  made = await project(Object.fromEntries(files.map(({ name, text }) => [name, text])))
  run = await made.run()
})
afterAll(() => made?.remove())

const printed = (title: string): string =>
  `${(outcomes(run)[title]?.message ?? 'it passed').replace(/\n\s+at [\s\S]*$/, '').replace(/^Error: /, '')}\n`

test.each(blocks.filter(({ language }) => language === 'text'))(
  'docs/schemas.md shows what "$name" prints',
  ({ name, text }) => {
    const now = printed(name)
    if (process.env.ASSAY_DOCS === 'write')
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(fence, (whole, _, of) =>
          of === name ? `\`\`\`text ${name}\n${now}\`\`\`` : whole,
        ),
      )
    else expect(text).toBe(now)
  },
)

test('every kind of schema on the page is taken', () => {
  const status = Object.fromEntries(Object.entries(outcomes(run)).map(([title, one]) => [title, one.status]))
  expect(status).toEqual({
    'a JSON Schema': 'failed',
    'a schema of zod': 'failed',
    'a resource of a data package': 'failed',
    'a builder': 'failed',
  })
})

test('the table of languages is the list of languages, and says which are written', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` .*\| (\S[^|]*) \|$/gm)].map(([, name, written]) => [
    name,
    written?.trim() !== 'no',
  ])
  expect(rows.slice(0, languages.length)).toEqual(languages.map(({ name, write }) => [name, write !== undefined]))
})
