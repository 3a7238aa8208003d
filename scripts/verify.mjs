// The README's command: a clean install, then format, lint, types, build and `npm test`. Needs Node and npm alone.
// `--no-install` keeps node_modules. The long suites are scripts/verifyAll.mjs.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { install, run, tool } from './run.mjs'
import { suite } from './suite.mjs'
import { Totals } from './totals.mjs'

if (!process.argv.includes('--no-install')) install()
tool('biome', ['format'])
run('npm', ['run', '--silent', 'lint'])
tool('tsc', ['-p', '.'])
run(process.execPath, ['scripts/build.mjs'])

const folder = mkdtempSync(join(tmpdir(), 'assay-verify-'))
const totals = new Totals()
try {
  await suite('.', folder, totals)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
totals.close()
