// `node bench/compare.mjs <commit> [--rows 1000000]`: what the same work costs with the code of an earlier commit and with
// today's, in turns, each run in a process of its own. Prints a table and writes bench/compare.md.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { casts, constraints } from './contractSpec.mjs'
import { child, number, root, shown, spread, table, timed, withFolder } from './lib.mjs'

const RUNS = 7
const MOST_SLOWER = 1.05

/** Each takes the public functions of one of the two, and the folder of the data; it returns CPU seconds. */
const works = {
  'loading the package': async ({ loading }) => loading,
  '100 constraints, 20 columns, Parquet': ({ assay, folder }) => contract(assay, join(folder, 'data.parquet')),
  '100 constraints, 20 columns, CSV': ({ assay, folder }) => contract(assay, join(folder, 'data.csv')),
  'five checks of each of ten slices, Parquet': ({ assay, folder }) => slices(assay, join(folder, 'data.parquet')),
  'five checks of each of ten slices, CSV': ({ assay, folder }) => slices(assay, join(folder, 'data.csv')),
  'one check of 1,000 records, 300 times': ({ assay }) => smallChecks(assay),
  'a contract read off the data and held, CSV': ({ assay, folder }) => ownContract(assay, join(folder, 'small.csv')),
}

async function contract({ dataset, evaluate, ...checks }, path) {
  const data = dataset(path)
  const asked = constraints().map(({ kind, column, args, slack }) => {
    const options = slack > 0 ? { mostly: Math.max(0.001, 1 - slack) } : {}
    if (kind === 'rowCount' || kind === 'uniqueKey') return checks[kind](data, ...(column ? [column] : []), ...args)
    return checks[kind](data.column(column), ...args, options)
  })
  return passed(() => evaluate(asked))
}

async function slices({ dataset, evaluate, rowCount, noMissing, valuesBetween, sumBetween, valuesIn }, path) {
  const data = dataset(path)
  const asked = Array.from({ length: 10 }, (_, i) => data.where({ qty: i + 1 })).flatMap((slice) => [
    rowCount(slice, { min: 1 }),
    noMissing(slice.column('sku')),
    valuesBetween(slice.column('amount'), { min: 0 }),
    sumBetween(slice.column('price'), { min: 0 }),
    valuesIn(slice.column('status'), ['new', 'paid', 'packed', 'shipped', 'returned']),
  ])
  return passed(() => evaluate(asked))
}

async function smallChecks({ dataset, evaluate, valuesBetween }) {
  const records = () =>
    Array.from({ length: 1000 }, (_, i) => ({ id: i, amount: i / 3, name: `n${i}`, ok: i % 2 === 0 }))
  const check = () => evaluate(valuesBetween(dataset(records()).column('amount'), { min: 0 }))
  await check()
  return passed(async () => {
    const results = []
    for (let i = 0; i < 300; i++) results.push(...(await check()))
    return results
  })
}

async function ownContract({ dataset, evaluate, inferContract, matchesSchema }, path) {
  const data = dataset(path)
  return passed(async () => evaluate(matchesSchema(data, await inferContract(data))))
}

async function passed(work) {
  const { cpu, value } = await timed(work)
  const bad = value.find(({ status }) => status !== 'pass')
  if (bad) throw new Error(`not passed: ${JSON.stringify(bad)}`)
  return cpu
}

async function run(entry, work, folder) {
  const { cpu: loading, value: assay } = await timed(() => import(pathToFileURL(entry).href))
  return { cpu: await works[work]({ assay, folder, loading }) }
}

/** The code of the commit, built beside this one; dependencies are today's. */
function earlier(commit) {
  const folder = join(root, 'tmp', `compare-${commit}`)
  const step = (command, args, cwd) => {
    if (spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0)
      throw new Error(`${command} ${args.join(' ')} failed in ${cwd}`)
  }
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true })
    step('git', ['archive', '--output', `${folder}.tar`, commit], root)
    step('tar', ['-xf', `${folder}.tar`, '-C', folder], root)
    rmSync(`${folder}.tar`)
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    step(process.execPath, ['scripts/build.mjs'], folder)
  }
  return join(folder, 'dist/src/index.js')
}

async function compare(commit, rows) {
  const entries = { before: earlier(commit), now: join(root, 'dist/src/index.js') }
  if (spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' }).status !== 0)
    throw new Error('the build failed')
  const lines = []
  await withFolder(async (folder) => {
    for (const [format, size, name] of [
      ['parquet', rows, 'data.parquet'],
      ['csv', rows, 'data.csv'],
      ['csv', 20_000, 'small.csv'],
    ])
      await child('generate.mjs', [size, format, join(folder, name)])
    for (const work of Object.keys(works)) {
      const cpu = { before: [], now: [] }
      for (let i = 0; i < RUNS; i++) {
        for (const side of i % 2 ? ['now', 'before'] : ['before', 'now'])
          cpu[side].push((await child('compare.mjs', ['run', entries[side], work, folder])).cpu)
      }
      // Pairs that ran side by side, so that what slows the machine slows both.
      const ratio = spread(cpu.now.map((now, i) => now / cpu.before[i])).median
      lines.push([work, shown(cpu.before), shown(cpu.now), number(ratio), ratio <= MOST_SLOWER ? '' : '**slower**'])
      console.log(lines.at(-1).join('  '))
    }
  })
  const head = ['what, in CPU seconds', `before (${commit})`, 'now', 'ratio', '']
  const text = `# Before and after

\`node bench/compare.mjs ${commit} --rows ${rows}\`, Node ${process.versions.node}: the code of ${commit} and today's on the same data (${number(rows / 1e6, 0)} M rows × ${
    Object.keys(casts).length
  } columns) with the same dependencies. Median of ${RUNS} runs (least–greatest), each in a process of its own, in turns; all threads
count. The ratio is the median of the pairs.

${table([head, ...lines]).join('\n')}
`
  writeFileSync(join(root, 'bench/compare.md'), text)
  spawnSync('npx', ['--no-install', 'biome', 'format', '--write', 'bench/compare.md'], { cwd: root, stdio: 'inherit' })
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  if (argv[2] === 'run') {
    console.log(JSON.stringify(await run(...argv.slice(3))))
    process.exit(0)
  }
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rows: { type: 'string', default: '1000000' } },
  })
  if (positionals.length !== 1) throw new Error('say which commit: node bench/compare.mjs <commit>')
  await compare(positionals[0], Number(values.rows))
}
