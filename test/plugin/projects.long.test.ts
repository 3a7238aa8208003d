import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { head, type Made, make, removeMade } from '../helpers/toldRun.ts'

afterAll(removeMade)

const file = (value: number) => `${head}test('runs', async () => {
  await expect(model('m', (text) => text)).toPassMFT(mft([{ input: '${value}', expected: '${value}' }]))
})`

/** Two projects whose plugins are given these options, and the root with its own. */
const two = (a: string, b: string, root?: string) => {
  const source = (file: string) => new URL(`../../src/${file}`, import.meta.url).pathname
  const project = (name: string, options: string) => `{
    plugins: [assay(${options})],
    resolve: { alias: [{ find: /^assay$/, replacement: '${source('index.ts')}' }] },
    test: { name: '${name}', include: ['${name}.test.ts'] },
  }`
  return make({
    'vitest.config.ts': `import assay from '${source('plugin/index.ts')}'
export default {
  plugins: [${root === undefined ? '' : `assay(${root})`}],
  test: { projects: [${project('a', a)}, ${project('b', b)}] },
}`,
    'a.test.ts': file(1),
    'b.test.ts': file(2),
  })
}

const title = async ({ folder }: Made, report: string) =>
  (JSON.parse(await readFile(path.join(folder, report, 'report.json'), 'utf8')) as { title: string }).title

test('what one project says of the report and the budget holds for the run', { timeout: 300_000 }, async () => {
  const made = await two('', `{ report: 'quality', title: 'Orders', budget: { calls: 1 } }`)
  const { code, output } = await made.run()
  expect(code).toBe(1)
  expect(output).toContain('the budget of the run')
  expect(await title(made, 'quality')).toBe('Orders')
  expect(existsSync(path.join(made.folder, 'report'))).toBe(false)
})

test('what the root says holds for projects that have the plugin themselves', { timeout: 300_000 }, async () => {
  const made = await two(`{ unawaited: 'error' }`, '', `{ report: 'quality', title: 'Orders' }`)
  expect((await made.run()).code).toBe(0)
  expect(await title(made, 'quality')).toBe('Orders')
  expect(existsSync(path.join(made.folder, 'report'))).toBe(false)
})

test.for([
  [
    `{ report: 'one' }`,
    `{ report: 'two' }`,
    /assay\(\) got report: "one" in the project "a" and report: "two" in the project "b"/,
  ],
  [`{ report: false }`, `{ report: 'two' }`, /assay\(\) got report: false in the project "a" and report: "two"/],
  [`{ report: false }`, `{}`, /assay\(\) got report: false in one project, and the project "b" writes one/],
  [
    `{ title: 'A' }`,
    `{ title: 'B' }`,
    /all projects of a run share one report: give title once, at the root, or the same everywhere/,
  ],
  [`{ budget: { calls: 1 } }`, `{ budget: { calls: 2 } }`, /share one budget/],
] as const)('%s and %s are refused', { timeout: 300_000 }, async ([a, b, expected]) => {
  const made = await two(a, b)
  await expect(made.run()).rejects.toThrow(expected)
  await expect(made.run()).rejects.toThrow(/exit 1/)
})
