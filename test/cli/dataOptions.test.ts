import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Command } from 'commander'
import { beforeAll, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/index.ts'
import { declareData, givenOptions } from '../../src/cli/dataOptions.ts'
import { optionsFor } from '../../src/cli/data.ts'
import { datasetOptionNames } from '../../src/dataset/datasetOptions.ts'
import { assay } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

const parsed = (...argv: string[]) =>
  givenOptions(declareData(new Command()).exitOverride().parse(argv, { from: 'user' }).opts())

test('every command that takes data takes every option of dataset()', async () => {
  const takers = ['check', 'profile', 'suggest', 'drift', 'init', 'explain']
  for (const name of takers) {
    const parser = new Command(name)
    ;(await commands.find((entry) => entry.name === name)?.load())?.declare(parser)
    const declared = parser.options.map((option) => option.attributeName())
    expect(
      datasetOptionNames.filter((option) => !declared.includes(option)),
      name,
    ).toEqual([])
  }
})

test.each([
  [['--delimiter', ';', '--decimal', ','], { delimiter: ';', decimal: ',' }],
  [['--no-header', '--skip', '2'], { header: false, skip: 2 }],
  [[], {}],
  [['--sheet', '2'], { sheet: 2 }],
  [['--sheet', 'March 1'], { sheet: 'March 1' }],
  [['--sheet', '"2024"'], { sheet: '2024' }],
  [['--header-row', '3', '--union', '--hive'], { headerRow: 3, union: true, hive: true }],
  [['--types', 'zip=string,"a,b=c=date"'], { types: { zip: 'string', 'a,b=c': 'date' } }],
  [['--types', 'zip=string', '--types', 'day=date'], { types: { zip: 'string', day: 'date' } }],
  [['--pii', 'a,"b,c"', '--missing', '"",NA'], { pii: ['a', 'b,c'], missing: ['', 'NA'] }],
])('%j is %j', (argv, given) => {
  expect(parsed(...argv)).toEqual(given)
})

test('an option goes to the sources that take it; one that none takes goes to all, and is refused there', () => {
  const options = { delimiter: ';', missing: ['NA'], sheet: 2 }
  expect(optionsFor('a.csv', ['a.csv', 'b.xlsx'], options)).toEqual({ delimiter: ';', missing: ['NA'] })
  expect(optionsFor('b.xlsx', ['a.csv', 'b.xlsx'], options)).toEqual({ sheet: 2, missing: ['NA'] })
  expect(optionsFor('a.csv', ['a.csv'], options)).toEqual(options)
  expect(optionsFor('-', ['-', 'a.csv'], options)).toEqual({ delimiter: ';', missing: ['NA'], sheet: 2 })
})

let cwd: string
beforeAll(async () => {
  cwd = await folderWith({
    'semicolons.csv': '# export\nid;zip;amount\n1;007;1,5\n2;008;2,5\n',
    'nested.json': '{"a":[{"x":1}],"b":[{"x":2},{"x":3}]}',
  })
})

test('text is read as the flags say, by every step of a command', async () => {
  const flags = ['--comment', '#', '--delimiter', ';', '--decimal', ',', '--types', 'zip=string']
  const { stdout, code } = await assay(['profile', 'semicolons.csv', '--json', ...flags], { cwd })
  expect(code).toBe(0)
  const columns = (JSON.parse(stdout) as { columns: { column: string; type: string }[] }[])[0]?.columns
  expect(columns?.map(({ type }) => type)).toEqual(['integer', 'string', 'number'])
})

test('init writes the options into the test that it writes', async () => {
  const flags = ['--comment', '#', '--delimiter', ';', '--decimal', ',', '--types', 'zip=string']
  const { code, stderr } = await assay(['init', 'semicolons.csv', ...flags], { cwd })
  expect([code, stderr]).toEqual([0, ''])
  expect(readFileSync(path.join(cwd, 'semicolons.test.ts'), 'utf8')).toContain(
    `dataset('semicolons.csv', { types: { zip: 'string' }, decimal: ',', delimiter: ';', comment: '#' })`,
  )
})

test.each([
  [
    ['profile', 'nested.json', '--sheet', '2'],
    /sheet is an option of \.xlsx files, and this is \.json files\n.*leave sheet out/,
  ],
  [['profile', 'semicolons.csv', '--delimiter', 'xx'], /delimiter is "xx"\n.*one ASCII character/],
  [
    ['profile', 'semicolons.csv', '--types', 'zip=strnig'],
    /types says that "zip" is "strnig"\n.*did you mean "string"/,
  ],
  [['profile', 'semicolons.csv', '--delimeter', ';'], /unknown option '--delimeter'\n.*did you mean --delimiter/],
])('%j is an error that says what to try', async (argv, words) => {
  const { code, stderr } = await assay(argv, { cwd })
  expect(code).toBe(2)
  expect(stderr).toMatch(words)
})
