// The package under load and under bad luck, on the built dist: a thousand data tests, ten thousand results, twenty
// workers on this machine's cores, a killed worker, a full disk, a folder that cannot be written, small files that unpack
// to gigabytes, and text that is all damage.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from './run.mjs'
import { Totals } from './totals.mjs'

const MB = 1024 ** 2

/** Runs every case and counts how many of their statements held. */
export function load(totals) {
  const says = (what, holds, why = '') => {
    totals.count(holds ? 'passed' : 'failed', `load: ${what}`)
    console.log(`${holds ? '✓' : '✗'} load: ${what}${holds || !why ? '' : `\n${why}`}`)
  }
  mkdirSync(join(root, 'tmp'), { recursive: true })
  for (const attempt of [thousandTests, twentyWorkers, killedWorker, fullDisk, noWriting, bombs, damagedText]) {
    const folder = mkdtempSync(join(root, 'tmp', 'load-'))
    try {
      attempt(folder, says, totals)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** A project of the built package inside the repository, so that it finds vitest. */
function project(folder, files, { options = '', test = '' } = {}) {
  const config = `import assay from '${join(root, 'dist/src/plugin/index.js')}'
export default {
  plugins: [assay({ ${options} })],
  resolve: { alias: [{ find: /^assay$/, replacement: '${join(root, 'dist/src/index.js')}' }] },
  test: { ${test} },
}
`
  for (const [name, text] of Object.entries({ 'vitest.config.mjs': config, ...files }))
    writeFileSync(join(folder, name), text)
}

function vitest(folder, options = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VITEST|ASSAY|CI$|GITHUB|npm_)/.test(name))
  const { stdout, stderr, status, signal } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { ...Object.fromEntries(kept), NO_COLOR: '1' },
      timeout: 300_000,
      maxBuffer: 256 * MB,
      ...options,
    },
  )
  return { output: `${stdout}${stderr}`, code: signal ?? status }
}

const document = (folder) => JSON.parse(readFileSync(join(folder, 'report/report.json'), 'utf8'))

function thousandTests(folder, says) {
  const FILES = 100
  const file = (f) => `import { expect, test } from 'vitest'
import { dataset, evaluate } from 'assay'
const data = dataset(Array.from({ length: 200 }, (_, i) => ({ a: i, b: 'v' + i, c: i / 3, d: i % 7 })), { name: 'd${f}' })
for (let t = 0; t < 10; t++) {
  test('t' + t, async () => {
    const column = data.where({ d: t % 7 }).column('a')
    await Promise.all(Array.from({ length: 10 }, (_, k) => expect(column).toHaveValuesBetween({ min: -1 - k })))
  })
}
`
  project(folder, Object.fromEntries(Array.from({ length: FILES }, (_, f) => [`f${f}.test.mjs`, file(f)])))
  const started = Date.now()
  const { output, code } = vitest(folder)
  const seconds = (Date.now() - started) / 1000
  const { results, tests } = code === 0 ? document(folder) : { results: [], tests: {} }
  says(`1,000 data tests in 100 files pass (${seconds.toFixed(0)} s)`, code === 0, output.slice(-3000))
  says(
    `all 10,000 results are in the report`,
    results.length === 10_000,
    `${results.length} are; ${JSON.stringify(tests)}`,
  )
  const size = code === 0 ? statSync(join(folder, 'report/index.html')).size : 0
  says(`the page of 10,000 results is ${(size / 1e6).toFixed(2)} MB, at most 1.0`, size > 0 && size <= 1e6)
  const page = code === 0 ? readFileSync(join(folder, 'report/index.html'), 'utf8') : ''
  const elements = page.match(/<[a-z]/gi)?.length ?? 0
  says(`it has ${elements} elements, at most 12,000`, elements > 0 && elements <= 12_000)
  const bytes = code === 0 ? statSync(join(folder, 'report/report.json')).size : 0
  says(`the run document is ${(bytes / 1e6).toFixed(2)} MB, at most 5`, bytes > 0 && bytes <= 5e6)
}

