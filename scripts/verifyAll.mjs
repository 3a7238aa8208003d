// Everything that takes long: package checks, the packed tarball in every mode of vitest 4 and 5, the commands of
// docs/ci, load and bad luck, tests on the current Node, all tests with all their runs (the browser's too), the examples.
// Runs after `npm run verify`, which installs.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { install, root, run, tool } from './run.mjs'
import { onNode, suite } from './suite.mjs'
import { Totals } from './totals.mjs'

if (!existsSync(join(root, 'node_modules'))) install()
// The steps use packages, so they load when there are some.
const { ciRecipes } = await import('./ci-recipes.mjs')
const { load } = await import('./load.mjs')
const { matrix } = await import('./matrix.mjs')
const { install: packAndInstall, tarball } = await import('./tarball.mjs')
run(process.execPath, ['scripts/build.mjs'])
tool('knip', [])
tool('publint', [])
tool('attw', ['--pack', '.', '--profile', 'esm-only'])

const folder = mkdtempSync(join(tmpdir(), 'assay-verify-'))
// All of the official JSON Schema suite, all runs of the property tests, the files called *.long.test.ts.
process.env.ASSAY_SUITE = 'all'
const totals = new Totals()
const examples = readdirSync(join(root, 'examples'))
  .map((name) => `examples/${name}`)
  .filter((example) => existsSync(join(root, example, 'vitest.config.ts')))
try {
  const installed = packAndInstall(folder, totals)
  tarball(installed, totals)
  await matrix(installed, totals)
  ciRecipes(folder, totals)
  load(totals)
  const current = installed.find(({ node }) => node !== process.execPath)
  if (current) await onNode(current, ['test/models', 'test/engine', 'test/bytes', 'test/formats'], folder, totals)
  for (const example of ['.', ...examples]) await suite(example, folder, totals)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
totals.close()
