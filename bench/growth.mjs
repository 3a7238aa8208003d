// `npm run bench:growth [-- --runs 3] [--only CSV]`: how the cost of work grows with rows, columns, checks, failing rows, files and
// results. Each measurement is a process of its own; the exponent is the slope of CPU seconds over size, both as
// logarithms, where the work takes longer than starting it. 1 is linear. Writes bench/growth.md.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { peakMegabytes } from '../scripts/peak.mjs'
import { build, built, child, exponent, generatedRun, number, root, spread, table, timed, withFolder } from './lib.mjs'
import { connect } from './peers/engine.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '3' }, only: { type: 'string' } },
})
/** Below this the cost of starting hides the work, in CPU seconds. */
const LEAST = 0.05

const range = (count, make) => Array.from({ length: count }, (_, i) => make(i))
const lines = (rows, columns, cell) => [
  range(columns, (column) => `c${column}`).join(),
  ...range(rows, (row) => range(columns, (column) => cell(row, column)).join()),
]
const csv = (path, rows, columns, cell = (row, column) => row * columns + column) =>
  writeFileSync(path, `${lines(rows, columns, cell).join('\n')}\n`)
const generated = (select, how) => async (path, size) =>
  (await connect()).run(`copy (${select(size)}) to '${path}' (${how})`)

const threeColumns = (rows) =>
  `select i as a, hash(i) % 1000 / 7 as b, 'text ' || hash(i) % 500 as c from range(${rows}) r(i)`
const threeChecks = ({ noMissing, valuesBetween, valueLengthBetween }, data) => [
  noMissing(data.column('a')),
  valuesBetween(data.column('b'), { min: 0 }),
  valueLengthBetween(data.column('c'), { max: 20 }),
]
const eachColumn = ({ valuesBetween }, data, columns) =>
  range(columns, (column) => valuesBetween(data.column(`c${column}`), { min: -1 }))
const checkEach = (api, source, columns) => api.evaluate(eachColumn(api, api.dataset(source), columns))
const described = async (api, source) => (await built('src/profile/profile.js')).profile(api.dataset(source))

const wideRow = (row, columns) => Object.fromEntries(range(columns, (column) => [`c${column}`, row * columns + column]))
/** How a table of 200 rows and so many columns is written in each format, and what `dataset()` is given of it. */
const wideFormats = {
  CSV: { ending: 'csv', write: (path, columns) => csv(path, 200, columns) },
  Parquet: {
    ending: 'parquet',
    async write(path, columns) {
      const text = `${path}.csv`
      csv(text, 200, columns)
      await (await connect()).run(`copy (from read_csv('${text}')) to '${path}' (format parquet)`)
    },
  },
  JSON: {
    ending: 'jsonl',
    write: (path, columns) =>
      writeFileSync(path, range(200, (row) => `${JSON.stringify(wideRow(row, columns))}\n`).join('')),
  },
  records: { prepare: (columns) => range(200, (row) => wideRow(row, columns)) },
}
const wide = Object.entries(wideFormats).flatMap(([format, { ending, write, prepare }]) =>
  Object.entries({ 'a check each': checkEach, 'a profile': described }).map(([what, work]) => ({
    name: `columns, ${format}: ${what}`,
    ending,
    sizes: [625, 2500, 10_000],
    write,
    prepare,
    judge: (api, path, columns, records) => work(api, records ?? path, columns),
  })),
)

