// `npm run bench [-- --rows 10000000] [--only startup,drift]`: the contract against hand-written SQL, start-up of the
// plugin, cases per second, drift per column, size and time of the report. Prints a table and writes bench/results.md.
import { spawnSync } from 'node:child_process'
import { statSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { behavior } from './behavior.mjs'
import { build, built, child, generatedRun, line, number, root, shown, spread, timed, withFolder } from './lib.mjs'
import { slices } from './slices.mjs'
import { startup } from './startup.mjs'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '10000000' }, only: { type: 'string' } } })
const rows = Number(values.rows)
const RUNS = 3
const benches = [contract, slices, records, startup, behavior, drift, report, reading]
const only = values.only?.split(',') ?? benches.map(({ name }) => name)
const unknown = only.filter((name) => !benches.some((bench) => bench.name === name))
if (unknown.length > 0)
  throw new Error(`there is no bench ${unknown.join(', ')}; there are ${benches.map(({ name }) => name).join(', ')}`)
build()

const lines = []
for (const bench of benches.filter(({ name }) => only.includes(name))) {
  console.log(`… ${bench.name}`)
  lines.push(...(await withFolder(bench)))
}
const table = [
  '| what | measured | budget | |',
  '|---|---|---|---|',
  ...lines.map(
    ({ what, measured, budget, met }) =>
      `| ${what} | ${measured} | ${budget} | ${met === undefined ? '' : met ? 'met' : '**missed**'} |`,
  ),
].join('\n')
console.log(table)
// What is measured in part is for the eye alone.
if (values.only === undefined) {
  writeFileSync(
    join(root, 'bench/results.md'),
    `# Measurements

\`npm run bench -- --rows ${rows}\`, Node ${process.versions.node}, ${availableParallelism()} cores. Median of ${RUNS} runs (least–greatest), each in a
process of its own, in turns; CPU seconds count all threads.

${table}
`,
  )
  spawnSync('npx', ['--no-install', 'biome', 'format', '--write', 'bench/results.md'], { cwd: root, stdio: 'inherit' })
}

async function contract(folder) {
  const out = []
  for (const format of ['parquet', 'csv']) {
    const path = join(folder, `data.${format}`)
    await child('generate.mjs', [rows, format, path])
    const modes = [
      'assay',
      ...(format === 'parquet' ? ['groups+marks', 'groups', 'columns'] : ['fused', 'typed-table+marks']),
    ]
    const cpu = Object.fromEntries(modes.map((mode) => [mode, []]))
    for (let i = 0; i < RUNS; i++) {
      for (const mode of modes) cpu[mode].push((await child('contractRun.mjs', [mode, format, path])).cpu)
    }
    const size = `${number(statSync(path).size / 1e6, 0)} MB`
    const hand = modes.slice(1).sort((a, b) => spread(cpu[a]).median - spread(cpu[b]).median)[0]
    const ratio = spread(cpu.assay).median / spread(cpu[hand]).median
    out.push(
      line(
        `100 constraints, 20 columns, ${number(rows / 1e6, 0)} M rows, ${format} (${size}): CPU s`,
        shown(cpu.assay),
      ),
      line(`the same numbers in hand-written SQL (${hand}): CPU s`, shown(cpu[hand])),
      line(`ratio, ${format}`, number(ratio), '≤ 1.1', ratio <= 1.1),
    )
  }
  return out
}

async function records() {
  const { dataset } = await built('src/index.js')
  const { relationOf } = await built('src/dataset/opened.js')
  await relationOf(dataset([{ a: 1 }]))
  const make = (n) =>
    Array.from({ length: n }, (_, i) => ({
      id: i,
      a: i / 3,
      b: -i / 7,
      s: `value ${i % 1000}`,
      t: `x${i}`,
      ok: i % 2 === 0,
      at: new Date(1e12 + i),
      n: i % 5 ? i : null,
    }))
  const rate = []
  for (let i = 0; i < RUNS; i++) {
    const table = make(200_000)
    rate.push((200_000 * 8) / 1e6 / (await timed(() => relationOf(dataset(table)))).cpu)
  }
  const columns = { a: Float64Array.from({ length: 1_000_000 }, (_, i) => i / 3), b: new Int32Array(1_000_000) }
  const typed = []
  for (let i = 0; i < RUNS; i++) typed.push(2 / (await timed(() => relationOf(dataset(columns)))).cpu)
  const { evaluate, valuesBetween } = await built('src/index.js')
  const ms = []
  for (let i = 0; i < 21; i++) {
    const table = make(1000)
    ms.push(1000 * (await timed(() => evaluate(valuesBetween(dataset(table).column('a'), { min: 0 })))).wall)
  }
  return [
    line('records into the engine: M values per CPU s', shown(rate, 1), '≥ 3', spread(rate).median >= 3),
    line('typed arrays into the engine: M values per CPU s', shown(typed, 1), '≥ 10', spread(typed).median >= 10),
    line('one check of 1,000 records, engine warm: ms', shown(ms, 1), '≤ 3', spread(ms).median <= 3),
  ]
}

