import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { parse } from '../../src/results/json.ts'
import { assay, builtCli } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

let cwd: string
beforeAll(async () => {
  const main = await builtCli()
  const entry = pathToFileURL(path.resolve(path.dirname(main), '../index.js')).href
  const defined = (kind: string) => `import { defineCheck, sql } from ${JSON.stringify(entry)}
export const own = defineCheck.row({
  kind: '${kind}', title: () => 'even values', expected: () => 'an even number', asks: 'number',
  breaks: ({ value }) => sql\`\${value} % 2 <> 0\`,
})\n`
  const contract = (...kinds: readonly string[]) =>
    JSON.stringify({ type: 'object', 'x-assay': { checks: kinds.map((kind) => ({ kind, column: 'n' })) } })
  cwd = await folderWith({
    'rows.csv': 'n\n2\n3\n4\n',
    'even.js': defined('valuesEvenHere'),
    'more.mjs': defined('valuesEvenThere'),
    'nothing.js': 'export const a = 1\n',
    'broken.js': 'export const a = \n',
    'one.json': contract('valuesEvenHere'),
    'two.json': contract('valuesEvenHere', 'valuesEvenThere'),
    'package.json': '{ "type": "module" }',
  })
}, 120_000)

const check = (schema: string, ...more: readonly string[]) =>
  assay(['check', 'rows.csv', '--schema', schema, ...more], { cwd })

test('a contract on the command line may name checks of modules', async () => {
  const { code, stdout } = await check('one.json', '--checks', './even.js')
  expect(stdout).toContain('✗ rows.n: even values')
  expect(stdout).toContain('66.7 % of 3 tested rows')
  expect(code).toBe(1)
  const both = await check('two.json', '--checks', './even.js', '--checks', 'more.mjs', '--json')
  expect(both.code).toBe(1)
  const { results } = parse(both.stdout)
  expect(results.map(({ kind, status }) => `${kind} ${status}`).sort()).toEqual([
    'valuesEvenHere fail',
    'valuesEvenThere fail',
  ])
  expect(
    (await assay(['compare', 'one.json', 'two.json', '--checks', 'even.js', '--checks', 'more.mjs'], { cwd })).stdout,
  ).toContain('valuesEvenThere')
})

test('a kind that is not known, and a module that defines none, are errors that say what to do', async () => {
  const unknown = await check('one.json')
  expect(unknown.code).toBe(2)
  expect(unknown.stdout + unknown.stderr).toMatch(/no check "valuesEvenHere"[^]*--checks <module>/)
  const cases = [
    ['nothing.js', 'no check is defined in "nothing.js"'],
    ['broken.js', 'the module "broken.js" cannot be loaded'],
    ['none.js', 'there is no module "none.js"'],
  ] as const
  for (const [module, message] of cases) {
    const { code, stderr } = await check('one.json', '--checks', module)
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  }
})
