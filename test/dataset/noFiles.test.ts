import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mft } from '../../src/behavior/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { predictions } from '../../src/models/index.ts'
import { addWaiver } from '../../src/results/addWaiver.ts'
import { readWaivers } from '../../src/results/waivers.ts'
import { readContract } from '../../src/contracts/contract.ts'
import { readSchemaFile } from '../../src/schema/schemaFile.ts'
import { assay, builtCli } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

/** What may stand where a file is expected, and what is said of it. */
const kinds: readonly (readonly [kind: string, said: RegExp])[] = [
  ['pipe', /is a pipe, .*\n.*hint: /],
  ['link to a pipe', /is a pipe, .*\n.*hint: /],
  ['device without an end', /is a device, .*\n.*hint: /],
  ['empty device', /is a device, .*\n.*hint: /],
  ['socket', /is a socket, .*\n.*hint: /],
  ['folder', /is a folder, .*\n.*hint: /],
  ['link to a folder', /is a folder, .*\n.*hint: /],
  ['file of the system', /is made up by the system while it is read \(procfs\), .*\n.*hint: /],
  ['endless file of the system', /is made up by the system while it is read \(procfs\), .*\n.*hint: /],
  ['link to nothing', /is a link to ".*nothing", and there is no such file\n.*hint: /],
  ['link to itself', /is a link that leads back to itself\n.*hint: /],
]

type Entry = readonly [name: string, ending: string, read: (file: string) => unknown]
const open = (file: string) => dataset(file).rows()
const waiver = { check: 'a~000000000000', owner: 'o', reason: 'r', until: '2999-01-01' }
const entries: readonly Entry[] = [
  ...['csv', 'tsv', 'csv.gz', 'json', 'jsonl', 'jsonl.zst', 'parquet', 'arrow', 'xlsx', 'duckdb', 'log'].map(
    (ending): Entry => [`dataset of .${ending}`, ending, open],
  ),
  ['list of files', 'csv', (file) => dataset([file, file]).rows()],
  ['fingerprint', 'csv', (file) => dataset(file).fingerprint()],
  ['case table', 'csv', (file) => mft(file)],
  ['predictions as JSON Lines', 'jsonl', (file) => predictions(file)],
  ['predictions as CSV', 'csv', (file) => predictions(file)],
  ['schema file', 'json', readSchemaFile],
  ['contract', 'json', readContract],
  ['waivers', 'json', (file) => readWaivers(file, { optional: true })],
  ['waivers to be added to', 'json', (file) => addWaiver(file, waiver)],
]

let folder: string
const place = (kind: string, ending: string): string => path.join(folder, `${kind.replaceAll(' ', '-')}.${ending}`)
const endings = [...new Set(entries.map(([, ending]) => ending))]
const server = createServer()
const writers: ReturnType<typeof spawn>[] = []
const posix = process.platform === 'linux'
const skipped = posix ? '' : ' (skipped: pipes, devices and procfs as Linux has them)'

beforeAll(async () => {
  if (!posix) return
  folder = await folderWith({})
  mkdirSync(path.join(folder, 'real'))
  const pipe = path.join(folder, 'p')
  execFileSync('mkfifo', [pipe])
  // Whoever opens it after all gets an end one day, and the test fails instead of hanging.
  writers.push(spawn('sh', ['-c', 'sleep 30; : > "$0"', pipe], { stdio: 'ignore' }))
  const socket = path.join(folder, 's')
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  const targets: Readonly<Record<string, string>> = {
    'link to a pipe': pipe,
    'device without an end': '/dev/zero',
    'empty device': '/dev/null',
    socket,
    'link to a folder': path.join(folder, 'real'),
    'file of the system': '/proc/self/status',
    'endless file of the system': '/proc/kmsg',
    'link to nothing': path.join(folder, 'nothing'),
  }
  for (const ending of endings) {
    for (const [kind, target] of Object.entries(targets)) symlinkSync(target, place(kind, ending))
    symlinkSync(place('link to itself', ending), place('link to itself', ending))
    execFileSync('mkfifo', [place('pipe', ending)])
    writers.push(spawn('sh', ['-c', 'sleep 30; : > "$0"', place('pipe', ending)], { stdio: 'ignore' }))
    mkdirSync(place('folder', ending))
  }
})
afterAll(() => {
  for (const writer of writers) writer.kill()
  server.close()
})

describe.each(entries)(`%s refuses what is no file${skipped}`, (_, ending, read) => {
  test.skipIf(!posix).each(kinds)('a %s', async (kind, said) => {
    const file = place(kind, ending)
    const message = await Promise.resolve()
      .then(() => read(file))
      .then(
        () => 'no error',
        (error: Error) => `${error.name}: ${error.message}`,
      )
    expect(message).toMatch(said)
    expect(message).toMatch(/^AssayError: /)
    expect(message).toContain(JSON.stringify(file))
  })
})

test.skipIf(!posix)(`the command line refuses them wherever a file is named${skipped}`, async () => {
  writeFileSync(path.join(folder, 'a.csv'), 'a\n1\n')
  const pipe = place('pipe', 'json')
  for (const args of [
    ['check', place('pipe', 'csv')],
    ['check', 'a.csv', '--schema', pipe],
    ['drift', 'a.csv', place('device without an end', 'csv')],
    ['mft', place('pipe', 'csv'), '--exec', 'cat'],
    ['profile', '/dev/stdin', '--format', 'csv'],
    ['report', pipe],
    ['diff', pipe, pipe],
  ])
    expect(await assay(args, { cwd: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^assay: .* is a (pipe|device|socket), /),
    })
})

test.skipIf(!posix)(`standard input that is a folder or a device without an end is refused${skipped}`, async () => {
  const main = await builtCli()
  const ended = (input: string) => {
    const stdin = openSync(input, 'r')
    const args = [main, 'profile', '-', '--format', 'csv']
    const { status, stderr } = spawnSync(process.execPath, args, { stdio: [stdin, 'pipe', 'pipe'], encoding: 'utf8' })
    closeSync(stdin)
    return { status, stderr }
  }
  const said = (what: string) => ({
    status: 2,
    stderr: expect.stringMatching(new RegExp(`^assay: ${what}.*\n.*hint: `)),
  })
  expect(ended('/dev/zero')).toMatchObject(said('standard input is a device, not data'))
  expect(ended(folder)).toMatchObject(said('standard input is a folder, not data'))
  expect(ended('/dev/null')).toMatchObject({ status: 2, stderr: expect.stringContaining('is empty (0 bytes)') })
})
