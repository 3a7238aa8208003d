import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { tableFromArrays, tableFromIPC, tableToIPC } from 'apache-arrow'
import { describe, expect, test } from 'vitest'
import { dataset } from '../../../src/dataset/dataset.ts'
import { FILE_ROW, ROW_FILE, ROW_NUMBER } from '../../../src/engine/engine.ts'
import { arrowOf, zstdRun } from '../../helpers/bombs.ts'
import { id, sql } from '../../../src/sql/sql.ts'
import { relationOf } from '../../../src/dataset/opened.ts'
import { temporaryFolder } from '../../helpers/files.ts'

const folder = temporaryFolder()
const fixture = (name: string) => path.resolve('test/fixtures', name)

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(path.join(folder, name), content)
  return path.join(folder, name)
}

const failure = (source: string | string[]): Promise<string> =>
  dataset(source)
    .rows()
    .then(
      () => 'no error',
      (error: Error) => error.message,
    )

async function read(name: string): Promise<[string, unknown[]]> {
  const data = dataset(fixture(`arrow/${name}.arrow`))
  const { columns } = await relationOf(data)
  return [`${columns[0]?.type} ${columns[0]?.native}`, (await data.rows()).map(({ a }) => a)]
}

describe('types that few have', () => {
  test('extension types read as what they are stored as', async () => {
    expect(await read('uuid')).toEqual(['binary BLOB', [new Uint8Array(16).fill(1, 15), null]])
    expect(await read('unknownExtension')).toEqual(['string VARCHAR', ['x', null]])
  })

  test('unions are mixed, decimals beyond 38 digits and intervals are of no logical type', async () => {
    expect(await read('denseUnion')).toEqual(['mixed VARCHAR', ['1', 'x', '2']])
    expect(await read('sparseUnion')).toEqual(['mixed VARCHAR', ['1', 'x']])
    expect(await read('decimal256')).toEqual(['unknown VARCHAR', ['1.50', null]])
    expect(await read('interval')).toEqual(['unknown INTERVAL', ['1 month 2 days 00:00:00.000003', null]])
  })

  test('durations, halves, date64 and nulls', async () => {
    expect(await read('duration')).toEqual(['integer BIGINT', [1500n, null]])
    expect(await read('half')).toEqual(['number FLOAT', [0.5, null, 65_504]])
    expect(await read('date64')).toEqual(['date DATE', [new Date('1969-12-31'), null]])
    expect(await read('nulls')).toEqual(['string VARCHAR', [null, null]])
  })

  test('run-end encoding is an error that names the file', async () => {
    expect(await failure(fixture('arrow/runEnds.arrow'))).toMatch(
      /runEnds.arrow" (has a column of Arrow type|cannot be read as Arrow)/,
    )
  })
})

test('Zstandard that does not say what it unpacks to is read', async () => {
  const data = dataset(file('unsized.arrow', await arrowOf(1000, zstdRun('', '\u0001', 4000))))
  expect(await data.rows()).toEqual(Array.from({ length: 1000 }, () => ({ a: 0x01010101 })))
})

