import path from 'node:path'
import { execFile, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/index.ts'
import { parse } from '../../src/cli/parser.ts'
import { assay, builtCli, ended, orders, ordersSchema, plainEnvironment, startCli } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

const names = commands.map(({ name }) => name)
// What steers a terminal.
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/

// Starts fast, since it needs no engine.
const mft = ['mft', 'cases.csv', '--predictions', 'predictions.jsonl']

let cwd: string
beforeAll(async () => {
  cwd = await folderWith({
    'orders.csv': orders,
    'orders.schema.json': ordersSchema,
    'cases.csv': 'input,expected\na,A\nb,B\n',
    'predictions.jsonl': '"A"\n"C"\n',
    '-dashed.csv': orders,
    'folder/orders.csv': orders,
    orders,
  })
})

test('help names every command, and each command has help with examples', async () => {
  const { code, stdout } = await assay(['--help'])
  expect(code).toBe(0)
  for (const name of names) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'))
  const helps = await Promise.all(names.map((name) => assay(['help', name])))
  for (const help of helps) {
    expect(help.code).toBe(0)
    expect(help.stdout).toMatch(/Examples:\n.*assay/)
    expect(help.stdout).toContain('--json')
  }
  expect((await assay([])).stdout).toBe(stdout)
})

test('the examples of the help are command lines that are understood', async () => {
  for (const entry of commands)
    for (const [line] of (await entry.load()).examples) {
      const own = line.slice(line.lastIndexOf('assay ') + 'assay '.length).replace(/ > \S+$/, '')
      const words = [...own.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
      await expect(parse(words), line).resolves.toHaveProperty('command')
    }
})

test('the help of each command is also that of --help', async () => {
  const [a, b] = await Promise.all([assay(['diff', '--help']), assay(['help', 'diff'])])
  expect(a).toEqual(b)
})

test('--version is that of the package', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  expect((await assay(['--version'])).stdout).toBe(`${version}\n`)
})

test('help loads no engine, validator or test runner', async () => {
  const hooks = `import { appendFileSync } from 'node:fs'
    export const resolve = async (name, context, next) => {
      const found = await next(name, context)
      appendFileSync(process.env.LOADED, found.url + '\\n')
      return found
    }`
  const folder = await folderWith({
    'hooks.mjs': hooks,
    'register.mjs': `import { register } from 'node:module'; register('./hooks.mjs', import.meta.url)`,
    loaded: '',
  })
  const loaded = path.join(folder, 'loaded')
  const env = plainEnvironment({ LOADED: loaded })
  await promisify(execFile)(
    process.execPath,
    ['--import', path.join(folder, 'register.mjs'), await builtCli(), '--help'],
    { env },
  )
  const modules = await readFile(loaded, 'utf8')
  expect(modules).toContain('commander')
  expect(modules).not.toMatch(/duckdb|ajv|vitest|csv-parse|chalk/)
  expect(modules).not.toMatch(/cli\/commands\/(?!index)/)
})

test.each([
  { args: ['chek', 'x'], found: "unknown command 'chek'", hint: 'did you mean check?' },
  {
    args: ['check', 'orders.csv', '--shcema', 'x'],
    found: "unknown option '--shcema'",
    hint: 'did you mean --schema?',
  },
  { args: ['check'], found: "missing required argument 'data'", hint: 'see assay check --help' },
  {
    args: ['check', 'orders.csv', '--severity', 'fatal'],
    found: 'Allowed choices are error, warn',
    hint: 'see assay check --help',
  },
  { args: ['check', 'orders.csv', '--mostly', 'most'], found: 'not a number', hint: 'see assay check --help' },
  { args: ['check', 'orders.csv', '--mostly', '7'], found: 'between 0 and 1', hint: 'see assay check --help' },
  { args: ['diff', 'a', 'b', 'c'], found: 'too many arguments', hint: 'see assay diff --help' },
  { args: ['help', 'chek'], found: "unknown command 'chek'", hint: 'did you mean check?' },
  { args: ['chek', '--help'], found: "unknown command 'chek'", hint: 'did you mean check?' },
  { args: ['-q'], found: 'there is no command beside -q', hint: 'see assay --help' },
  {
    args: ['check', 'orders.csv', '--schema', 'a.json', '--schema', 'b.json'],
    found: 'as "a.json" before',
    hint: 'see assay check --help',
  },
  { args: ['drift', 'a', 'b', '--limit', '1', '--limit', '2'], found: 'as "1" before', hint: 'see assay drift --help' },
  { args: ['cases', 'score', 'a', 'b', '--min', 'f1=1', '--min', 'f1=0'], found: 'as "f1=1" before', hint: 'see' },
  { args: ['profile', '-dashed.csv'], found: "unknown option '-dashed.csv'", hint: 'say ./-dashed.csv' },
  { args: ['profile', 'folder'], found: '"folder" is a folder, not a file', hint: 'with a glob' },
  { args: ['profile', 'ordrs'], found: 'there is no file "ordrs"', hint: 'did you mean "orders"?' },
  { args: ['profile', 'orders'], found: 'no source reads "orders"', hint: "with its format, e.g. 'csv'" },
  { args: ['drift', '-', '-'], found: 'stdin ("-") was named twice', hint: 'name files' },
])('$args is refused with $hint', async ({ args, found, hint }) => {
  const { code, stdout, stderr } = await assay(args, { cwd })
  expect(code).toBe(2)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/^assay: .*\n {2}hint: .*\n$/)
  expect(stderr).toContain(found)
  expect(stderr).toContain(hint)
})