function twentyWorkers(folder, says) {
  const file = `import { expect, test } from 'vitest'
import { dataset, sql } from 'assay'
test('scans', async () => {
  const rows = Array.from({ length: 50_000 }, (_, i) => ({ id: i, x: (i * 7919) % 10007 }))
  const data = dataset(rows)
  await expect(data).toHaveUniqueKey('id')
  const { engine } = await data[Symbol.for('assay.origin')].relation()
  const [[threads, memory]] = await engine.query(sql\`select current_setting('threads'), current_setting('memory_limit')\`)
  console.log('SHARE', String(threads), memory)
})
`
  project(folder, Object.fromEntries(Array.from({ length: 20 }, (_, f) => [`f${f}.test.mjs`, file])), {
    test: `pool: 'forks', maxWorkers: 20, minWorkers: 20, testTimeout: 60_000`,
  })
  const { output, code } = vitest(folder)
  says(`20 workers on ${availableParallelism()} cores pass`, code === 0, output.slice(-3000))
  const shares = [...output.matchAll(/SHARE (\d+) ([\d.]+) (MiB|GiB)/g)]
  const total = shares.reduce((sum, [, , size, unit]) => sum + Number(size) * (unit === 'GiB' ? 1024 : 1), 0)
  says(`each has one thread`, shares.length === 20 && shares.every(([, threads]) => threads === '1'))
  const machine = totalmem() / MB
  says(
    `together they may use ${total.toFixed(0)} of ${machine.toFixed(0)} MB`,
    total > 0 && total <= Math.max(machine, 20 * 256),
  )
}

const good = `import { expect, test } from 'vitest'
import { dataset } from 'assay'
test('good', () => expect(dataset([{ a: 1 }], { name: 'good' }).column('a')).toHaveValuesBetween({ min: 0 }))
`

function killedWorker(folder, says) {
  const dies = `import { expect, test } from 'vitest'
import { dataset } from 'assay'
test('first', () => expect(dataset([{ a: 1 }], { name: 'dying' }).column('a')).toHaveValuesBetween({ min: 0 }))
test('dies', () => new Promise(() => process.kill(process.pid, 'SIGKILL')))
`
  project(folder, { 'good.test.mjs': good, 'dies.test.mjs': dies }, { test: `pool: 'forks'` })
  const { output, code } = vitest(folder)
  says('a killed worker fails the run', code !== 0 && code !== 'SIGTERM', `exit ${code}\n${output}`)
  const run = existsSync(join(folder, 'report/report.json')) ? document(folder) : { results: [], problems: [] }
  const names = run.results.map(({ about }) => run.subjects[run.abouts[about].of].name)
  says('what the others found is in the report', names.includes('good'), output)
  says(
    'the report says whose results are missing',
    // vitest tells the end of a test a moment later: that of the first may be lost as well.
    run.problems.some(
      ({ kind, file, test, names = [test] }) => kind === 'worker' && file === 'dies.test.mjs' && names.includes('dies'),
    ),
    JSON.stringify(run.problems),
  )
}