describe('files that are none, or not whole', () => {
  const whole = readFileSync(fixture('fidelity/texts.pyarrow-lz4.feather'))
  const stream = readFileSync(fixture('fidelity/integers.pyarrow.arrows'))

  test('nothing, other bytes, pointers and Feather 1 are told apart', async () => {
    expect(await failure(file('empty.arrow', ''))).toMatch(/is empty \(0 bytes\)/)
    expect(await failure(file('text.arrow', 'a,b\n1,2\n3,4\n'))).toMatch(
      /neither an Arrow file nor a stream: it starts with "a,b\\n1,2\\n"/,
    )
    expect(await failure(file('short.arrow', 'abc'))).toMatch(/neither an Arrow file nor a stream/)
    expect(await failure(file('lfs.arrow', 'version https://git-lfs.github.com/spec/v1\n'))).toMatch(
      /Git LFS pointer.*\n.*git lfs pull/,
    )
    expect(await failure(file('one.feather', 'FEA1aaaaaaaaFEA1'))).toMatch(/Feather file of version 1\n.*version 2/)
  })

  test('a file cut at any length is an error', async () => {
    for (let length = 1; length < whole.length; length += 401)
      expect(await failure(file('cut.feather', whole.subarray(0, length))), `${length} bytes`).toMatch(
        /cut off|neither/,
      )
  })

  test('a stream cut at any length is an error or a finding', async () => {
    const all = await dataset(fixture('fidelity/integers.pyarrow.arrows')).rows()
    for (let length = 8; length < stream.length; length += 211) {
      const data = dataset(file(`cut-${length}.arrows`, stream.subarray(0, length)))
      const rows = await data.rows().catch(() => undefined)
      if (rows === undefined) continue
      const found = await (await relationOf(data)).findings?.()
      expect(found?.total, `${length} of ${stream.length} bytes, ${rows.length} of ${all.length} rows`).toBe(1)
    }
  })

  test('damaged batches never crash, hang or read beyond the file (seed 1)', async () => {
    let state = 1
    const random = (n: number) => {
      state = (state * 48_271) % 2_147_483_647
      return state % n
    }
    const zstd = readFileSync(fixture('fidelity/texts.pyarrow-zstd.feather'))
    const plain = readFileSync(fixture('fidelity/nested.polars.arrow'))
    for (let i = 0; i < 45; i++) {
      const bytes = Uint8Array.from([whole, zstd, plain][i % 3] as Buffer)
      const footer = bytes.length - 10 - new DataView(bytes.buffer).getInt32(bytes.length - 10, true)
      for (let k = 0; k <= i % 4; k++) bytes[8 + random(footer - 8)] = random(256)
      const words = await failure(file(`damaged-${i}.arrow`, bytes))
      expect(words).toMatch(
        /^(no error|".*cannot be read as Arrow|".*has a column of Arrow type|column \d+ of|the column name|batch \d+ of|the engine could not)/,
      )
    }
  })

  test('a damaged footer never hangs, and loses no batch silently (every byte, one of three values)', async () => {
    const bytes = readFileSync(fixture('arrow/nulls.arrow'))
    const footer = bytes.length - 10 - bytes.readInt32LE(bytes.length - 10)
    for (let at = footer; at < bytes.length - 6; at++) {
      const damaged = Buffer.from(bytes)
      damaged[at] = [0, 127, 255][at % 3] as number
      const rows = await dataset(file(`footer-${at}.arrow`, damaged))
        .rows()
        .then(
          ({ length }) => length,
          ({ name, code }: Error & { code: string }) => `${name} ${code}`,
        )
      expect(String(rows), `byte ${at}`).toMatch(/^(2|AssayError (unreadable-file|wrong-argument|unsupported-source))$/)
    }
  })

  test('a batch of nothing but missing values cannot claim rows without end', async () => {
    const bytes = readFileSync(fixture('arrow/nulls.arrow'))
    const two = Buffer.from([2, 0, 0, 0, 0, 0, 0, 0])
    for (let at = bytes.indexOf(two); at >= 0; at = bytes.indexOf(two, at + 8)) bytes.writeBigInt64LE(2n ** 50n, at)
    expect(await failure(file('endless.arrow', bytes))).toMatch(/cannot be read as Arrow: /)
  })

  test('a damaged LZ4 block says so', async () => {
    const bytes = Uint8Array.from(whole)
    const magic = Buffer.from(bytes).indexOf(Buffer.from([4, 34, 77, 24]))
    bytes.fill(0xff, magic + 4, magic + 12)
    expect(await failure(file('lz4.feather', bytes))).toMatch(
      /lz4.feather" cannot be read as Arrow: .*\n.*damaged or cut off/,
    )
  })
})

test('files written by the package itself read as files and as streams', async () => {
  const table = tableFromArrays({ a: new Float64Array([1, 2]) })
  for (const form of ['file', 'stream'] as const) {
    const data = dataset(file(`own-${form}.arrow`, tableToIPC(table, form)))
    expect(await data.rows()).toEqual([{ a: 1 }, { a: 2 }])
    expect((await (await relationOf(data)).findings?.())?.total ?? 0).toBe(0)
  }
})

test('several files are one dataset that knows the file of each row', async () => {
  const part = (name: string, from: number) =>
    file(name, tableToIPC(tableFromArrays({ a: new Int32Array([from, from + 1]) }), 'file'))
  const one = part('part-1.arrow', 1)
  const two = part('part-2.arrow', 3)
  const relation = await relationOf(dataset(path.join(folder, 'part-*.arrow')))
  const cells = sql`a, ${id(ROW_NUMBER)}, ${id(ROW_FILE)}, ${id(FILE_ROW)}`
  const rows = await relation.engine.query(sql`select ${cells} from ${relation.numbered ?? relation.from} order by 2`)
  expect(rows.map(([a, row, from, at]) => [a, Number(row), path.resolve(String(from)), Number(at)])).toEqual([
    [1, 1, one, 1],
    [2, 2, one, 2],
    [3, 3, two, 1],
    [4, 4, two, 2],
  ])
  const other = file('part-3.arrow', tableToIPC(tableFromArrays({ b: new Int32Array([1]) }), 'file'))
  expect(await failure([one, other])).toMatch(
    /column 1 of ".*part-3.arrow" is "b" \(integer\); of ".*part-1.arrow" it is "a" \(integer\)/,
  )
})

test('ten thousand columns come back from a file', async () => {
  const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`c${i}`, new Int32Array([i])]))
  const target = file('wide.arrow', tableToIPC(tableFromArrays(wide), 'file'))
  expect(tableFromIPC(readFileSync(target)).numCols).toBe(10_000)
  const { engine, columns, from } = await relationOf(dataset(target))
  expect(columns).toHaveLength(10_000)
  expect(await engine.query(sql`select c0, c9999 from ${from}`)).toEqual([[0, 9999]])
})
