// `npm run bench:watch [-- --rows 10000000] [--runs 5]`: how long it takes in watch mode from saving a file to the verdict,
// beside plain vitest. Writes bench/watch.md. Seconds on the wall, since somebody waits; the machine should be idle.
import { spawn } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, loadavg } from 'node:os'
import { join } from 'node:path'
import { build, number, root, shown, table } from './lib.mjs'

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}
const ROWS = option('rows', 10_000_000)
const RUNS = option('runs', 5)
const PATIENCE = 120_000

const head = `import { dataset } from 'assay'\nimport { expect, test } from 'vitest'\n`
const ofData = (file) => `${head}const orders = dataset('${file}')
test('amounts', async () => { await expect(orders.column('amount')).toHaveValuesBetween({ min: 0, max: 1000 }) })
test('ids', async () => { await expect(orders.column('id')).toHaveNoMissing() })
test('rows', async () => { await expect(orders).toHaveRowCount({ min: 1 }) })
`
const plain = `import { expect, test } from 'vitest'\nfor (const i of [1, 2, 3]) test(\`t\${i}\`, () => { expect(i).toBe(i) })\n`

/** Writes a table whose last amount lies outside of the limits where it is to be broken. */
async function orders(connection, file, rows, broken) {
  const amount = `case when i = ${rows - 1} and ${broken} then -1 else (hash(i) % 100000) / 100.0 end`
  const select = `select i as id, ${amount} as amount, 'customer ' || (hash(i + 1) % 100000) as customer, date '2026-01-01' + cast(i % 365 as integer) as day from range(${rows}) r(i)`
  await connection.run(`copy (${select}) to '${file}' (format ${file.endsWith('csv') ? 'csv' : 'parquet'})`)
}

const started = new Set()

/** A run of vitest in watch mode; `verdict` waits for the next one that it prints. */
function watching(folder, file, ...more) {
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), '--watch', '--root', folder, file, ...more]
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] })
  started.add(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data))
  const done = new Promise((resolve) => child.on('close', resolve))
  const until = async (pattern) => {
    const start = performance.now()
    for (;;) {
      // oxlint-disable-next-line no-control-regex
      const found = pattern.exec(output.replace(/\u001b\[[0-9;]*m/g, ''))
      if (found) return found
      if (performance.now() - start > PATIENCE) throw new Error(`no ${pattern} in:\n${output.slice(-2000)}`)
      await new Promise((resolve) => void setTimeout(resolve, 5))
    }
  }
  return {
    /** Seconds from a change to the verdict, which must be `expected`, and until vitest waits for the next. */
    async verdict(change, expected) {
      output = ''
      const start = performance.now()
      change()
      const [line] = await until(/ Tests {2}.*\n/)
      const seconds = (performance.now() - start) / 1000
      if (!line.includes(expected)) throw new Error(`not ${expected}: ${line}${output.slice(-2000)}`)
      await until(/(Waiting|Watching) for file changes/)
      // What a change so soon after a run would be taken for its own.
      await new Promise((resolve) => void setTimeout(resolve, 300))
      return seconds
    },
    async end() {
      child.kill('SIGINT')
      await done
    },
  }
}

build()
const folder = join(root, 'tmp', `watch-${process.pid}`)
const lines = [['what is saved', 'seconds to the verdict']]
try {
  for (const part of ['dist', 'package.json'])
    cpSync(join(root, part), join(folder, 'node_modules/assay', part), { recursive: true })
  mkdirSync(join(folder, 'versions'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'project', private: true, type: 'module' }))
  const config = `import assay from 'assay/vitest'\nexport default { plugins: [assay()], test: { testTimeout: 120_000 } }\n`
  writeFileSync(join(folder, 'vitest.config.mjs'), config)
  const { DuckDBInstance } = createRequire(import.meta.url)('@duckdb/node-api')
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const tables = [
    ['small.csv', 10],
    ['large.csv', ROWS / 10],
    ['large.parquet', ROWS],
  ]
  for (const [name, rows] of tables) {
    await orders(connection, join(folder, name), rows, false)
    for (const broken of [false, true])
      await orders(connection, join(folder, 'versions', `${broken}-${name}`), rows, broken)
    writeFileSync(join(folder, `${name}.test.mjs`), ofData(name))
  }
  writeFileSync(join(folder, 'plain.test.mjs'), plain)
  connection.closeSync()

  /** Saves a file like an editor or a pipeline does: another one takes its place. */
  const save = (from, to) => {
    copyFileSync(from, `${to}.part`)
    renameSync(`${to}.part`, to)
  }
  const measure = async (what, running, change, expected = () => '3 passed') => {
    const seconds = []
    for (let i = 0; i < RUNS; i++) seconds.push(await running.verdict(() => change(i), expected(i)))
    lines.push([what, shown(seconds)])
    console.log(what, shown(seconds))
  }
  const rewrite = (file, text) => (i) => writeFileSync(join(folder, file), `${text}// ${i}\n`)

  const other = watching(folder, 'plain.test.mjs')
  await other.verdict(() => {}, '3 passed')
  await measure('a test file without data, of plain assertions', other, rewrite('plain.test.mjs', plain))
  await other.end()
  const thread = watching(folder, 'plain.test.mjs', '--pool=threads')
  await thread.verdict(() => {}, '3 passed')
  await measure("the same with `pool: 'threads'`", thread, rewrite('plain.test.mjs', plain))
  await thread.end()
  for (const [name, rows] of tables) {
    const file = join(folder, name)
    const running = watching(folder, `${name}.test.mjs`)
    await running.verdict(() => {}, '3 passed')
    const size = `${number(rows, 0)} rows, ${name.split('.').at(-1)}`
    await measure(
      `the test file; the data are as they were: ${size}`,
      running,
      rewrite(`${name}.test.mjs`, ofData(name)),
    )
    await measure(`the data file, with the same content: ${size}`, running, () =>
      utimesSync(file, new Date(), new Date()),
    )
    await measure(
      `the data file, with another content: ${size}`,
      running,
      (i) => save(join(folder, 'versions', `${i % 2 === 0}-${name}`), file),
      (i) => (i % 2 === 0 ? '1 failed' : '3 passed'),
    )
    await running.end()
    save(join(folder, 'versions', `false-${name}`), file)
    const threads = watching(folder, `${name}.test.mjs`, '--pool=threads')
    await threads.verdict(() => {}, '3 passed')
    await measure(
      `the test file, with \`pool: 'threads'\`: ${size}`,
      threads,
      rewrite(`${name}.test.mjs`, `${ofData(name)}\n`),
    )
    await threads.end()
  }
} finally {
  for (const child of started) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

const load = number(loadavg()[0], 1)
const text = [
  '# Watch mode',
  '',
  `\`npm run bench:watch -- --rows ${ROWS} --runs ${RUNS}\`, Node ${process.versions.node}, ${availableParallelism()} cores, load ${load}: seconds on the wall from saving a file`,
  'to the verdict of three checks that is printed, median (least–greatest), the report on as it is by default. vitest waits',
  '0.1 s for further changes and then starts a process for the test file. Every second content that is saved is broken, and',
  'must fail.',
  '',
  ...table(lines),
  '',
].join('\n')
writeFileSync(join(root, 'bench/watch.md'), text)
