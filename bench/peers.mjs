// `npm run bench:peers [-- --rows 1000000] [--only contract,drift]`: this package beside what users would pick instead, on the
// same data, with the same verdicts. Writes bench/peers.md and the table of the README.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, platform, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build, costOf, number, root, shown, spread, table, withFolder } from './lib.mjs'
import { installed } from './peers/install.mjs'
import { works } from './peers/works.mjs'

const options = { rows: { type: 'string', default: process.env.ROWS ?? '1000000' }, only: { type: 'string' } }
const { values } = parseArgs({ options })
const rows = Number(values.rows)
const RUNS = 3
/** Another one that takes so many CPU seconds is run once. */
const LONG = 5
const CHECKED_ROWS = 20_000
const wanted = values.only?.split(',') ?? ['']
const chosen = works.filter(({ name }) => wanted.some((start) => name.startsWith(start)))
if (chosen.length === 0) throw new Error(`there are ${works.map(({ name }) => name).join('; ')}`)

build()
const environments = new Set(chosen.flatMap(({ peers }) => peers.flatMap(({ environment = [] }) => environment)))
const { missing, versions } = installed(environments)
const skipped = []
/** Names of the peers that agree, by what they agree on. */
const agreements = new Map()
const measured = []
for (const work of chosen) measured.push(await withFolder((folder) => measure(work, folder)))
publish()
process.exit(0)

async function measure(work, folder) {
  console.log(`… ${work.about}`)
  const there = work.peers.filter((peer) => isThere(work, peer))
  const known = agreements.get(work.agreement ?? work.name)
  const peers = known
    ? there.filter(({ name }) => known.has(name))
    : await agreeing(work, there, join(folder, 'checked'))
  agreements.set(work.agreement ?? work.name, new Set(peers.map(({ name }) => name)))
  const data = await dataOf(work, join(folder, 'timed'), rows, false)
  const started = peers.map((peer, i) => ({ peer, runs: [], start: startOf(peer, data, join(folder, `project-${i}`)) }))
  let expected
  for (let turn = 0; turn < RUNS; turn++) {
    for (const one of turn % 2 ? started.toReversed() : started) {
      if (one.runs[0]?.cpu > LONG && !one.peer.own) continue
      const run = costOf(one.start)
      const verdict = work.run ? run.code === 0 : verdictOf(run)
      expected ??= work.run ? true : verdict
      if (!agrees(verdict, expected)) throw new Error(`${work.name}: ${one.peer.name} says otherwise: ${run.output}`)
      one.runs.push(run)
      console.log(`  ${one.peer.name}: ${number(run.cpu)} CPU s, ${number(run.peak, 0)} MB, ${number(run.wall)} s`)
    }
  }
  return { work, started }
}

function isThere(work, { name, needs = [] }) {
  const lacking = needs.find((one) => missing.has(one))
  if (lacking) skip(work, name, missing.get(lacking))
  return lacking === undefined
}

function skip(work, name, why) {
  console.log(`  ${name} is left out: ${why}`)
  skipped.push(`${work.about}: ${name} is left out: ${why}`)
}

/** Those that say of broken data what the first of them says; a wrong answer is no answer, however fast. */
async function agreeing(work, peers, folder) {
  const data = await dataOf(work, folder, CHECKED_ROWS, true)
  let reference
  return peers.filter((peer, i) => {
    if (peer.idle) return true
    const run = costOf(startOf(peer, data, join(folder, `project-${i}`)))
    const verdict = work.run ? run.code === 0 : run.code === 0 ? verdictOf(run) : undefined
    reference ??= work.run ? false : verdict
    if (agrees(verdict, reference)) return true
    const why = verdict === undefined ? 'it does not run' : 'it says otherwise of the same data'
    if (peer.own) throw new Error(`${work.name}: ${why}: ${differences(verdict, reference)} ${run.output}`)
    skip(work, peer.name, `${why} ${verdict === undefined ? run.output.slice(-300) : differences(verdict, reference)}`)
    return false
  })
}

