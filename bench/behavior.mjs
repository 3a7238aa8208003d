// What behavioral tests cost: `behavior(folder)` for bench/main.mjs; `node bench/behavior.mjs` measures the same and writes
// bench/behavior.md; `node bench/behavior.mjs <cases|http|fetch|stream> …` is one run.
import { spawnSync } from 'node:child_process'
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { peakMegabytes } from '../scripts/peak.mjs'
import { build, built, child, line, number, root, shown, spread, table, timed, withFolder } from './lib.mjs'

const RUNS = 3
const CASES = 1_000_000
const ASKED = 10_000
const CONCURRENCY = 16
/** Milliseconds the server takes for an answer. */
const DELAY = 5
const STREAMED = [500_000, 1_000_000, 2_000_000]

export async function behavior(folder) {
  const own = 'behavior.mjs'
  const runs = async (...args) => {
    const found = []
    for (let i = 0; i < RUNS; i++) found.push(await child(own, args))
    return found
  }
  const judged = (await runs('cases')).map(({ cpu }) => CASES / cpu / 1000)
  const out = [
    line(
      'cases made and judged, trivial model: thousand per CPU s',
      shown(judged, 0),
      '≥ 1,000',
      isLeast(judged, 1000),
    ),
  ]
  const server = createServer((request, response) => {
    request.resume()
    setTimeout(() => response.end('"yes"'), DELAY)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${server.address().port}/`
  const what = `${number(ASKED, 0)} cases over HTTP, ${CONCURRENCY} at a time, ${DELAY} ms each`
  const bare = (await runs('fetch', url)).map(({ wall }) => wall)
  const asked = (await runs('http', url)).map(({ wall }) => wall)
  server.close()
  const ratio = spread(asked).median / spread(bare).median
  out.push(
    line(`${what}: s`, shown(asked)),
    line('the same requests by fetch alone: s', shown(bare)),
    line('ratio', number(ratio), '≤ 1.2', ratio <= 1.2),
  )
  const cpus = []
  for (const rows of STREAMED) {
    const path = join(folder, `${rows}.csv`)
    texts(path, rows)
    const found = await runs('stream', path)
    const [cpu, peak] = [found.map((one) => one.cpu), found.map((one) => one.peak)]
    cpus.push(spread(cpu).median)
    out.push(
      line(
        `inputs that stream from ${number(rows, 0)} rows of CSV: CPU s, peak MB`,
        `${shown(cpu)}, ${shown(peak, 0)}`,
      ),
    )
  }
  const growth = cpus.at(-1) / cpus.at(-2)
  out.push(line('growth over the last doubling', number(growth), '≤ 2.2', growth <= 2.2))
  return out
}

const isLeast = (found, least) => spread(found).median >= least

function texts(path, rows) {
  const file = openSync(path, 'w')
  writeSync(file, 'id,text\n')
  for (let start = 0; start < rows; start += 10_000)
    writeSync(
      file,
      Array.from(
        { length: 10_000 },
        (_, i) => `${start + i},review ${start + i} of what was good for its price\n`,
      ).join(''),
    )
  closeSync(file)
}

const parts = {
  async cases() {
    const { evaluate, mft, model, passMft } = await built('src/index.js')
    const rows = Array.from({ length: CASES }, (_, i) => ({ input: i, expected: i % 2 }))
    const parity = model('parity@1', (value) => value % 2)
    return timed(() => evaluate(passMft(parity, mft(rows))))
  },
  async http(url) {
    const { evaluate, http, mft, passMft } = await built('src/index.js')
    const cases = mft(Array.from({ length: ASKED }, (_, i) => ({ input: i, expected: 'yes' })))
    return timed(() => evaluate(passMft(http(url, { concurrency: CONCURRENCY }), cases)))
  },
  async fetch(url) {
    let next = 0
    const ask = async () => {
      while (next < ASKED) {
        const body = JSON.stringify(next++)
        const headers = { 'content-type': 'application/json' }
        await (await fetch(url, { method: 'POST', headers, body })).json()
      }
    }
    return timed(() => Promise.all(Array.from({ length: CONCURRENCY }, ask)))
  },
  async stream(path) {
    const { dataset, evaluate, invariantTo, model, perturb } = await built('src/index.js')
    const length = model('length@1', (text) => (text.length > 3 ? 'long' : 'short'))
    return timed(() => evaluate(invariantTo(length, perturb.uppercase(), { over: dataset(path).column('text') })))
  },
}

if (argv[1] === fileURLToPath(import.meta.url)) await (argv[2] === undefined ? write() : one(argv[2], argv.slice(3)))

async function one(part, args) {
  const { cpu, wall, value } = await parts[part](...args)
  if (part !== 'fetch' && value[0].status !== 'pass') throw new Error(value[0].message)
  console.log(JSON.stringify({ cpu, wall, peak: peakMegabytes() }))
}

async function write() {
  build()
  const lines = await withFolder(behavior)
  const met = (one) => (one.met === undefined ? '' : one.met ? 'met' : '**missed**')
  const rows = lines.map((one) => [one.what, one.measured, one.budget, met(one)])
  const file = join(root, 'bench/behavior.md')
  writeFileSync(
    file,
    `# What behavioral tests cost

\`node bench/behavior.mjs\`, Node ${process.versions.node}, ${availableParallelism()} cores. Median of ${RUNS} runs (least–greatest), each in a process of its own; CPU
seconds count all threads.

${table([['what', 'measured', 'budget', ''], ...rows]).join('\n')}
`,
  )
  spawnSync('npx', ['--no-install', 'biome', 'format', '--write', file], { cwd: root, stdio: 'inherit' })
}
