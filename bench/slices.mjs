// What slices cost beside all rows: `slices(folder)` for bench/main.mjs, `node slices.mjs <whole|slices|segments> <path>` for one run.
import { argv } from 'node:process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { built, child, line, number, shown, spread, timed } from './lib.mjs'

const RUNS = 5
const ROWS = 1_000_000
const SLICES = Array.from({ length: 10 }, (_, i) => `segment ${i}`)

export async function slices(folder) {
  const out = []
  for (const format of ['csv', 'parquet']) {
    const path = join(folder, `slices.${format}`)
    await child('slices.mjs', ['write', path])
    const cpu = { whole: [], slices: [], segments: [] }
    const modes = Object.keys(cpu)
    for (let i = 0; i < RUNS; i++) {
      for (const mode of i % 2 ? modes.toReversed() : modes)
        cpu[mode].push((await child('slices.mjs', [mode, path])).cpu)
    }
    const ratio = spread(cpu.slices).median / spread(cpu.whole).median
    const ofSegments = spread(cpu.segments).median / spread(cpu.whole).median
    out.push(
      line(`five checks of all rows, ${number(ROWS / 1e6, 0)} M, ${format}: CPU s`, shown(cpu.whole)),
      line(`the same of each of ${SLICES.length} slices: CPU s`, shown(cpu.slices)),
      line(
        `ratio, ${format}`,
        number(ratio),
        format === 'csv' ? '≤ 1.5' : '',
        format === 'csv' ? ratio <= 1.5 : undefined,
      ),
      line(`the same with segmentBy: CPU s`, shown(cpu.segments)),
      line(`ratio, ${format}`, number(ofSegments)),
    )
  }
  return out
}

async function write(path) {
  const { sharedDuckDB } = await built('src/engine/duckdb.js')
  const { sql } = await built('src/index.js')
  const engine = await sharedDuckDB()
  const format = path.endsWith('.csv') ? 'format csv, header' : 'format parquet'
  const text = `copy (select i as id, 'segment ' || (hash(i) % 10) as part, (hash(i * 3) % 100000) / 100.0 as amount,
    case when hash(i * 7) % 50 = 0 then null else (hash(i * 7) % 1000)::integer end as quantity,
    ['new', 'paid', 'sent', 'lost'][1 + (hash(i * 11) % 4)::integer] as status, 'a note about ' || i as note
    from range(${ROWS}) r(i)) to '${path.replaceAll("'", "''")}' (${format})`
  await engine.query(sql(Object.assign([text], { raw: [text] })))
}

async function judge(mode, path) {
  const { dataset, evaluate, noMissing, rowCount, sumBetween, valuesBetween, valuesIn } = await built('src/index.js')
  const { sharedDuckDB } = await built('src/engine/duckdb.js')
  await sharedDuckDB()
  const whole = dataset(path)
  const checks = (data, options = {}) => [
    rowCount(data, { min: 1000 }, options),
    valuesBetween(data.column('amount'), { min: 0, max: 1000 }, options),
    noMissing(data.column('quantity'), { mostly: 0.9, ...options }),
    valuesIn(data.column('status'), ['new', 'paid', 'sent', 'lost'], options),
    sumBetween(data.column('amount'), { min: 1 }, options),
  ]
  const asked =
    mode === 'whole'
      ? checks(whole)
      : mode === 'segments'
        ? checks(whole, { segmentBy: 'part' })
        : SLICES.flatMap((part) => checks(whole.where({ part })))
  const { cpu, wall, value } = await timed(() => evaluate(asked))
  const bad = value.find(({ status }) => status !== 'pass')
  if (bad) throw new Error(`not passed: ${JSON.stringify(bad)}`)
  return { cpu, wall }
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [mode, path] = argv.slice(2)
  console.log(JSON.stringify(mode === 'write' ? ((await write(path)) ?? {}) : await judge(mode, path)))
  process.exit(0)
}
