import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { hasReport, writeReport } from '../../reporters/folder.ts'
import { markUnfinished } from '../../reporters/unfinished.ts'
import { parse } from '../../src/results/json.ts'
import { executable } from '../helpers/executable.ts'
import { folderWith } from '../helpers/files.ts'
import { document, generate, result } from '../helpers/runDocument.ts'
import { green } from '../helpers/toldRun.ts'

const BEGAN = '2026-11-26T03:04:05.000Z'
const says = 'A run that began 2026-11-26 03:04:05 UTC has not ended: what stands below is of the run before'

const read = async (folder: string) => {
  const [html = '', markdown = '', text = ''] = await Promise.all(
    ['index.html', 'summary.md', 'report.json'].map((name) => readFile(path.join(folder, name), 'utf8')),
  )
  return { html, markdown, document: parse(text), text, terminal: '', annotations: [] }
}

test.for([
  ['of a run that was well', document([result()])],
  ['of a run with problems', { ...generate(30), problems: [{ kind: 'test', text: '"problems": [', blocking: true }] }],
  ['of a run without results', document([])],
] as const)('a report %s says that a later run has not ended, in each file and once', async ([, run]) => {
  const folder = await folderWith({})
  writeReport(folder, run)
  const before = await read(folder)
  markUnfinished(folder, '2026-11-25T00:00:00.000Z')
  markUnfinished(folder, BEGAN)
  const marked = await read(folder)
  expect(marked.html).toContain(`<title>${says} · `)
  expect(marked.html.match(/<h1>.*?<\/h1>/gs)).toEqual([expect.stringMatching(new RegExp(`class="s error".*${says}`))])
  expect(marked.markdown.split('\n').slice(0, 2)).toEqual(['<!-- assay-report -->', `### ◆ ${says}`])
  expect(marked.document).toEqual({
    ...before.document,
    outcome: { ...before.document.outcome, status: 'interrupted', exitCode: 1 },
    problems: [{ kind: 'run', text: says, blocking: true }, ...before.document.problems],
  })
  expect(green(marked)).toEqual(['terminal', 'annotations'])
  expect(executable(marked.html)).toEqual(['<script>'])
  const schema = JSON.parse(await readFile(new URL('../../docs/schemas/run.schema.json', import.meta.url), 'utf8'))
  expect(new Ajv2020().compile(schema)(JSON.parse(marked.text))).toBe(true)
  writeReport(folder, run)
  expect((await read(folder)).text).not.toContain('has not ended')
})

test('files that are not ours stay as they are, and a folder without a report stays empty', async () => {
  const folder = await folderWith({ 'index.html': '<h1>mine</h1>' })
  markUnfinished(folder, BEGAN)
  expect(await readFile(path.join(folder, 'index.html'), 'utf8')).toBe('<h1>mine</h1>')
  const page = path.join(folder, 'report.json')
  await writeFile(page, '{"schema": 1}')
  markUnfinished(folder, BEGAN)
  expect(await readFile(page, 'utf8')).toBe('{"schema": 1}')
})

test('where no report can stand, the end of the run says so, and its begin breaks nothing', async () => {
  const folder = await folderWith({ 'a file': 'x' })
  await symlink('loop', path.join(folder, 'loop'))
  await mkdir(path.join(folder, 'held'))
  await symlink('index.html', path.join(folder, 'held', 'index.html'))
  for (const [name, words] of [
    ['a file', /could not be written to .*a file: /],
    ['a file/below', /could not be written to .*below: /],
    ['loop', /is there already and is no report of Assay/],
    ['held', /held.index\.html is there already and is no report of Assay/],
  ] as const) {
    const place = path.join(folder, name)
    expect(hasReport(place), name).toBe(false)
    expect(() => markUnfinished(place, BEGAN), name).not.toThrow()
    expect(() => writeReport(place, document([result()])), name).toThrow(words)
  }
})