async function dataOf(work, folder, count, broken) {
  mkdirSync(folder, { recursive: true })
  return work.data(folder, count, broken)
}

/** The command of a peer, and the folder in which it is run: its project, where it has one. */
function startOf(peer, data, folder) {
  return peer.prepare
    ? { command: peer.command(peer.prepare(folder, data)), cwd: folder }
    : { command: peer.command(data), cwd: root }
}

function verdictOf({ code, last, output }) {
  if (code !== 0) throw new Error(output)
  return JSON.parse(last).verdict
}

/** Counts are equal; means may differ in their last digits. */
function agrees(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-9 * Math.abs(b)
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  return Object.keys(b).length === Object.keys(a).length && Object.keys(b).every((key) => agrees(a[key], b[key]))
}

function differences(a, b) {
  if (typeof a !== 'object' || typeof b !== 'object') return `${a} for ${b}`
  return Object.keys({ ...a, ...b })
    .filter((key) => !agrees(a[key], b[key]))
    .map((key) => `${key}: ${a[key]} for ${b[key]}`)
    .join(', ')
}

function publish() {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${number(totalmem() / 2 ** 30, 0)} GiB, ${platform()}, Node ${process.versions.node}`
  const packages = [...versions].map(([name, version]) => `${name} ${version}`).join(', ')
  const parts = measured.map(
    ({ work, started }) =>
      `## ${work.about}\n\n${table([['', 'CPU s', 'beside Assay', 'MB'], ...started.map(row(started))]).join('\n')}`,
  )
  const text = `# Beside what users would pick instead

\`npm run bench:peers -- --rows ${rows}\`. CPU seconds are those of all processes and threads of a command, start and imports
included: median (least–greatest) of ${RUNS} runs in turns; a peer that takes longer than ${LONG} s is run once. MB is the greatest peak of one process. All that are
listed say the same of the same data, clean and broken: each count of each constraint, each drifted column.

${machine}; ${packages}

${parts.join('\n\n')}
${skipped.length > 0 ? `\n## Left out\n\n${skipped.map((one) => `- ${one.replaceAll('\n', ' ')}`).join('\n')}\n` : ''}`
  console.log(text)
  // What is measured in part is for the eye alone.
  if (values.only !== undefined) return
  writeFileSync(join(root, 'bench/peers.md'), text)
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const between = /(<!-- peers -->\n)[^]*?(<!-- \/peers -->)/
  if (between.test(readme))
    writeFileSync(
      join(root, 'README.md'),
      readme.replace(between, (_, start, end) => `${start}\n${summary()}\n\n${end}`),
    )
  spawnSync('npx', ['--no-install', 'biome', 'format', '--write', 'bench/peers.md'], { cwd: root, stdio: 'inherit' })
}

function row(started) {
  const own = spread(cpuOf(started.find(({ peer }) => peer.own))).median
  return ({ peer, runs }) => [
    peer.own ? `**${peer.name}**` : peer.name,
    runs.length > 1 ? shown(cpuOf({ runs })) : number(runs[0].cpu),
    `${number(spread(cpuOf({ runs })).median / own)} ×`,
    number(spread(runs.map(({ peak }) => peak)).median, 0),
  ]
}

function cpuOf({ runs }) {
  return runs.map(({ cpu }) => cpu)
}

/** One line for each work: what the README shows. */
function summary() {
  const short = measured.filter(({ work }) => work.short !== undefined)
  const cell = ({ peer, runs }) =>
    `${peer.name.replace(/,.*| by hand.*/, '')} ${number(spread(cpuOf({ runs })).median)}`
  return table([
    ['CPU s', 'Assay', 'others'],
    ...short.map(({ work, started }) => [
      work.short,
      number(spread(cpuOf(started.find(({ peer }) => peer.own))).median),
      started
        .filter(({ peer }) => !peer.own && !peer.name.startsWith('Assay'))
        .map(cell)
        .join(', '),
    ]),
  ]).join('\n')
}
