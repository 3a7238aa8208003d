// Runs the suites of test/fixtures/matrix in every mode of vitest, with the packed package, and compares how each test
// ended and what the report holds with what the titles of the tests say. `--write-docs` puts the table into
// docs/vitest.md; without it a table there that says something else is a failure. `--only WORD` runs matching modes.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { modes } from './matrixModes.mjs'
import { root } from './run.mjs'
import { install } from './tarball.mjs'
import { Totals } from './totals.mjs'

const docs = join(root, 'docs/vitest.md')
const [begin, end] = ['<!-- matrix -->', '<!-- /matrix -->']
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : ''

/** Runs every mode on every installed version, two at a time, and adds to the totals. */
export async function matrix(installed, totals) {
  const jobs = installed.flatMap((version) =>
    modes.filter(({ name }) => name.includes(only)).map((mode) => ({ version, mode })),
  )
  const cells = new Map()
  const worker = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const { version, mode } = job
      const started = Date.now()
      const outcome = await outcomeOf(mode, version)
      totals.count(outcome.status, `${version.name}, ${mode.name}: ${outcome.text.split('\n', 1)[0]}`)
      cells.set(`${mode.name}\n${version.name}`, outcome)
      const mark = { passed: '✓', failed: '✗', skipped: '○' }[outcome.status]
      console.log(
        `${mark} ${version.name}, ${mode.name}: ${outcome.text} (${((Date.now() - started) / 1000).toFixed(1)} s)`,
      )
    }
  }
  await Promise.all([worker(), worker()])
  const table = tableOf(installed, cells)
  if (process.argv.includes('--write-docs')) writeTable(table)
  else if (!only) {
    const current = readTable() === table
    const statement = 'the table in docs/vitest.md is what was measured'
    totals.count(current ? 'passed' : 'failed', statement)
    console.log(`${current ? '✓' : '✗'} ${statement}`)
    if (!current) console.log(`write it with: node scripts/matrix.mjs --write-docs\n${table}`)
  }
}

async function outcomeOf(mode, version) {
  const reason = mode.skip?.(version)
  if (reason) return { status: 'skipped', text: reason }
  try {
    return { status: 'passed', text: await mode.run(version) }
  } catch (error) {
    return { status: 'failed', text: error.message }
  }
}

function tableOf(installed, cells) {
  const rows = modes.map(({ name, says }) => {
    const marks = installed.map((version) => {
      const { status, text } = cells.get(`${name}\n${version.name}`) ?? { status: 'skipped', text: 'not run' }
      return status === 'passed' ? 'yes' : status === 'failed' ? '**no**' : `not tried: ${text}`
    })
    return [name, says, ...marks]
  })
  const all = [['mode', 'what was run', ...installed.map(({ name }) => name)], ...rows]
  const widths = all[0].map((_, i) => Math.max(...all.map((row) => row[i].length)))
  const line = (row) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`
  return [line(all[0]), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

function readTable() {
  if (!existsSync(docs)) return undefined
  const text = readFileSync(docs, 'utf8')
  return text.slice(text.indexOf(begin) + begin.length, text.indexOf(end)).trim()
}

function writeTable(table) {
  const text = readFileSync(docs, 'utf8')
  const [head, tail] = [text.slice(0, text.indexOf(begin)), text.slice(text.indexOf(end))]
  writeFileSync(docs, `${head}${begin}\n\n${table}\n\n${tail}`)
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const totals = new Totals()
  const folder = mkdtempSync(join(tmpdir(), 'assay-matrix-'))
  try {
    await matrix(install(folder, totals), totals)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  totals.close()
}