test('options that gather may be given again, and the same value too', async () => {
  const { code, stdout } = await assay(
    ['profile', 'orders.csv', '--pii', 'amount', '--pii', 'id', '--name', 'o', '--name', 'o', '--key=id'],
    { cwd },
  )
  expect(code).toBe(0)
  expect(stdout).not.toMatch(/250|2\.833/)
})

test('with --json stdout is one JSON document, also where nothing could be found out', async () => {
  const wrong = [
    ['check', 'nope.csv', '--schema', 'orders.schema.json'],
    ['check', 'orders.csv'],
    ['check', 'orders.csv', '--shcema', 'x'],
    ['chek'],
    ['mft', 'cases.csv'],
    ['cases', 'export', 'cases.csv'],
    ['diff', 'a', 'b'],
    ['waive', 'orders', '--owner', 'a', '--reason', 'b', '--until', '2099-12-31'],
  ]
  const runs = await Promise.all(wrong.map((args) => assay([...args, '--json'], { cwd })))
  for (const [i, { code, stdout, stderr }] of runs.entries()) {
    expect(code).toBe(2)
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string; hint?: string } }
    expect(error.code, wrong[i]?.join(' ')).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(stderr).toBe(`assay: ${error.message}${error.hint === undefined ? '' : `\n  hint: ${error.hint}`}\n`)
  }
  const made = await assay(['cases', 'export', 'cases.csv', '-o', 'made/inputs.jsonl', '--json'], { cwd })
  expect(JSON.parse(made.stdout)).toEqual({ out: 'made/inputs.jsonl', inputs: 2 })
})

test('--quiet leaves stdout empty, and tells why nothing could be found out', async () => {
  const [printed, unknown] = await Promise.all([
    assay(['schema', 'orders.schema.json', '--to', 'table', '-q'], { cwd }),
    assay(['drift', 'orders.csv', 'orders.csv', '--columns', 'nope', '-q'], { cwd }),
  ])
  expect(printed).toMatchObject({ code: 0, stdout: '' })
  expect(unknown).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('there is no column "nope"') })
})

const hasFull = existsSync('/dev/full')
test.skipIf(!hasFull)(
  `an answer that cannot be written is an error${hasFull ? '' : ': no /dev/full here'}`,
  async () => {
    const main = await builtCli()
    const full = openSync('/dev/full', 'w')
    const run = (...more: string[]) =>
      spawnSync(process.execPath, [main, ...mft, ...more], { cwd, stdio: ['ignore', full, 'pipe'] })
    const [loud, quiet] = [run(), run('-q')]
    closeSync(full)
    expect(loud.status).toBe(2)
    expect(String(loud.stderr)).toContain('assay: stdout cannot be written: ENOSPC')
    expect(quiet.status).toBe(1)
  },
)

test('a stack trace is shown only when ASSAY_DEBUG=1 asks for it', async () => {
  const plain = await assay(['profile', 'nope.csv'], { cwd })
  expect(plain).toMatchObject({ code: 2, stderr: expect.stringMatching(/^assay: there is no file "nope\.csv".*\n$/) })
  expect((await assay(['profile', 'nope.csv'], { cwd, env: { ASSAY_DEBUG: '1' } })).stderr).toMatch(/\n\s+at /)
})

