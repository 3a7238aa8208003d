import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { createDuckDB } from '../../src/engine/duckdb.ts'
import { temporaryFolder } from '../../src/engine/temporary.ts'
import { sql } from '../../src/sql/sql.ts'
import { builtCli, plainEnvironment } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

let entry: string
let folder: string
beforeAll(async () => {
  entry = path.resolve(await builtCli(), '../../index.js')
  const compressed = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`${i}.csv.gz`, gzipSync(`a,b\n1,x\n2,y${i}\n`)]),
  )
  folder = await folderWith({
    ...compressed,
    'list.json': '[{"a":1},{"a":2}]',
    'broken.csv': 'a,b\n1,2\n3\n',
    'utf16.jsonl': Buffer.from('{"a":1}\n', 'utf16le'),
  })
})

/** A program that opens files of the folder; `left()` counts the temporary files there are. */
const program = (body: string): string => `
  import { readdirSync } from 'node:fs'
  import { tmpdir } from 'node:os'
  import { dataset, evaluate, rowCount } from ${JSON.stringify(entry)}
  const left = () => readdirSync(tmpdir(), { recursive: true }).filter((name) => /\\.(txt|csv|jsonl)$/.test(name)).length
  ${body}`

async function start(body: string, temporary?: string): Promise<{ child: ChildProcess; temporary: string }> {
  const own = temporary ?? (await folderWith({}))
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', program(body)], {
    cwd: folder,
    env: plainEnvironment({ TMPDIR: own }),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { child, temporary: own }
}

async function output(body: string): Promise<{ said: unknown; left: readonly string[] }> {
  const { child, temporary } = await start(body)
  let text = ''
  child.stdout?.on('data', (part: Buffer) => (text += String(part)))
  await once(child, 'close')
  return { said: JSON.parse(text), left: readdirSync(temporary) }
}

describe('temporary files', () => {
  test('one copy serves every dataset of a file, of each format', async () => {
    const { said, left } = await output(`
      const found = []
      for (const file of ['list.json', '0.csv.gz', 'broken.csv', 'utf16.jsonl']) {
        const before = left()
        for (let i = 0; i < 80; i++) await dataset(file, { malformed: 'warn' }).rows()
        found.push(left() - before)
      }
      console.log(JSON.stringify(found))`)
    expect(said).toEqual([1, 1, 1, 1])
    expect(left).toEqual([])
  })

  test('copies that no dataset needs any more go, and those that one needs stay', async () => {
    const { said } = await output(`
      const held = dataset('0.csv.gz')
      await held.rows()
      for (let i = 1; i < 40; i++) await dataset(i + '.csv.gz').rows()
      for (let i = 0; i < 20 && left() > 9; i++) {
        gc()
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      console.log(JSON.stringify([left() <= 9, (await held.rows()).length, (await evaluate(rowCount(held, 2)))[0].status]))`)
    expect(said).toEqual([true, 2, 'pass'])
  })

  test('a copy that was begun and not finished goes at once', async () => {
    const { said } = await output(`
      import { gzipSync } from 'node:zlib'
      import { writeFileSync } from 'node:fs'
      const text = 'a,b\\n' + '1,2\\n'.repeat(1e6)
      writeFileSync('cut.csv.gz', gzipSync(text).subarray(0, -100))
      const error = await dataset('cut.csv.gz').rows().catch(({ message }) => message)
      console.log(JSON.stringify([/is cut off/.test(error), left()]))`)
    expect(said).toEqual([true, 0])
  })
})

describe('how a process ends', () => {
  const hold = `await dataset('list.json').rows(); await dataset('0.csv.gz').rows();`
  const inWorker = (end: string): string => `
    import { Worker } from 'node:worker_threads'
    const worker = new Worker('./worker.mjs', { workerData: ${JSON.stringify(end)}, execArgv: [] })
    worker.on('message', () => worker.terminate())
    await new Promise((resolve) => worker.on('exit', resolve))`
  beforeAll(() => {
    const code = `
      import { parentPort, workerData } from 'node:worker_threads'
      import { dataset } from ${JSON.stringify(entry)}
      ${hold}
      if (workerData === 'exits') process.exit(3)
      if (workerData === 'waits') parentPort.postMessage(setInterval(() => {}, 1000) && 'ready')`
    writeFileSync(path.join(folder, 'worker.mjs'), code)
  })

  test.each([
    ['by itself', 0, hold],
    ['with an exception', 1, `${hold} process.on('uncaughtException', () => process.exit(1)); throw new Error('x')`],
    ['with exit', 3, `${hold} process.exit(3)`],
    ['with a worker thread that exits', 0, inWorker('exits')],
    ['after a worker thread that ends by itself', 0, inWorker('ends')],
  ] as const)('%s: nothing is left', async (_, code, body) => {
    const { child, temporary } = await start(body)
    child.stdout?.resume()
    expect(await once(child, 'close')).toEqual([code, null])
    expect(readdirSync(temporary)).toEqual([])
  })

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'by %s: nothing is left, and the signal ends it',
    async (signal) => {
      const { child, temporary } = await start(`${hold} console.log('ready'); setInterval(() => {}, 1000)`)
      await once(child.stdout as NodeJS.ReadableStream, 'data')
      expect(readdirSync(temporary)).toHaveLength(1)
      child.kill(signal)
      expect(await once(child, 'exit')).toEqual([null, signal])
      expect(readdirSync(temporary)).toEqual([])
    },
  )

  test('by SIGKILL: the next process removes what is left, and not what a living one needs', async () => {
    const killed = await start(`${hold} console.log('ready'); setInterval(() => {}, 1000)`)
    await once(killed.child.stdout as NodeJS.ReadableStream, 'data')
    const living = await start(`${hold} console.log('ready'); setInterval(() => {}, 1000)`, killed.temporary)
    await once(living.child.stdout as NodeJS.ReadableStream, 'data')
    expect(readdirSync(killed.temporary)).toHaveLength(2)
    killed.child.kill('SIGKILL')
    await once(killed.child, 'exit')
    mkdirSync(path.join(killed.temporary, 'assay-1-abcdef'))
    writeFileSync(path.join(killed.temporary, 'assay-1-abcdef', 'mine'), 'not marked as ours')
    const next = await start(hold, killed.temporary)
    next.child.stdout?.resume()
    await once(next.child, 'close')
    expect(readdirSync(killed.temporary).sort()).toEqual(
      [
        'assay-1-abcdef',
        ...readdirSync(killed.temporary).filter((name) => name.startsWith(`assay-${living.child.pid}-`)),
      ].sort(),
    )
    expect(readdirSync(killed.temporary)).toHaveLength(2)
    living.child.kill('SIGTERM')
    await once(living.child, 'exit')
  })

  test.skipIf(process.platform !== 'linux')(
    `a terminated worker thread: the next first use removes what is left${process.platform === 'linux' ? '' : ' (skipped: only Linux tells threads)'}`,
    async () => {
      const { said } = await output(`
        ${inWorker('waits')}
        const between = left()
        ${hold}
        console.log(JSON.stringify([between, left()]))`)
      expect(said).toEqual([2, 2])
    },
  )

  test('an owner may look into the folder, and nobody else', () => {
    const { status, stdout } = spawnSync('stat', ['-c', '%a', temporaryFolder()], { encoding: 'utf8' })
    if (status === 0) expect(stdout.trim()).toBe('700')
    expect(JSON.parse(readFileSync(path.join(temporaryFolder(), 'assay-owner.json'), 'utf8'))).toMatchObject({
      pid: process.pid,
    })
  })
})