/** Texts of a MB, each other than the others. */
const longText = (i) => `${i} ${'long text '.repeat(100_000)}`
const deepValue = (depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

/** What grows, the sizes, how its data is written and what is judged. */
const works = [
  {
    name: 'rows, Parquet: 3 checks',
    ending: 'parquet',
    sizes: [100_000, 1_000_000, 4_000_000],
    write: generated(threeColumns, 'format parquet'),
    judge: (api, path) => api.evaluate(threeChecks(api, api.dataset(path))),
  },
  {
    name: 'rows, CSV: 3 checks',
    ending: 'csv',
    sizes: [100_000, 400_000, 1_600_000],
    write: generated(threeColumns, 'format csv, header'),
    judge: (api, path) => api.evaluate(threeChecks(api, api.dataset(path))),
  },
  {
    name: 'rows, CSV: a unique key',
    ending: 'csv',
    sizes: [100_000, 400_000, 1_600_000],
    write: generated(threeColumns, 'format csv, header'),
    judge: (api, path) => api.evaluate(api.uniqueKey(api.dataset(path), ['a'])),
  },
  {
    name: 'rows, Parquet: a profile',
    ending: 'parquet',
    sizes: [100_000, 400_000, 1_600_000],
    write: generated(threeColumns, 'format parquet'),
    judge: described,
  },
  {
    name: 'rows, Parquet: drift of both sides',
    ending: 'parquet',
    sizes: [50_000, 200_000, 800_000],
    write: generated(threeColumns, 'format parquet'),
    judge: (api, path) => api.evaluate(api.noDriftFrom(api.dataset(path), api.dataset(path, { name: 'other' }))),
  },
  {
    name: 'records: 1 check',
    sizes: [10_000, 40_000, 160_000],
    judge: (api, _path, size) =>
      api.evaluate(
        api.noMissing(
          api.dataset(range(size, (i) => ({ id: i, text: `t${i}`, at: new Date(i), x: i / 3 }))).column('x'),
        ),
      ),
  },
  ...wide,
  {
    name: 'checks of 10 columns, asked together',
    ending: 'csv',
    sizes: [100, 1000, 10_000],
    write: (path) => csv(path, 1000, 10),
    judge: (api, path, checks) => {
      const data = api.dataset(path)
      return api.evaluate(range(checks, (i) => api.valuesBetween(data.column(`c${i % 10}`), { min: -1 - i })))
    },
  },
  {
    name: 'checks of 10 columns, one after another',
    ending: 'csv',
    sizes: [50, 200, 800],
    write: (path) => csv(path, 1000, 10),
    judge: async (api, path, checks) => {
      const data = api.dataset(path)
      for (let i = 0; i < checks; i++) await api.evaluate(api.valuesBetween(data.column(`c${i % 10}`), { min: -1 - i }))
    },
  },
  {
    name: 'failing checks of 10 columns',
    ending: 'csv',
    sizes: [50, 200, 800],
    write: (path) => csv(path, 5000, 10),
    judge: (api, path, checks) => {
      const data = api.dataset(path)
      return api.evaluate(range(checks, (i) => api.valuesBetween(data.column(`c${i % 10}`), { max: 10 + i })))
    },
  },
  {
    name: 'failing rows of 1 M, Parquet',
    ending: 'parquet',
    sizes: [10_000, 100_000, 1_000_000],
    write: generated(
      (failing) => `select case when i % ${1_000_000 / failing} = 0 then -1 else i end as x from range(1000000) r(i)`,
      'format parquet',
    ),
    judge: (api, path) => api.evaluate(api.valuesBetween(api.dataset(path).column('x'), { min: 0 })),
  },
  {
    name: 'files of one dataset, CSV of 100 rows',
    sizes: [250, 1000, 4000],
    write: (folder, files) => {
      mkdirSync(folder)
      for (let i = 0; i < files; i++) csv(join(folder, `${i}.csv`), 100, 3)
    },
    judge: (api, folder) => checkEach(api, join(folder, '*.csv'), 3),
  },
  {
    name: 'files of one dataset, Parquet of 100 rows',
    sizes: [250, 1000, 4000],
    async write(folder, files) {
      mkdirSync(folder)
      const engine = await connect()
      const rows = 'select i as c0, i * 2 as c1, i * 3 as c2 from range(100) r(i)'
      for (let i = 0; i < files; i++) await engine.run(`copy (${rows}) to '${join(folder, `${i}.parquet`)}'`)
    },
    judge: (api, folder) => checkEach(api, join(folder, '*.parquet'), 3),
  },
  {
    name: 'datasets, CSV of 100 rows: 3 checks each',
    sizes: [60, 250, 1000],
    write: (folder, files) => {
      mkdirSync(folder)
      for (let i = 0; i < files; i++) csv(join(folder, `${i}.csv`), 100, 3)
    },
    async judge(api, folder, files) {
      for (let i = 0; i < files; i++) await checkEach(api, join(folder, `${i}.csv`), 3)
    },
  },
  {
    name: 'datasets, 100 records: 3 checks each',
    sizes: [60, 250, 1000],
    prepare: (datasets) => range(datasets, () => range(100, (row) => wideRow(row, 3))),
    async judge(api, _path, _datasets, all) {
      for (const records of all) await checkEach(api, records, 3)
    },
  },
  {
    name: 'texts of 1 MB, CSV: 2 checks',
    ending: 'csv',
    sizes: [16, 64, 256],
    write: (path, rows) => writeFileSync(path, `id,text\n${range(rows, (i) => `${i},${longText(i)}\n`).join('')}`),
    judge: longTexts,
  },
  {
    name: 'texts of 1 MB, JSON: 2 checks',
    ending: 'jsonl',
    sizes: [16, 64, 256],
    write: (path, rows) =>
      writeFileSync(path, range(rows, (id) => `${JSON.stringify({ id, text: longText(id) })}\n`).join('')),
    judge: longTexts,
  },
  {
    name: 'depth of JSON, 100 rows: a check and a profile',
    ending: 'jsonl',
    sizes: [100, 400, 1600],
    write: (path, depth) => writeFileSync(path, range(100, (i) => `{"id":${i},"deep":${deepValue(depth)}}\n`).join('')),
    async judge(api, path) {
      await api.evaluate(api.noMissing(api.dataset(path).column('deep')))
      await described(api, path)
    },
  },
  {
    name: 'results of a run, as a page',
    sizes: [1000, 4000, 16_000],
    prepare: generatedRun,
    judge: async (_api, _path, _size, run) => (await built('reporters/index.js')).html(run),
  },
  {
    name: 'results of a run, as JSON',
    sizes: [1000, 4000, 16_000],
    prepare: generatedRun,
    judge: async (_api, _path, _size, run) => (await built('reporters/index.js')).json(run),
  },
]

function longTexts(api, path) {
  const text = api.dataset(path).column('text')
  return api.evaluate([api.valueLengthBetween(text, { max: 2_000_000 }), api.valuesMatching(text, /^\d+ long/)])
}

if (positionals.length > 0) await measure(...positionals)
else await publish()
process.exit(0)

async function measure(name, size, path) {
  const { judge, prepare } = works.find((work) => work.name === name)
  const api = await built('src/index.js')
  // The engine, and what is loaded at first use.
  await api.evaluate(api.noMissing(api.dataset([{ a: 1 }]).column('a')))
  const prepared = await prepare?.(Number(size))
  const { cpu } = await timed(() => judge(api, path, Number(size), prepared))
  console.log(JSON.stringify({ cpu, peak: peakMegabytes() }))
}

async function publish() {
  build()
  const rows = []
  for (const work of works.filter(({ name }) => name.includes(values.only ?? ''))) {
    const points = await withFolder((folder) => pointsOf(work, folder))
    const cells = points.map(
      ([size, cpus, peak]) => `${number(size, 0)}: ${number(spread(cpus).median)} s, ${number(peak, 0)} MB`,
    )
    const slope = exponent(
      points.slice(-2).map(([size, cpus]) => [size, spread(cpus).median]),
      LEAST,
    )
    rows.push([work.name, ...cells, slope])
    console.log(rows.at(-1).join(' | '))
  }
  const text = `# How costs grow

\`npm run bench:growth -- --runs ${values.runs}\`, Node ${process.versions.node}, ${availableParallelism()} cores: CPU seconds of all threads (median of ${values.runs} ${values.runs === '1' ? 'run' : 'runs'}, each in a process of its
own, the engine started) and the peak of the process, by size. The exponent is that of the last step, where it takes ${LEAST} s
or longer: 1 is linear, less has a part that does not grow yet, more would be worse than linear.

${table([['what grows', 'small', 'larger', 'large', 'exponent'], ...rows]).join('\n')}
`
  // What is measured in part is for the eye alone.
  if (values.only !== undefined) return
  writeFileSync(join(root, 'bench/growth.md'), text)
  spawnSync('npx', ['--no-install', 'biome', 'format', '--write', 'bench/growth.md'], { cwd: root, stdio: 'inherit' })
}

async function pointsOf({ name, ending, sizes, write }, folder) {
  const points = []
  for (const size of sizes) {
    const path = join(folder, ending === undefined ? String(size) : `${size}.${ending}`)
    await write?.(path, size)
    const found = []
    for (let i = 0; i < Number(values.runs); i++) found.push(await child('growth.mjs', [name, size, path]))
    points.push([size, found.map(({ cpu }) => cpu), Math.max(...found.map(({ peak }) => peak))])
  }
  return points
}
