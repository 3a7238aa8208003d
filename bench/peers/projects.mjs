// Whole runs of a test runner over a project: what a user waits for. A run over broken data must fail, over good data pass.
import { cpSync, linkSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib.mjs'
import { constraints, written } from './contract/data.mjs'
import { connect } from './engine.mjs'
import { python } from './install.mjs'

const FILES = 20
const CHECKS = 20

/** A small table; where it is to be broken, the last amount is negative. */
const orders = (broken) =>
  ['id,amount', ...Array.from({ length: 10 }, (_, i) => `${i},${broken && i === 9 ? -1 : i + 0.5}`)].join('\n')

/** Writes files, or links those that are there already, into a folder. */
function put(folder, files) {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    if (typeof text === 'string') writeFileSync(join(folder, name), `${text}\n`)
    else linkSync(text.path, join(folder, name))
  }
  return folder
}

const times = (count, make) => Object.fromEntries(Array.from({ length: count }, (_, i) => make(i)))

/** A peer that runs vitest over a project, with the package in node_modules, where vitest takes modules as they are. */
export const vitest = (name, { options, settings = '', files, ...more }) => ({
  name,
  ...more,
  prepare(folder, data) {
    mkdirSync(join(folder, 'node_modules/assay'), { recursive: true })
    for (const part of ['dist', 'package.json'])
      cpSync(join(root, part), join(folder, 'node_modules/assay', part), { recursive: true })
    // What the package and the tests import, as an install would put it beside the package.
    for (const name of readdirSync(join(root, 'node_modules')).filter((one) => !one.startsWith('.')))
      symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction')
    const plugins = options === undefined ? '' : `assay({ ${options} })`
    return put(folder, {
      ...data,
      ...files,
      'package.json': JSON.stringify({ name: 'project', private: true, type: 'module' }),
      'vitest.config.mjs': `${options === undefined ? '' : `import assay from 'assay/vitest'\n`}export default { plugins: [${plugins}], test: { testTimeout: 600_000, ${settings} } }`,
    })
  },
  command: (folder) => [process.execPath, join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder],
})

const pytest = (name, files) => ({
  name,
  environment: 'validation',
  needs: ['pytest', 'pandera', 'polars'],
  prepare: (folder, data) => put(folder, { ...data, ...files }),
  command: (folder) => [
    python('validation'),
    '-m',
    'pytest',
    '-q',
    '-p',
    'no:cacheprovider',
    '--rootdir',
    folder,
    folder,
  ],
})

export const head = `import { dataset } from 'assay'\nimport { expect, test } from 'vitest'\n`
const small = `${head}const orders = dataset('orders.csv')\n`
const bound = (i) => `await expect(orders.column('amount')).toHaveValuesBetween({ min: 0, max: ${100 + i} })`
const trivial = (i) => `test('t${i}', () => { expect(${i}).toBe(${i}) })`
const plain = `import { expect, test } from 'vitest'\n`
const pandera = (checks) =>
  `import os\nimport pandera.polars as pa\nimport polars as pl\n\nPATH = os.path.join(os.path.dirname(__file__), "orders.csv")\n\n` +
  checks
    .map(
      (i) =>
        `def test_${i}():\n    pa.DataFrameSchema({"amount": pa.Column(checks=pa.Check.in_range(0, ${100 + i}))}, strict=False).validate(pl.read_csv(PATH))\n`,
    )
    .join('\n')

const ourFiles = times(FILES, (i) => [`f${i}.test.mjs`, `${small}test('amounts', async () => { ${bound(i)} })`])
const tests = Array.from({ length: CHECKS }, (_, i) => i)
const ourChecks = { 'f.test.mjs': small + tests.map((i) => `test('t${i}', async () => { ${bound(i)} })`).join('\n') }
const smallData = { data: (_folder, _rows, broken) => ({ 'orders.csv': orders(broken) }), run: true }

const files = {
  name: 'files',
  short: `${FILES} test files, 10 rows`,
  about: `${FILES} test files with a check of 10 rows each`,
  ...smallData,
  peers: [
    vitest('plain vitest, a trivial assertion each', {
      idle: true,
      files: times(FILES, (i) => [`f${i}.test.mjs`, plain + trivial(i)]),
    }),
    vitest('Assay', { own: true, options: '', files: ourFiles }),
    vitest('Assay, report: false', { options: 'report: false', files: ourFiles }),
    vitest("Assay, pool: 'threads'", { options: '', settings: "pool: 'threads'", files: ourFiles }),
    vitest('Assay, isolate: false', { options: '', settings: 'isolate: false', files: ourFiles }),
    pytest(
      'pytest and pandera (polars)',
      times(FILES, (i) => [`test_f${i}.py`, pandera([i])]),
    ),
  ],
}

const checks = {
  name: 'checks',
  short: `one test file, ${CHECKS} checks of 10 rows`,
  about: `one test file with ${CHECKS} checks of 10 rows`,
  ...smallData,
  peers: [
    vitest('plain vitest, as many trivial assertions', {
      idle: true,
      files: { 'f.test.mjs': plain + tests.map(trivial).join('\n') },
    }),
    vitest('Assay', { own: true, options: '', files: ourChecks }),
    vitest('Assay, report: false', { options: 'report: false', files: ourChecks }),
    pytest('pytest and pandera (polars)', { 'test_f.py': pandera(tests) }),
  ],
}

/** The statement of a constraint in a test. */
export function statement({ kind, column, min, max, values, pattern }) {
  const of = `await expect(data.column('${column}'))`
  if (kind === 'notnull') return `${of}.toHaveNoMissing()`
  if (kind === 'range') return `${of}.toHaveValuesBetween({ min: ${min}, max: ${max} })`
  if (kind === 'set') return `${of}.toHaveValuesIn(${JSON.stringify(values)})`
  if (kind === 'regex') return `${of}.toHaveValuesMatching(new RegExp(${JSON.stringify(pattern)}, 'u'))`
  if (kind === 'length') return `${of}.toHaveValueLengthBetween({ min: ${min}, max: ${max} })`
  return `await expect(data).toHaveUniqueKey(['${column}'])`
}

const inVitest = ['parquet', 'csv', 'jsonl'].map((format) => {
  const set = (make) => ({ 'f.test.mjs': `${head}const data = dataset('data.${format}')\n${make()}` })
  const together = set(
    () => `test('all', async () => {\n${constraints.map((one) => statement(one).replace('await ', '')).join('\n')}\n})`,
  )
  const tests = constraints.map((one) => `test('${one.name}', async () => { ${statement(one)} })`)
  const after = set(() => tests.join('\n'))
  const half = (from) => set(() => tests.filter((_, i) => i % 2 === from).join('\n'))['f.test.mjs']
  return {
    name: `vitest ${format}`,
    about: `the 31 constraints as a test file in vitest, ${format}, clean`,
    run: true,
    data: async (folder, rows, broken) => {
      const path = join(folder, `data.${format}`)
      await (await connect()).run(written(rows, broken ? 100 : 0, path))
      return { [`data.${format}`]: { path } }
    },
    peers: [
      vitest('asked together, report: false', { options: 'report: false', files: together }),
      vitest('asked together, the report on (the default)', { own: true, options: '', files: together }),
      vitest('awaited one after another, report: false', { options: 'report: false', files: after }),
      vitest('awaited one after another, the report on', { options: '', files: after }),
      vitest('awaited one after another, half of them in each of two test files, report: false', {
        options: 'report: false',
        files: { 'f.test.mjs': half(0), 'g.test.mjs': half(1) },
      }),
    ],
  }
})

export const projects = [files, checks, ...inVitest]
