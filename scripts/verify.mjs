// Every check there is, from a clean install to the packed tarball in temporary projects. `--no-install` keeps
// node_modules, for a run between two commits.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { install, run, tool } from './run.mjs'

if (!process.argv.includes('--no-install')) install()
// The steps use packages, so they load when there are some.
const { ciRecipes } = await import('./ci-recipes.mjs')
const { load } = await import('./load.mjs')
const { matrix } = await import('./matrix.mjs')
const { install: packAndInstall, tarball } = await import('./tarball.mjs')
tool('biome', ['format'])
run('npm', ['run', '--silent', 'lint'])
tool('tsc', ['-p', '.'])
run(process.execPath, ['scripts/build.mjs'])
tool('knip', [])
tool('publint', [])
tool('attw', ['--pack', '.', '--profile', 'esm-only'])

const folder = mkdtempSync(join(tmpdir(), 'assay-verify-'))
// All of the official JSON Schema suite, not a part of it.
process.env.ASSAY_SUITE = 'all'
const totals = { passed: 0, failed: 0, skipped: 0 }
try {
  // The suites run last, so that vitest's summary closes the output.
  const installed = packAndInstall(folder, totals)
  tarball(installed, totals)
  await matrix(installed, totals)
  for (const step of [ciRecipes, load]) {
    const { passed, failed, skipped } = step(folder)
    totals.passed += passed
    totals.failed += failed
    totals.skipped += skipped
  }
  for (const root of ['.', 'examples/first-light', 'examples/declared-schemas']) {
    const report = join(folder, 'vitest.json')
    const args = ['run', '--root', root, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const { status } = tool('vitest', args, { mayFail: true })
    count(report)
    if (status !== 0) totals.failed = Math.max(1, totals.failed)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function count(report) {
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  totals.passed += numPassedTests
  totals.failed += numFailedTests + (numFailedTests === 0 ? numFailedTestSuites : 0)
  totals.skipped += numPendingTests
}

console.log(`\n${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ''}`)
process.exit(totals.failed > 0 ? 1 : 0)
