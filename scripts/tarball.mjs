// Packs the package and uses it as a stranger would: in temporary projects outside the repository, with vitest 4 on
// this Node and vitest 5 on the newer Node that the npm package `node` ships.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { locked } from './locked.mjs'
import { root } from './run.mjs'
import { Totals } from './totals.mjs'

const config = `import assay from 'assay/vitest'
import { defineConfig } from 'vitest/config'

export default defineConfig({ plugins: [assay()] })
`

const suite = `import { dataset, mft, model, perturb, table, integer, string } from 'assay'
import { expect, test } from 'vitest'

const people = dataset([{ id: 1, name: 'Ada' }, { id: 2, name: 'Grace' }, { id: 3, name: 'Linus' }], { name: 'people' })
const shout = model('shout@1', (text: string) => text.toUpperCase())

test('the table holds its contract', async () => {
  await expect(people).toMatchSchema(table({ id: integer().unique(), name: string() }))
  expect(people).toMatchSchema()
})
test('ids lie in their range', async () => {
  await expect(people.column('id')).toHaveValuesBetween({ min: 1, max: 3 })
  await expect(people).toHaveRowCount({ min: 3 })
})
test('nothing drifts from itself', async () => {
  await expect(people).toHaveNoDriftFrom(people)
})
test('the model does what its table says', async () => {
  await expect(shout).toPassMFT(mft([{ input: 'a', expected: 'A' }, { input: 'b', expected: 'B' }]))
  await expect(model('constant', () => 'same')).toBeInvariantTo(perturb.typos(), { over: ['hello world', 'good morning'] })
})
test('arithmetic still works', () => {
  expect(1 + 1).toBe(2)
})
`

const tsconfig = {
  compilerOptions: {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: ['node'],
  },
  include: ['*.ts'],
}

/** What is installed beside the tarball in each project: of vitest the version that was tried, as in the package's lock file. */
const projects = [
  {
    name: 'vitest 4',
    packages: [
      'vitest@4.1.12',
      `vite@${locked('vite')}`,
      '@vitest/coverage-v8@4.1.12',
      'typescript@7.0.2',
      '@types/node@20',
      'pnpm@10',
      '@yarnpkg/cli-dist@4',
    ],
    node: process.execPath,
  },
  {
    name: 'vitest 5',
    packages: [
      'vitest@5.1.2',
      '@vitest/coverage-v8@5.1.2',
      '@vitest/browser-preview@5.1.2',
      `vite@${locked('vite')}`,
      'node@26',
      'typescript@7.0.2',
      '@types/node@26',
    ],
    node: undefined,
  },
]

/** Packs the package as it is built, and says where. */
export function pack(folder) {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const [packed] = JSON.parse(execFileSync('npm', args, { cwd: root, encoding: 'utf8' }))
  return join(folder, packed.filename)
}

/** Packs the package and installs it with each version: `{ name, folder, node, file }` of every project that stands. */
export function install(folder, totals) {
  const file = pack(folder)
  return projects.flatMap(({ name, packages, node }) => {
    const project = join(folder, name.replace(' ', '-'))
    mkdirSync(project, { recursive: true })
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }))
    // A newer Node only runs the project; installing works with the one at hand.
    const flags = ['--no-audit', '--no-fund', '--legacy-peer-deps', '--engine-strict=false']
    if (!step(totals, name, 'installs', project, 'npm', ['install', ...flags, file, ...packages])) return []
    return [{ name, folder: project, file, node: node ?? join(project, 'node_modules/node/bin/node') }]
  })
}

function step(totals, name, what, cwd, command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env: clean() })
  const statement = `tarball, ${name}: ${what}`
  totals.count(status === 0 ? 'passed' : 'failed', statement)
  console.log(`${status === 0 ? '✓' : '✗'} ${statement}`)
  if (status !== 0) console.log(`${stdout}${stderr}`)
  return status === 0
}

/** Uses the installed package as a stranger would, and counts which of the steps held. */
export function tarball(installed, totals) {
  for (const { name, folder, node } of installed) {
    const project = join(folder, 'stranger')
    mkdirSync(project, { recursive: true })
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }))
    writeFileSync(join(project, 'vitest.config.ts'), config)
    writeFileSync(join(project, 'people.test.ts'), suite)
    writeFileSync(join(project, 'people.csv'), 'id,name\n1,Ada\n2,Grace\n')
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(tsconfig))
    step(totals, name, 'types its matchers', project, node, ['../node_modules/typescript/bin/tsc', '-p', '.'])
    step(totals, name, 'passes its suite', project, node, ['../node_modules/vitest/vitest.mjs', 'run'])
    const init = ['init', 'people.csv', '--into', 'data']
    step(totals, name, 'judges on the command line', project, join(folder, 'node_modules/.bin/assay'), init)
    step(totals, name, 'holds data to the contract it wrote', project, node, [
      join(folder, 'node_modules/assay/dist/src/cli/main.js'),
      'check',
      'people.csv',
      '--contract',
      'data/__contracts__/people.schema.json',
    ])
    const report = readReport(join(project, 'report/report.json'))
    const enough = `process.exit(${report} >= 8 ? 0 : 1)`
    step(totals, name, `leaves a report of ${report} results`, project, process.execPath, ['-e', enough])
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).results.length
  } catch {
    return 0
  }
}

/** The environment without what a test run or npm put there. */
export function clean() {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VITEST|ASSAY|CI$|npm_)/.test(name))
  return { ...Object.fromEntries(kept), NO_COLOR: '1' }
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const { mkdtempSync } = await import('node:fs')
  const { tmpdir } = await import('node:os')
  const totals = new Totals()
  tarball(install(mkdtempSync(join(tmpdir(), 'assay-tarball-')), totals), totals)
  totals.close()
}