test('colors: never in a pipe, as NO_COLOR, FORCE_COLOR and --no-color say', async () => {
  const colored = async (env: Record<string, string>, ...args: string[]) =>
    (await assay([...mft, ...args], { cwd, env })).stdout.includes('\u001b[')
  expect(await colored({})).toBe(false)
  expect(await colored({ FORCE_COLOR: '1' })).toBe(true)
  expect(await colored({ NO_COLOR: '1' })).toBe(false)
  expect(await colored({ FORCE_COLOR: '1' }, '--no-color')).toBe(false)
  expect(await colored({ FORCE_COLOR: '1' }, '--json')).toBe(false)
})

test('--quiet prints nothing, and options of every command may stand before its name', async () => {
  const quiet = await assay(['-q', ...mft], { cwd })
  expect(quiet).toEqual({ code: 1, stdout: '', stderr: '' })
  const json = await assay(['--json', '--no-color', ...mft], { cwd })
  expect(JSON.parse(json.stdout)).toMatchObject({ schema: 'assay/run/1' })
})

test('a reader that closes the pipe changes neither the exit code nor stderr', async () => {
  const child = await startCli([...mft, '--json'], { cwd })
  child.stdout.destroy()
  expect(await ended(child)).toEqual({ code: 1, stdout: '', stderr: '' })
})

test('names and values of hostile data steer no terminal', async () => {
  const name = `a\u001b[31m"$(id)'\u202e`
  const file = `${name}.csv`
  const folder = await folderWith({
    [file]: `"x\u001b]0;title\u0007\u001b[2J","<script>"\n"\u001b[31mred\u001b[0m",\u009b31m\n`,
    's.json': '{"properties":{"<script>":{"type":"integer"},"\u009b31m\u{e0041}":{}},"additionalProperties":false}',
    'unseen.csv': `a\u009b31m,c\u{e0041}\n${'1,\u202e2\n'.repeat(30)}`,
    'cases.csv': 'input,expected\na,a\n',
  })
  const json = [
    ['profile', file],
    ['check', file, '--schema', 's.json'],
    ['explain', file, '--schema', 's.json'],
    ['check', `no${file}`, '--schema', 's.json'],
    ['suggest', 'unseen.csv'],
  ]
  const contracts = [
    ['suggest', 'unseen.csv', '--as', 'contract'],
    ['schema', 's.json', '--to', 'frictionless'],
  ]
  const runs = await Promise.all([
    assay(['profile', file], { cwd: folder }),
    assay(['check', file, '--schema', 's.json'], { cwd: folder }),
    assay(['explain', file, '--schema', 's.json'], { cwd: folder }),
    assay(['check', `no${file}`, '--schema', 's.json'], { cwd: folder }),
    assay(['check', file, `--${name}`], { cwd: folder }),
    assay([name], { cwd: folder }),
    assay(['init', file], { cwd: folder }),
    ...json.map((line) => assay([...line, '--json'], { cwd: folder })),
    ...contracts.map((line) => assay(line, { cwd: folder })),
    assay(['baseline', 'cases.csv', '--exec', 'cat', '--name', name, '-o', `${name}.jsonl`], { cwd: folder }),
  ])
  expect(runs.map(({ code }) => code)).toEqual([0, 1, 0, 2, 2, 2, 0, 0, 1, 0, 2, 0, 0, 0, 0])
  for (const { stdout } of runs.slice(7, -1)) expect(() => JSON.parse(stdout) as unknown).not.toThrow()
  for (const { stdout, stderr } of runs) {
    expect(stdout).not.toMatch(control)
    expect(stderr).not.toMatch(control)
    expect(stdout).not.toMatch(/[\u202e\u{e0041}]/u)
  }
  expect(runs[1]?.stdout).toContain('\\u001b[31m')
})

test('profile shows columns with what is missing, distinct and frequent', async () => {
  const { stdout } = await assay(['profile', 'orders.csv'], { cwd })
  expect(stdout).toMatch(/^orders {2}6 rows, 4 columns {2}orders\.csv\n/)
  expect(stdout).toMatch(/^amount +number +1 \(17 %\) +5 +-3\.5 +250 +63\.93 +-3\.5 ×1, 12\.25 ×1/m)
  expect(stdout).toMatch(/^channel +string +0 +4 .*web ×2/m)
})

test('a report in the place of a file, and an instant that is none, are errors that name them', async () => {
  const check = ['check', 'orders.csv', '--schema', 'orders.schema.json']
  const place = path.join(cwd, 'orders.csv')
  for (const report of [place, path.join(place, 'below')])
    expect(await assay([...check, '--report', report], { cwd })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`the report could not be written to ${report}: E`),
    })
  expect(await assay(check, { cwd, env: { ASSAY_NOW: 'soon' } })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('ASSAY_NOW=soon, which is no instant'),
  })
})
