// `npm run bench:report [-- --runs 5]`: what the report, which is on by default, adds to whole runs of vitest, beside the same
// with `report: false`: the 31 constraints of bench/peers on tables of several sizes, in one test file and in twenty of the
// same table. Writes bench/report.md.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build, costOf, number, root, shown, spread, table, withFolder } from './lib.mjs'
import { constraints, written } from './peers/contract/data.mjs'
import { connect } from './peers/engine.mjs'
import { head, statement, vitest } from './peers/projects.mjs'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' }, only: { type: 'string' } } })
const RUNS = Number(values.runs)
const MANY = 20

const all = constraints.map((one) => statement(one).replace('await ', '')).join('\n')
const file = (format, body) => `${head}const data = dataset('data.${format}')\ntest('all', async () => {\n${body}\n})`
const oneFile = (format) => ({ 'f.test.mjs': file(format, all) })
const manyFiles = (format) =>
  Object.fromEntries(
    Array.from({ length: MANY }, (_, i) => [
      `f${i}.test.mjs`,
      file(format, statement(constraints[i]).replace('await ', '')),
    ]),
  )
const works = [10, 100_000, 1_000_000].flatMap((rows) =>
  ['parquet', 'csv'].map((format) => ({
    name: `${number(rows, 0)} rows, ${format}: ${constraints.length} constraints in a test file`,
    rows,
    format,
    files: oneFile(format),
  })),
)
for (const rows of [10, 100_000])
  for (const format of ['parquet', 'csv'])
    works.push({
      name: `${number(rows, 0)} rows, ${format}: ${MANY} test files, a constraint each`,
      rows,
      format,
      files: manyFiles(format),
    })

build()
const rows = [['', 'without, CPU s', 'with, CPU s', 'ratio of pairs', 'MB without', 'MB with']]
for (const work of works.filter(({ name }) => name.includes(values.only ?? ''))) {
  rows.push(await withFolder((folder) => measured(work, folder)))
  console.log(rows.at(-1).join(' | '))
}
// What is measured in part is for the eye alone.
if (values.only === undefined) {
  writeFileSync(
    join(root, 'bench/report.md'),
    `# What the report costs

\`npm run bench:report -- --runs ${RUNS}\`, Node ${process.versions.node}, ${availableParallelism()} cores, load ${number(loadavg()[0], 1)}. Whole runs of vitest, with all processes and threads,
by CPU seconds: median (least–greatest) of ${RUNS} pairs in turns; the ratio is the median of theirs. MB is the greatest peak of
one process. The report describes each dataset by its first 2,000 rows, once in a run.

${table(rows).join('\n')}
`,
  )
  spawnSync('npx', ['--no-install', 'biome', 'format', '--write', 'bench/report.md'], { cwd: root, stdio: 'inherit' })
}
process.exit(0)

async function measured({ name, rows: count, format, files }, folder) {
  const path = join(folder, `data.${format}`)
  await (await connect()).run(written(count, 0, path))
  const start = (on) => {
    const project = join(folder, on ? 'with' : 'without')
    mkdirSync(project, { recursive: true })
    const peer = vitest(name, { options: on ? '' : 'report: false', files })
    return { command: peer.command(peer.prepare(project, { [`data.${format}`]: { path } })), project }
  }
  const ways = { without: start(false), with: start(true) }
  const runs = { without: [], with: [] }
  for (let turn = 0; turn < RUNS; turn++) {
    for (const way of turn % 2 ? ['with', 'without'] : ['without', 'with']) {
      const { command, project } = ways[way]
      rmSync(join(project, 'report'), { recursive: true, force: true })
      const run = costOf({ command, cwd: project })
      if (run.code !== 0) throw new Error(`${name}: ${run.output}`)
      if (existsSync(join(project, 'report')) !== (way === 'with')) throw new Error(`${name}: no report, or one`)
      runs[way].push(run)
    }
  }
  const cpu = (way) => runs[way].map((run) => run.cpu)
  const peak = (way) => number(spread(runs[way].map((run) => run.peak)).median, 0)
  const ratios = cpu('with').map((own, i) => own / cpu('without')[i])
  return [name, shown(cpu('without')), shown(cpu('with')), shown(ratios), peak('without'), peak('with')]
}
