import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { Command } from 'commander'
import { beforeAll, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/index.ts'
import { assay } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

const lines = Array.from({ length: 8 }, (_, i) => ({ input: `zqsecret${i}`, expected: i % 2 ? 'a' : 'b' }))
const table = lines.map(({ input, expected }) => `${input},${expected}`).join('\n')
const inputs = {
  'cases.csv': `input,expected\n${table}\n`,
  'cases.json': JSON.stringify(lines),
  'cases.jsonl': lines.map((line) => JSON.stringify(line)).join('\n'),
  'cases.yaml': lines.map(({ input, expected }) => `- input: ${input}\n  expected: ${expected}\n`).join(''),
  'twice.csv': `input,expected\n${table}\nzqsecret0,c\n`,
  'quote.csv': 'input,expected\nzqs"ecret,b\n',
  'torn.json': '[{"input": zqsecret}]',
  'torn.jsonl': '{"input": zqsecret}\n',
  'torn.yaml': '- input: "zqsecret\n',
  'compare.csv': 'input,expected,compare\nzqsecret,a,zqsecret\n',
}
const others = {
  'package.json': '{"type":"module"}',
  'echo.js':
    'export default (input) => `of ${input}`\nexport const throws = (input) => { throw new Error(`no ${input}`) }\n',
  'good.jsonl': lines.map(({ input }) => JSON.stringify({ input, prediction: `of ${input}` })).join('\n'),
  'torn-predictions.jsonl': '{"input": zqsecret}\n',
  'quote-predictions.csv': 'input,prediction\nzqs"ecret,b\n',
  'people.csv': `mail,note\n${table}\n"x"zqsecret,y,z\n`,
  'schema.json': '{"properties":{"mail":{"type":"integer","enum":[1]}}}',
}

let cwd: string
beforeAll(async () => {
  cwd = await folderWith({ ...inputs, ...others })
})

/** What was printed and written, but for the files that were there before. */
function told(folder: string): string {
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter(
    (name) => !(name in inputs) && !(name in others) && statSync(path.join(folder, name)).isFile(),
  )
  return files.map((name) => `${name}: ${readFileSync(path.join(folder, name), 'utf8')}`).join('\n')
}

const taking = async (argument: RegExp) => {
  const names: string[] = []
  for (const entry of commands) {
    const parser = new Command(entry.name)
    ;(await entry.load()).declare(parser)
    if (parser.registeredArguments.some((one) => argument.test(one.name()))) names.push(entry.name)
  }
  return names
}

test('every command that reads data or cases says which columns are personal, by the same flag', async () => {
  const readers = await taking(/^(data|cases|current)$/)
  expect(readers).toEqual(expect.arrayContaining(['check', 'profile', 'mft', 'baseline', 'cases']))
  const others = commands.map(({ name }) => name).filter((name) => !readers.includes(name))
  // They read what commands and people wrote.
  expect(others).toEqual(['compare', 'schema', 'report', 'diff', 'waive'])
  const helps = await Promise.all(readers.map((name) => assay(['help', name])))
  for (const { stdout } of helps) expect(stdout).toMatch(/--pii <columns> +columns whose values are never shown/)
})

test('no command prints or writes a value of a personal column, whatever is wrong with its files', async () => {
  const ofCases = Object.keys(inputs).flatMap((file) => [
    ['mft', file, '--model', 'echo.js', '--report', `report of ${file}`],
    ['baseline', file, '--model', 'echo.js', '-o', `baseline of ${file}.jsonl`],
    ['cases', 'export', file, '-o', `inputs of ${file}.csv`],
    ['cases', 'score', file, 'good.jsonl', '--min', 'accuracy=0.9', '--baseline', 'good.jsonl'],
  ])
  const ofModels = [
    ['mft', 'cases.csv', '--model', 'echo.js#throws'],
    ['mft', 'cases.csv', '--predictions', 'torn-predictions.jsonl'],
    ['mft', 'cases.csv', '--predictions', 'quote-predictions.csv'],
    ['cases', 'score', 'cases.csv', 'good.jsonl', '--baseline', 'torn-predictions.jsonl'],
  ]
  const ofData = [
    ['check', 'people.csv', '--schema', 'schema.json'],
    ['profile', 'people.csv', '--freeze', 'people.profile.json'],
    ['suggest', 'people.csv'],
    ['explain', 'people.csv', '--schema', 'schema.json', '--analyze'],
    ['drift', 'people.csv', 'people.csv'],
    ['init', 'people.csv', '--into', 'tests'],
  ]
  const all = [
    ...[...ofCases, ...ofModels].map((line) => [...line, '--pii', 'input']),
    ...ofData.map((line) => [...line, '--pii', 'mail']),
  ]
  for (let i = 0; i < all.length; i += 4)
    for (const { stdout, stderr } of await Promise.all(
      all.slice(i, i + 4).map((line) => assay(line, { cwd, env: i % 8 === 0 ? { ASSAY_DEBUG: '1' } : {} })),
    ))
      expect(stdout + stderr, all[i]?.join(' ')).not.toMatch(/zqs/)
  expect(told(cwd)).toContain('report.json')
  expect(told(cwd)).not.toMatch(/zqs/)
})

test('inputs of personal columns are kept in no file, and a column that is not there is an error', async () => {
  const [kept, exported, unknown] = await Promise.all([
    assay(['baseline', 'cases.csv', '--model', 'echo.js', '-o', 'kept.jsonl', '--pii', 'input'], { cwd }),
    assay(['cases', 'export', 'cases.csv', '-o', 'kept.jsonl', '--pii', 'input'], { cwd }),
    assay(['mft', 'cases.csv', '--model', 'echo.js', '--pii', 'inptu'], { cwd }),
  ])
  expect(kept).toMatchObject({ code: 2, stderr: expect.stringContaining('its inputs would be personal values') })
  expect(exported).toMatchObject({ code: 2, stderr: expect.stringContaining('its inputs would be personal values') })
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringMatching(/no column "inptu"\n.*did you mean "input"/) })
})

test('what the contract of a file of cases says of personal columns is heeded', async () => {
  const folder = await folderWith({
    'cases.csv': inputs['cases.csv'],
    'echo.mjs': others['echo.js'],
    '__contracts__/cases.schema.json': '{"properties":{"input":{"x-assay":{"pii":true}}}}',
  })
  const { code, stdout } = await assay(['mft', 'cases.csv', '--model', 'echo.mjs'], { cwd: folder })
  expect(code).toBe(1)
  expect(stdout).toContain('[redacted]')
  expect(stdout).not.toContain('zqs')
})