function fullDisk(folder, says, totals) {
  mkdirSync(join(folder, 'report'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160k', 'tmpfs', join(folder, 'report')])
  if (mounted.status !== 0) {
    console.log('○ load: a full disk was not tried: no small file system can be mounted here')
    totals.count('skipped')
    return
  }
  try {
    project(folder, { 'good.test.mjs': good })
    const first = vitest(folder)
    const before = readFileSync(join(folder, 'report/report.json'), 'utf8')
    try {
      writeFileSync(join(folder, 'report/filler'), Buffer.alloc(MB))
    } catch {
      // that it does not fit is the point: what there was of space is taken
    }
    const second = vitest(folder)
    says('the first report fits', first.code === 0, first.output)
    says(
      'a full disk is told in a sentence',
      /the report could not be written to .*(ENOSPC|no space)/.test(second.output),
      second.output,
    )
    says('the last good report is as it was', readFileSync(join(folder, 'report/report.json'), 'utf8') === before)
    says(
      'no half file is left',
      spawnSync('ls', [join(folder, 'report')], { encoding: 'utf8' }).stdout.includes('.tmp') === false,
    )
  } finally {
    spawnSync('umount', [join(folder, 'report')])
  }
}

function noWriting(folder, says) {
  project(folder, { 'good.test.mjs': good })
  vitest(folder)
  const before = readFileSync(join(folder, 'report/index.html'), 'utf8')
  const readOnly = spawnSync('mount', ['--bind', '-o', 'ro', join(folder, 'report'), join(folder, 'report')])
  const bound =
    readOnly.status === 0 && spawnSync('mount', ['-o', 'remount,ro,bind', join(folder, 'report')]).status === 0
  if (!bound) spawnSync('chmod', ['555', join(folder, 'report')])
  try {
    const { output, code } = vitest(folder)
    const root = process.getuid?.() === 0 && !bound
    says(
      'a folder that cannot be written is told in a sentence, and the tests keep their verdict',
      root || (code === 0 && /the report could not be written/.test(output)),
      output,
    )
    says('the report there is as it was', root || readFileSync(join(folder, 'report/index.html'), 'utf8') === before)
  } finally {
    if (bound) spawnSync('umount', [join(folder, 'report')])
    else spawnSync('chmod', ['755', join(folder, 'report')])
  }
}

/** What reading a file ends with, and the most memory that its process took, in MB. */
function read(folder, file, question) {
  const code = `
    import { dataset, evaluate, rowCount } from '${join(root, 'dist/src/index.js')}'
    import { peakMegabytes } from '${join(root, 'scripts/peak.mjs')}'
    const data = dataset('${file}', { name: 'data' })
    const said = await ${question}
    console.log(JSON.stringify({ said, peak: Math.round(peakMegabytes()) }))`
  const { stdout, stderr, status, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * MB,
  })
  return status === 0 ? JSON.parse(stdout) : { said: `ended with ${signal ?? status}: ${stderr}`, peak: 0 }
}

const counted = `evaluate(rowCount(data, { min: 1 })).then((all) => all.map(({ status, measured }) => status + ' ' + measured).join())`

/** Members of gzip one after the other are one file: a hundred megabytes are made once. */
function bombs(folder, says) {
  const member = (text) => gzipSync(text.repeat(Math.ceil((100 * MB) / text.length)))
  const files = {
    'rows.csv.gz': [gzipSync('a,b\n'), '1,abc\n'],
    'rows.jsonl.gz': [gzipSync('{"a":1}\n'), '{"a":1,"b":"abc"}\n'],
    'rows.json.gz': [gzipSync('[{"a":1}\n'), ',{"a":1,"b":"abc"}\n', gzipSync(']')],
    'rows.log.gz': [gzipSync('x\n'), 'a line of a log\n'],
  }
  for (const [file, [head, text, ...end]] of Object.entries(files)) {
    const part = member(text)
    writeFileSync(join(folder, file), Buffer.concat([head, ...Array(20).fill(part), ...end]))
    const size = statSync(join(folder, file)).size / MB
    const { said, peak } = read(folder, file, counted)
    says(
      `${file} of ${size.toFixed(0)} MB that unpacks to 2 GB is read in ${peak} MB, at most 700`,
      said.startsWith('pass') && peak <= 700,
      said,
    )
  }
}

function damagedText(folder, says) {
  const refused = `data.rows().then(() => 'no error', ({ name, message }) => name + ': ' + message)`
  const texts = {
    'ragged.csv': ['a,b\n1,2\n' + 'x\n'.repeat(20_000_000), counted, /^pass 1 row,fail 20,000,000 findings, /],
    'quote.csv': [`a,b\n1,"${'x'.repeat(70_000_000)}\n2,3\n`, counted, /^pass 1 row,fail 1 finding, /],
    'lines.jsonl': ['{"a":1}\n' + 'x\n'.repeat(2_000_000), counted, /^pass 1 row,fail 2,000,000 findings, /],
    'brackets.json': ['['.repeat(200 * MB), refused, /^AssayError: .* more than 1,000,000 brackets are open at once/],
    'wide.csv': [
      `${Array.from({ length: 50_000 }, (_, i) => `c${i}`).join()}\n${Array(50_000).fill('1').join()}\n`,
      counted,
      /^pass 1 row$/,
      2000,
    ],
  }
  for (const [file, [text, question, expected, most = 900]] of Object.entries(texts)) {
    writeFileSync(join(folder, file), text)
    const { said, peak } = read(folder, file, question)
    says(`${file} gets its answer in ${peak} MB, at most ${most}`, expected.test(said) && peak <= most, said)
  }
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const totals = new Totals()
  load(totals)
  totals.close()
}
