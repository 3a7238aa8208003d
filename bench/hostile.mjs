// Every kind of damaged, empty or hostile input against every matcher, in real test files: `npm run hostile`. Prints the
// matrix of verdicts. A pass, a hang, a worker that died or an error that is not ours is a fault, and the exit code is 1.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build, root } from './lib.mjs'

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
build()
// They use the package as it is built.
const { inputs } = await import('./hostile/inputs.mjs')
const { matchersOf } = await import('./hostile/matchers.mjs')
const { models } = await import('./hostile/models.mjs')
const { questions } = await import('./hostile/questions.mjs')
const parts = [
  { title: 'inputs', rows: inputs, file: 'inputs.mjs' },
  { title: 'models', rows: models, file: 'models.mjs' },
  { title: 'questions', rows: questions, file: 'questions.mjs' },
]
const marks = { fail: 'F', error: 'E', vacuous: '0', inconclusive: '?', thrown: 'T', pass: 'PASS', foreign: 'FOREIGN' }

mkdirSync(join(root, 'tmp'), { recursive: true })
const folder = mkdtempSync(join(root, 'tmp', 'hostile-'))
let faults = 0
try {
  writeProject()
  await runVitest()
  for (const part of parts) printed(part)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(faults === 0 ? '\nno cell is a pass, none is missing' : `\n${faults} faults`)
process.exit(faults === 0 ? 0 : 1)

/** One test file per row, so that a worker that dies takes one row with it. */
function writeProject() {
  writeFileSync(
    join(folder, 'vitest.config.mjs'),
    `import assay from ${JSON.stringify(join(root, 'dist/src/plugin/index.js'))}
export default {
  plugins: [assay({ report: false })],
  resolve: { alias: [{ find: /^assay$/, replacement: ${JSON.stringify(join(root, 'dist/src/index.js'))} }] },
  test: { testTimeout: 120_000, maxWorkers: 2 },
}
`,
  )
  for (const { title, rows, file } of parts)
    for (const [i, { name }] of rows.entries())
      if (name.includes(values.only))
        writeFileSync(
          join(folder, `${title}-${i}.test.mjs`),
          `import { test } from 'vitest'
import { judgeRow } from ${JSON.stringify(join(root, 'bench/hostile/judgeRow.mjs'))}
test(${JSON.stringify(name)}, (context) => judgeRow(context, ${JSON.stringify(file)}, ${i}, ${JSON.stringify(join(folder, `${title}-${i}`))}))
`,
        )
}

function runVitest() {
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder, '--reporter=dot']
  return new Promise((resolve) => {
    spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] }).on('close', resolve)
  })
}

function printed({ title, rows }) {
  const names = rows.filter(({ name }) => name.includes(values.only))
  if (names.length === 0) return
  console.log(`\n${title}: F fail, E error, 0 nothing to judge, ? undecided, T refused at the call`)
  const kinds = matchersOf(title)
  if (kinds.length > 0) console.log(kinds.map((kind, i) => `  ${i + 1} ${kind}`).join('\n'))
  const width = Math.max(...names.map(({ name }) => name.length))
  for (const [i, { name }] of rows.entries()) {
    if (!name.includes(values.only)) continue
    const file = join(folder, `${title}-${i}.json`)
    const cells = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
    const bad = cells ? cells.filter(({ verdict }) => ['pass', 'foreign'].includes(verdict)) : [{ verdict: 'missing' }]
    faults += bad.length
    const line = cells ? cells.map(({ verdict }) => marks[verdict]).join(' ') : 'no answer: it hung, or its worker died'
    console.log(`${name.padEnd(width)}  ${line}`)
    for (const { ask, verdict, message } of bad)
      if (ask !== undefined) console.log(`${' '.repeat(width)}  ↳ ${ask}: ${verdict}${message ? `: ${message}` : ''}`)
  }
}
