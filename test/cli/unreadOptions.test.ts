import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { assay, orders } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

let cwd: string
beforeAll(async () => {
  cwd = await folderWith({
    'orders.csv': orders,
    'cases.csv': 'input,expected\na,A\nb,B\n',
    'predictions.jsonl': '{"input":"a","prediction":"A"}\n{"input":"b","prediction":"B"}\n',
    'upper.mjs': 'export default (text) => text.toUpperCase()\n',
    'folder.jsonl/file': '',
    'folder.mjs/file': '',
  })
})

const score = ['cases', 'score', 'cases.csv', 'predictions.jsonl']
const predicted = ['mft', 'cases.csv', '--predictions', 'predictions.jsonl']

test.each<readonly [readonly string[], RegExp]>([
  [[...score, '--confidence', '95%'], /--confidence is about a baseline[^]*--baseline old\.jsonl/],
  [[...score, '--margin', '1%'], /--margin is about a baseline/],
  [[...score, '--positive', 'A'], /--positive is about scores[^]*--min f1/],
  [[...score, '-o', 'inputs.jsonl'], /cases score does not read --out[^]*cases export/],
  [['cases', 'export', 'cases.csv', '-o', 'i.jsonl', '--pass-rate', '1'], /cases export does not read --pass-rate/],
  [[...predicted, '--batch', '2'], /--batch would change nothing[^]*--model/],
  [[...predicted, '--timeout', '2'], /--timeout would change nothing/],
  [[...predicted, '--repeats-by', 'most'], /--repeats-by most got no repeats[^]*--repeats 5/],
  [['drift', 'orders.csv', 'orders.csv', '--across-runs'], /--across-runs has no history[^]*--report/],
  [['profile', 'orders.csv', '--format', 'nope'], /no source reads the format "nope"/],
])('an option that would change nothing is refused: %j', async (args, message) => {
  const { code, stderr } = await assay(args, { cwd })
  expect(stderr).toMatch(message)
  expect(code).toBe(2)
})

test('the format counts for a file whose ending says another one, where no other file needs it', async () => {
  const { stdout } = await assay(['profile', 'orders.csv', '--format', 'tsv'], { cwd })
  expect(stdout).toContain('6 rows, 1 column')
  const input = orders.replaceAll(',', '\t')
  const both = await assay(['profile', 'orders.csv', '-', '--format', 'tsv'], { cwd, input })
  expect(both.stdout.match(/6 rows, 4 columns/g)).toHaveLength(2)
})

test.each<readonly [readonly string[], RegExp]>([
  [['check', 'orders.csv', '--report', ''], /'--report <folder>' argument '' is invalid\. It is empty/],
  [['cases', 'export', 'cases.csv', '-o', ''], /argument '' is invalid\. It is empty/],
  [['baseline', 'cases.csv', '--model', 'upper.mjs', '-o', 'folder.jsonl'], /"folder\.jsonl" is a folder, no baseline/],
  [['mft', 'cases.csv', '--model', 'folder.mjs'], /"folder\.mjs" is a folder, no module/],
  [['mft', 'cases.csv', '--model', 'uper.mjs'], /no module "uper\.mjs"[^]*did you mean "upper\.mjs"/],
  [['mft', 'cases.csv', '--model', 'orders.csv'], /"orders\.csv" cannot be loaded[^]*ES or CommonJS module/],
  [['mft', 'cases.csv', '--model', 'upper.mjs', '--repeats', '0'], /got repeats: \{"times":0/],
  [['mft', 'cases.csv', '--model', 'upper.mjs', '--ignore', 'expected'], /ignore names "expected"/],
])('what is no value, no file and no module is told: %j', async (args, message) => {
  const { code, stdout, stderr } = await assay(args, { cwd })
  expect(stderr).toMatch(message)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
})

const posix = process.platform !== 'win32'
test.skipIf(!posix)(
  `nothing waits for a pipe where a file is written${posix ? '' : ': Windows has none'}`,
  async () => {
    execFileSync('mkfifo', [path.join(cwd, 'pipe.jsonl')])
    const [kept, exported] = await Promise.all([
      assay(['baseline', 'cases.csv', '--model', 'upper.mjs', '-o', 'pipe.jsonl'], { cwd }),
      assay(['cases', 'export', 'cases.csv', '-o', 'pipe.jsonl'], { cwd }),
    ])
    expect(kept).toMatchObject({ code: 2, stderr: expect.stringContaining('is a pipe, no baseline') })
    expect(exported).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') })
  },
)

test('a dataset of which a column is not compared has its verdict', async () => {
  const rows = (from: number) => Array.from({ length: 400 }, (_, i) => `${from + i},${'abcd'[i % 4]}`).join('\n')
  for (const [name, from] of [
    ['now', 0],
    ['then', 5000],
  ] as const)
    writeFileSync(path.join(cwd, `${name}.csv`), `id,letter\n${rows(from)}\n`)
  const { code, stdout } = await assay(['drift', 'now.csv', 'then.csv', '--limit', '0.3'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toMatch(/ ○ now holds: .*1 of 2 checks was skipped/)
})
