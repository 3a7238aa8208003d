// `node bench/columns.mjs [-- --columns 100,400,1600,10000] [--rows 50] [--only profile,rows] [--formats csv,json]`: what
// work costs as tables grow wider. Each measurement is a process of its own; the exponent is the slope of CPU seconds
// over columns, both as logarithms, where the work itself takes longer than starting it does. Prints a table, and with
// `--write` keeps it as bench/columns.md.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build, built, exponent, number, root, timed, withFolder } from './lib.mjs'

const self = fileURLToPath(import.meta.url)
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    columns: { type: 'string', default: '100,400,1600,10000' },
    rows: { type: 'string', default: '50' },
    only: { type: 'string' },
    formats: { type: 'string', default: 'csv,json,parquet,records' },
    limit: { type: 'string', default: '120' },
    built: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})

/** What is done with a table; each gets the package's modules and the open dataset. */
const works = {
  one: async ({ evaluate, rowCount }, data) => evaluate(rowCount(data, { min: 1 })),
  rows: async (_, data) => data.rows(),
  each: async ({ evaluate, noMissing }, data) =>
    evaluate((await data.columns()).map(({ name }) => noMissing(data.column(name), { allowEmpty: true }))),
  failing: async ({ evaluate, valueLengthBetween, valuesBetween }, data) =>
    evaluate(
      (await data.columns()).map(({ name, type }) =>
        type === 'string'
          ? valueLengthBetween(data.column(name), { max: 1 })
          : valuesBetween(data.column(name), { max: -1 }),
      ),
    ),
  page: async ({ summary }, data) => summary(data),
  profile: async ({ profile }, data) => profile(data),
  infer: async ({ inferContract }, data) => inferContract(data),
  contract: async ({ evaluate, inferContract, matchesSchema }, data) =>
    evaluate(matchesSchema(data, await inferContract(data))),
  drift: async ({ dataset, evaluate, noDriftFrom }, data, path) => evaluate(noDriftFrom(data, dataset(path))),
  suggest: async ({ suggest }, data) => suggest(data),
  arrow: async (_, data) => data.toArrow(),
}

const lines = []
if (positionals.length > 0) await measure(...positionals)
else await table()

async function measure(work, format, columns, rows, folder) {
  const api = await built('src/index.js')
  const { profile } = await built('src/profile/profile.js')
  const { summary } = await built('src/profile/summary.js')
  const source = written(format, Number(columns), Number(rows), folder)
  const small = written(format, 3, 3, folder)
  // The engine, and what is loaded at first use.
  await works[work]({ ...api, profile, summary }, api.dataset(small), small)
  const start = process.memoryUsage().rss
  const { cpu, wall } = await timed(() => works[work]({ ...api, profile, summary }, api.dataset(source), source))
  console.log(JSON.stringify({ cpu, wall, rss: (process.memoryUsage().rss - start) / 1e6 }))
  process.exit(0)
}

function written(format, columns, rows, folder) {
  const path = join(folder, `${columns}x${rows}.${format === 'json' ? 'jsonl' : format}`)
  const cell = (row, column) =>
    [row * columns + column, `text ${(row * 7 + column) % 13}`, (row + column) / 4, column % 2 ? 'a' : `k${row}`][
      column % 4
    ]
  const records = () =>
    Array.from({ length: rows }, (_, row) =>
      Object.fromEntries(Array.from({ length: columns }, (_, column) => [`c${column}`, cell(row, column)])),
    )
  if (format === 'records') return records()
  if (format === 'json')
    writeFileSync(
      path,
      records()
        .map((record) => JSON.stringify(record))
        .join('\n'),
    )
  if (format === 'csv') {
    const lines = [Array.from({ length: columns }, (_, column) => `c${column}`).join(',')]
    for (let row = 0; row < rows; row++)
      lines.push(Array.from({ length: columns }, (_, column) => cell(row, column)).join(','))
    writeFileSync(path, `${lines.join('\n')}\n`)
  }
  return path
}

function say(line) {
  console.log(line)
  lines.push(line)
}

async function table() {
  if (!values.built) build()
  const sizes = values.columns.split(',').map(Number)
  const wanted = values.only?.split(',') ?? Object.keys(works)
  say(`| work | format | ${sizes.map((size) => `${size} columns`).join(' | ')} | exponent |`)
  say(`|---|---|${sizes.map(() => '---:|').join('')}---:|`)
  await withFolder(async (folder) => {
    if (values.formats.includes('parquet')) await parquetFiles([3, ...sizes], folder)
    for (const work of wanted) for (const format of values.formats.split(',')) await row(work, format, sizes, folder)
  })
  if (values.write) writeFileSync(join(root, 'bench/columns.md'), asPage())
}

function asPage() {
  const { write: _, built: __, ...asked } = values
  const options = Object.entries(asked).map(([name, value]) => `--${name} ${value}`)
  return `# What work costs as tables grow wider

\`node bench/columns.mjs ${options.join(' ')}\`,
Node ${process.version.slice(1)}: processor seconds for tables of ${values.rows} rows, and the exponent with which they grow.
\`page\` is what a report tells of a dataset beside its checks; \`contract\` reads one off the data and holds the data to it;
"too long" is more than the limit of wall clock.

${lines.join('\n')}
`
}

async function row(work, format, sizes, folder) {
  const cells = []
  const points = []
  for (const size of sizes) {
    const found = cells.at(-1) === 'too long' ? 'too long' : await run([work, format, size, values.rows, folder])
    if (typeof found === 'string') cells.push(found)
    else {
      cells.push(`${number(found.cpu)} s`)
      points.push([size, found.cpu])
    }
  }
  say(`| ${work} | ${format} | ${cells.join(' | ')} | ${exponent(points, 0.1)} |`)
}

function run(args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [self, ...args.map(String)])
    let out = ''
    let errors = ''
    child.stdout.on('data', (data) => (out += data))
    child.stderr.on('data', (data) => (errors += data))
    const timer = setTimeout(() => child.kill('SIGKILL'), Number(values.limit) * 1000)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (signal === 'SIGKILL') return resolve('too long')
      if (code === 0) return resolve(JSON.parse(out.trim().split('\n').at(-1)))
      console.error(errors.slice(-1500))
      resolve('fails')
    })
  })
}

async function parquetFiles(sizes, folder) {
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  for (const size of new Set(sizes)) {
    const rows = size === 3 ? 3 : Number(values.rows)
    const csv = written('csv', size, rows, folder)
    await connection.run(
      `copy (select * from read_csv('${csv}')) to '${csv.replace(/csv$/, 'parquet')}' (format parquet)`,
    )
  }
}