describe('a folder for temporary files that cannot be used', () => {
  const tries = `
    const message = (work) => work.then(() => 'fine', (error) => error.name + ' ' + error.code + ': ' + error.message)
    const rows = await message(dataset([{ a: 1 }]).rows())
    const copies = []
    for (const file of ['list.json', '0.csv.gz', 'broken.csv']) copies.push(await message(dataset(file).rows()))
    console.log(JSON.stringify([rows, ...copies]))`
  const ended = (temporary: string, body = tries): readonly string[] => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program(body)], {
      cwd: folder,
      env: plainEnvironment({ TMPDIR: temporary }),
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    return JSON.parse(stdout) as readonly string[]
  }
  const sentence = (problem: string) =>
    new RegExp(
      `^AssayError temporary-folder: the folder for temporary files, ".*", ${problem}: a copy of ".*" cannot be kept there .*\\n.*hint: set TMPDIR`,
    )

  test('that is missing or a file is told, and stops nothing that needs none', () => {
    for (const [place, problem] of [
      ['nowhere', 'does not exist'],
      ['broken.csv', 'is no folder'],
    ] as const) {
      const [rows, ...copies] = ended(path.join(folder, place))
      expect(rows).toBe('fine')
      for (const copy of copies) expect(copy).toMatch(sentence(problem))
    }
  })

  const mounted = (options: string, place: string): boolean =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place]).status === 0

  test('that is full or read-only is told, and no half copy is left', async ({ skip }) => {
    const place = await folderWith({})
    if (!mounted('size=64k', place)) return skip('no small file system can be mounted here')
    try {
      const [fine, message, left] = ended(
        place,
        `
        import { gzipSync } from 'node:zlib'
        import { writeFileSync } from 'node:fs'
        writeFileSync('much.csv.gz', gzipSync('a,b\\n' + '1,2\\n'.repeat(1e5)))
        const fine = (await dataset('0.csv.gz').rows()).length
        const error = await dataset('much.csv.gz').rows().catch((error) => error)
        console.log(JSON.stringify([fine, error.name + ' ' + error.code + ': ' + error.message, left()]))`,
      )
      expect(fine).toBe(2)
      expect(message).toMatch(sentence('is full'))
      expect(left).toBe(1)
      spawnSync('mount', ['-o', 'remount,ro', place])
      const [rows, ...copies] = ended(place)
      expect(rows).toBe('fine')
      for (const copy of copies) expect(copy).toMatch(sentence('is read-only'))
    } finally {
      spawnSync('umount', [place])
    }
  })

  test('that may not be written is told', async ({ skip }) => {
    if (process.getuid?.() === 0 || process.platform === 'win32') return skip('root may write everywhere')
    const place = await folderWith({})
    chmodSync(place, 0o555)
    for (const copy of ended(place).slice(1)) expect(copy).toMatch(sentence('may not be written'))
  })
})

test('engines that spill side by side do not write over each other', async () => {
  const spill = async () => {
    const engine = await createDuckDB({ memoryMB: 60, threads: 1 })
    await engine.query(
      sql`create temp table t as select range as x, md5(cast(range as varchar)) as y from range(1500000)`,
    )
    const [row] = await engine.query(sql`select count(*), sum(x), sum(length(y)) from t`)
    const [temporary] = await engine.query(sql`select sum(size) from duckdb_temporary_files()`)
    await engine.close()
    return { row: row?.map(String), spilled: Number(temporary?.[0]) > 0 }
  }
  const expected = { row: ['1500000', '1124999250000', '48000000'], spilled: true }
  expect(await Promise.all([spill(), spill()])).toEqual([expected, expected])
})