async function drift() {
  const { dataset, evaluate, noDriftFrom } = await built('src/index.js')
  const { relationOf } = await built('src/dataset/opened.js')
  const side = (shift) =>
    dataset(Array.from({ length: 1_000_000 }, (_, i) => ({ x: ((i * 7919) % 1_000_003) / 1000 + shift })))
  const cpu = []
  for (let i = 0; i < RUNS; i++) {
    const [now, then] = [side(0), side(5)]
    await Promise.all([relationOf(now), relationOf(then)])
    await Promise.all([now.fingerprint(), then.fingerprint()])
    cpu.push((await timed(() => evaluate(noDriftFrom(now.column('x'), then.column('x'))))).cpu)
  }
  return [line('drift, 1 M + 1 M rows, one numeric column: CPU s', shown(cpu), '≤ 0.5', spread(cpu).median <= 0.5)]
}

async function report() {
  const { html } = await built('reporters/index.js')
  const { json } = await built('src/results/index.js')
  const out = []
  for (const [checks, kilobytes, ms] of [
    [60, 300, 100],
    [10_000, 1000, 500],
  ]) {
    const run = await generatedRun(checks)
    const page = html(run)
    const size = Buffer.byteLength(page) / 1000
    const elements = page.match(/<[a-z]/gi).length
    const document = Buffer.byteLength(json(run)) / 1e6
    const took = []
    for (let i = 0; i < RUNS; i++) took.push(1000 * (await timed(() => html(run))).cpu)
    const what = `report of ${number(checks, 0)} checks`
    out.push(line(`${what}: KB`, number(size, 0), `≤ ${number(kilobytes, 0)}`, size <= kilobytes))
    out.push(line(`${what}: elements`, number(elements, 0), '≤ 12,000', elements <= 12_000))
    out.push(line(`${what}: run document, MB`, number(document, 2), '≤ 5', document <= 5))
    out.push(line(`${what}: CPU ms`, shown(took, 0), `≤ ${ms}`, spread(took).median <= ms))
  }
  return out
}

/** What opening a source and counting what is missing of three columns costs, beside the engine's own read of it. */
async function reading(folder) {
  const { dataset, evaluate, noMissing, sql } = await built('src/index.js')
  const { sharedDuckDB } = await built('src/engine/duckdb.js')
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const { tableFromArrays, tableToIPC } = await import('apache-arrow')
  await (await sharedDuckDB()).query(sql`select 1`)
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const ROWS = 300_000
  const path = (ending) => join(folder, `read.${ending}`)
  const select = `select i as id, i / 3 as x, 'value ' || i % 1000 as s, i % 2 = 0 as b from range(${ROWS}) r(i)`
  for (const [ending, how] of [
    ['parquet', 'format parquet'],
    ['csv', 'format csv, header'],
    ['csv.gz', 'format csv, header, compression gzip'],
    ['jsonl', 'format json'],
    ['json', 'format json, array true'],
  ])
    await connection.run(`copy (${select}) to '${path(ending)}' (${how})`)
  const arrays = {
    id: Float64Array.from({ length: ROWS }, (_, i) => i),
    x: Float64Array.from({ length: ROWS }, (_, i) => i / 3),
    s: Array.from({ length: ROWS }, (_, i) => `value ${i % 1000}`),
  }
  writeFileSync(path('arrow'), tableToIPC(tableFromArrays(arrays), 'file'))
  const ours = async (source) => {
    const data = dataset(source)
    return evaluate(['id', 'x', 's'].map((name) => noMissing(data.column(name))))
  }
  const bare = (reader) => connection.runAndReadAll(`select count(*), count(id), count(x), count(s) from ${reader}`)
  const records = Array.from({ length: ROWS }, (_, i) => ({ id: i, x: i / 3, s: arrays.s[i] }))
  const cases = [
    ['parquet', () => ours(path('parquet')), () => bare(`read_parquet('${path('parquet')}')`)],
    ['csv', () => ours(path('csv')), () => bare(`read_csv('${path('csv')}', all_varchar = true)`)],
    ['csv.gz', () => ours(path('csv.gz')), () => bare(`read_csv('${path('csv.gz')}', all_varchar = true)`)],
    ['jsonl', () => ours(path('jsonl')), () => bare(`read_json('${path('jsonl')}', format = 'newline_delimited')`)],
    ['json', () => ours(path('json')), () => bare(`read_json('${path('json')}', format = 'array')`)],
    ['arrow file', () => ours(path('arrow'))],
    ['records', () => ours(records.slice())],
    ['columns', () => ours({ ...arrays })],
  ]
  const lines = []
  for (const [name, own, other] of cases) {
    const cpu = { own: [], other: [] }
    for (let i = 0; i < RUNS; i++) {
      cpu.own.push((await timed(own)).cpu)
      if (other) cpu.other.push((await timed(other)).cpu)
    }
    const beside = other ? `, beside ${shown(cpu.other)} of the engine's bare read` : ', no bare read to set beside'
    lines.push(line(`reading ${number(ROWS / 1000, 0)} thousand rows, ${name}: CPU s`, `${shown(cpu.own)}${beside}`))
  }
  return lines
}
process.exit(0)
