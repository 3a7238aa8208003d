import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { predictions } from '../../src/models/predictions.ts'
import { assay } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

let cwd: string
beforeAll(async () => {
  cwd = await folderWith({
    'cases.csv': 'input,expected\nb,1\na,1\n"c, d",4\n',
    'package.json': '{"type":"module"}',
    'length.js':
      'export const length = (text) => text.length\nexport const some = (text) => (text === "a" ? undefined : 1)\nexport const other = (text) => (text === "a" ? 2 : text.length)\n',
  })
})

test('the predictions of a release are kept with their hash, and read as a model', async () => {
  const made = await assay(
    ['baseline', 'cases.csv', '--model', 'length.js#length', '--name', 'length@1', '-o', 'kept/1.jsonl'],
    { cwd },
  )
  expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('length@1: 3 predictions in kept/1.jsonl') })
  const file = path.join(cwd, 'kept/1.jsonl')
  const text = readFileSync(file, 'utf8')
  expect(text.split('\n').slice(1)).toEqual([
    '{"input":"a","prediction":1}',
    '{"input":"b","prediction":1}',
    '{"input":"c, d","prediction":4}',
    '',
  ])
  expect((await predictions(file).predict(['c, d', 'a'])).map(({ value }) => value)).toEqual([4, 1])
  const again = await assay(
    ['baseline', 'cases.csv', '--model', 'length.js#length', '--name', 'length@1', '-o', 'kept/2.jsonl'],
    { cwd },
  )
  expect(again.code).toBe(0)
  const other = await assay(
    ['baseline', 'cases.csv', '--model', 'length.js#other', '--name', 'length@2', '-o', 'kept/2.jsonl'],
    { cwd },
  )
  expect(other.stdout).toContain('length@2: 3 predictions in kept/2.jsonl, 1 of them new or other than before')
  expect(readFileSync(path.join(cwd, 'kept/2.jsonl'), 'utf8')).toContain('"model":"length@2"')
  await assay(['baseline', 'cases.csv', '--model', 'length.js#length', '--name', 'length@1', '-o', 'kept/2.jsonl'], {
    cwd,
  })
  expect(readFileSync(path.join(cwd, 'kept/2.jsonl'), 'utf8')).toBe(text)
  writeFileSync(file, text.replaceAll('\n', '\r\n'))
  expect((await predictions(file).predict(['a']))[0]?.value).toBe(1)
})

test.each([
  ['a prediction', (text: string) => text.replace('"prediction":4', '"prediction":5')],
  ['a line less', (text: string) => text.replace(/\n[^\n]*\n$/, '\n')],
  ['the header', (text: string) => text.replace(/"sha256":"./, '"sha256":"x')],
])('a baseline that was changed is refused: %s', async (name, change) => {
  const out = `changed ${name}.jsonl`
  await assay(['baseline', 'cases.csv', '--model', 'length.js#length', '-o', out], { cwd })
  const file = path.join(cwd, out)
  writeFileSync(file, change(readFileSync(file, 'utf8')))
  expect(() => predictions(file)).toThrow(/the baseline .* was changed since it was made/)
})

test('a baseline is written over a baseline; over predictions of another making with --force alone', async () => {
  const dear = '{"input":"a","prediction":"dear"}\n'
  writeFileSync(path.join(cwd, 'dear.jsonl'), dear)
  const into = (...more: string[]) =>
    assay(['baseline', 'cases.csv', '--model', 'length.js#length', '-o', 'dear.jsonl', ...more], { cwd })
  expect(await into()).toMatchObject({ code: 2, stderr: expect.stringMatching(/"dear\.jsonl" is there[^]*--force/) })
  expect(readFileSync(path.join(cwd, 'dear.jsonl'), 'utf8')).toBe(dear)
  expect([(await into('--force')).code, (await into()).code]).toEqual([0, 0])
})

test('a case without an answer keeps no baseline, and there is a model', async () => {
  const some = await assay(['baseline', 'cases.csv', '--model', 'length.js#some', '-o', 'some.jsonl'], { cwd })
  expect(some).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('some has no answer to 1 case of 3; the first: "a" answered undefined'),
  })
  const none = await assay(['baseline', 'cases.csv', '-o', 'none.jsonl'], { cwd })
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no model to test') })
})
