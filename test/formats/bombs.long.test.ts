import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { builtCli, plainEnvironment } from '../helpers/cli.ts'
import { arrowOf, textCellXml, workbook, zstdRun } from '../helpers/bombs.ts'
import { folderWith } from '../helpers/files.ts'

const MB = 1024 ** 2
const GB = 1024 ** 3
const peakModule = fileURLToPath(new URL('../../scripts/peak.mjs', import.meta.url))
/**
 * MB that a process takes that opens all of them: the engine and the longest record, but not what they unpack to. It is 390 MB,
 * and twice that on a machine so busy that memory is freed late.
 */
const MOST = 1000

type Bomb = readonly [file: string, content: () => Buffer | string | Promise<Buffer>, said: RegExp]
const corner = `<row r="1">${textCellXml('A1', 'a')}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`
const named = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`)

const bombs: readonly Bomb[] = [
  ['line.csv.zst', () => zstdRun('a,b\n', 'a', 4 * GB), /a line of ".*line\.csv\.zst" is longer than 120 MB/],
  ['line.csv.gz', () => gzipSync(Buffer.alloc(140 * MB, 'a'), { level: 1 }), /is longer than 120 MB/],
  ['text.jsonl.zst', () => zstdRun('{"a":"', 'a', 4 * GB), /the record at line 1 of .* is longer than 60 MB/],
  ['text.json.zst', () => zstdRun('[{"a":"', 'a', 4 * GB), /the record at line 1 of .* is longer than 60 MB/],
  ['key.json.zst', () => zstdRun('{"', 'a', 4 * GB), /is longer than 60 MB/],
  [
    'around.json.zst',
    () => zstdRun('{"rows":[{"a":1}],"x":"', 'a', 150 * MB),
    /120 MB of .* are not in the array of its records/,
  ],
  ['line.log.zst', () => zstdRun('', 'a', 4 * GB), /is longer than 60 MB/],
  ['brackets.json.zst', () => zstdRun('', '[', 200 * MB), /more than 1,000,000 brackets are open at once/],
  ['brackets.jsonl.zst', () => zstdRun('', '[', 200 * MB), /is longer than 60 MB/],
  ['deep.jsonl', () => `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}\n`, /nested more than 100,000 levels deep/],
  ['columns.csv', () => `${named(100_001).join()}\n`, /has more than 100,000 columns: 100,001/],
  [
    'columns.jsonl',
    () =>
      `{${named(100_001)
        .map((name) => `"${name}":1`)
        .join()}}\n`,
    /has more than 100,000 columns/,
  ],
  [
    'window.csv.zst',
    () => Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0xa8, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    /wants 2048 MB of memory at once/,
  ],
  [
    'block.csv.zst',
    () => Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x58, 0xfa, 0xff, 0xff]), Buffer.alloc(9, 97)]),
    /says that a block is \d+ bytes long/,
  ],
  [
    'text.xlsx',
    () => workbook('', { 'xl/sharedStrings.xml': Buffer.alloc(201 * MB, ' ') }),
    /unpacks to 202 MB, and at most 200 MB of a workbook are read/,
  ],
  ['marks.xlsx', () => workbook('<c/>'.repeat(10_000_001)), /holds more XML than 2,500,000 cells do/],
  ['corner.xlsx', () => workbook(corner), /lie in 1,048,576 rows and 16,384 columns, more than 20,000,000 places/],
  [
    'batch.arrow',
    () => arrowOf(100_000, zstdRun('', '\0', GB)),
    /unpacks to more than [\d,]+ MB, which is what it may take/,
  ],
]

let folder: string
beforeAll(async () => {
  folder = await folderWith({})
  for (const [file, content] of bombs) writeFileSync(path.join(folder, file), await content())
})

test('small files that unpack or claim to gigabytes are refused in a sentence, and take little memory', {
  timeout: 600_000,
}, async () => {
  const entry = path.resolve(await builtCli(), '../../index.js')
  const files = bombs.map(([file]) => file)
  const code = `
    import { dataset } from ${JSON.stringify(entry)}
    import { peakMegabytes } from ${JSON.stringify(peakModule)}
    const said = []
    for (const file of ${JSON.stringify(files)})
      said.push(await dataset(file).rows().then((rows) => rows.length + ' rows', ({ name, message }) => name + ': ' + message))
    console.log(JSON.stringify({ said, peak: peakMegabytes() }))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
    cwd: folder,
    // One of a thousand workers: the engine and a batch get the least they may take.
    env: plainEnvironment({ ASSAY_WORKERS: '1000' }),
    maxBuffer: 64 * MB,
  })
  const { said, peak } = JSON.parse(stdout) as { said: readonly string[]; peak: number }
  bombs.forEach(([file, , expected], i) => expect(`${file}: ${said[i]}`).toMatch(expected))
  for (const words of said) expect(words).toMatch(/^AssayError: /)
  expect(peak).toBeLessThan(MOST)
})
