import fc from 'fast-check'
import { open, truncate } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { fileFingerprint } from '../../src/bytes/files.ts'
import { contentFingerprint } from '../../src/dataset/contentFingerprint.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { RowHashes } from '../../src/dataset/rowHashes.ts'
import { temporaryFile } from '../helpers/files.ts'

test('fingerprints are of the values, whatever object or file holds them', async () => {
  const at = new Date('2024-02-29T12:00:00Z')
  const rows = [
    { i: 1, x: 0.5, s: 'a', at, l: [1] },
    { i: -2, x: -1, s: 'b', at, l: [] },
  ]
  const prints = await Promise.all([
    dataset(rows).fingerprint(),
    dataset({
      i: new Int8Array([1, -2]),
      x: new Float32Array([0.5, -1]),
      s: ['a', 'b'],
      at: [at, at],
      l: [[1], []],
    }).fingerprint(),
    dataset(Readable.from(rows)).fingerprint(),
    dataset(await dataset(rows).toArrow()).fingerprint(),
  ])
  expect(new Set(prints).size).toBe(1)
  expect(await dataset([rows[0] as object]).fingerprint()).not.toBe(prints[0])
})

describe('of scalars', () => {
  const columns = {
    whole: fc.maxSafeInteger(),
    wide: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    number: fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, 1, 0.1)),
    text: fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', 'a', '1', 'true', '\ufeffx', '\ud800', 'x\udc00y', '😀', 'z'.repeat(300)),
    ),
    flag: fc.boolean(),
    at: fc.date({ noInvalidDate: true }),
  }
  const rows = fc.array(
    fc.record(
      Object.fromEntries(
        Object.entries(columns).map(([name, values]) => [name, fc.option(values as fc.Arbitrary<unknown>)]),
      ),
    ),
    { minLength: 1, maxLength: 12 },
  )
  const columnsOf = (records: readonly Record<string, unknown>[]) =>
    Object.fromEntries(Object.keys(columns).map((name) => [name, records.map((record) => record[name])]))

  test('it is the same of records, of columns, of what the engine holds of them and in any order', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (records) => {
        const print = await dataset(records).fingerprint()
        const others = [dataset(columnsOf(records) as never), dataset(Readable.from(records))]
        for (const other of others) expect(await other.fingerprint()).toBe(print)
        expect(await dataset(records.toReversed()).fingerprint()).toBe(print)
        const relation = await relationOf(dataset(records))
        expect(await contentFingerprint(relation)).toBe(print)
      }),
      { numRuns: 40, seed: 20261126 },
    )
  })

  test('another value in any cell, a row more and a value in another row are another one', async () => {
    const value = fc.constantFrom<unknown>(null, 0, 1, -1, 0.5, 2n ** 60n)
    const text = fc.constantFrom<unknown>(null, '', '0', '1', 'a', 'b', 'ab')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(value, text), { minLength: 1, maxLength: 3 }), async (tuples) => {
        const typed = (some: typeof tuples) => [...some, [0.25, 'text'] as const].map(([x, s]) => ({ x, s }))
        const print = async (some: typeof tuples) => dataset(typed(some)).fingerprint()
        const own = await print(tuples)
        const sorted = (some: typeof tuples) =>
          some.map((one) => one.map((cell) => `${typeof cell} ${String(cell)}`).join()).sort()
        const [first, ...rest] = tuples as [[unknown, unknown], ...[unknown, unknown][]]
        for (const x of [null, 0, 1, 2, -1, 0.5, 2n ** 60n]) {
          for (const s of [null, '', '0', '1', 'a', 'b', 'ba']) {
            const others: typeof tuples = [[x, s], ...rest]
            const isSame = String(sorted(others)) === String(sorted(tuples))
            expect([x, s, (await print(others)) === own]).toEqual([x, s, isSame])
          }
        }
        expect(await print([...tuples, first])).not.toBe(own)
      }),
      { numRuns: 10, seed: 20261126 },
    )
  })

  test('values of every kind have hashes of their own', () => {
    const prints = new Set<string>()
    for (let i = 0; i < 10_000; i++) {
      for (const values of [
        [i],
        [i + 0.5],
        [-i],
        [`${i}`],
        [`v${i}`],
        [new Date(i)],
        [`${i} `],
        [BigInt(i) + 2n ** 60n],
      ]) {
        const hashes = new RowHashes(1)
        hashes.add(values)
        prints.add(hashes.digest())
      }
    }
    // Zero has one sign.
    expect(prints.size).toBe(80_000 - 1)
  })

  test('values that change places between columns or rows are told apart', () => {
    const print = (...columns: readonly (readonly unknown[])[]) => {
      const hashes = new RowHashes(columns[0]?.length ?? 0)
      for (const values of columns) hashes.add(values)
      return hashes.digest()
    }
    const prints = [
      print([1, 2], [3, 4]),
      print([1, 2], [4, 3]),
      print([3, 4], [1, 2]),
      print([1, 1], [3, 4]),
      print([1, 1, 1, 1], [3, 4, 3, 4]),
      print([1, null], [null, 4]),
      print([null, 1], [null, 4]),
      print([true], [false]),
      print([false], [true]),
      print([1], ['']),
      print(['', ''], ['', '']),
      print(['', '', ''], ['', '', '']),
    ]
    expect(new Set(prints).size).toBe(prints.length)
  })
})

test('large files are told apart by their size and by any of their sampled blocks', async () => {
  const file = await temporaryFile('large.bin', '')
  const size = 40 * 1024 ** 2
  await truncate(file, size)
  const print = await fileFingerprint(file)
  expect(print).toMatch(/^sampled:/)
  const handle = await open(file, 'r+')
  try {
    const block = 64 * 1024
    // The first and the last byte of blocks at the front, on the way and at the end.
    for (const place of [0, 1, 2, 31, 32, 62, 63]) {
      const start = Math.floor((place * (size - block)) / 63)
      for (const at of [start, start + block - 1]) {
        await handle.write(Buffer.from([1]), 0, 1, at)
        expect([at, await fileFingerprint(file)]).not.toEqual([at, print])
        await handle.write(Buffer.from([0]), 0, 1, at)
      }
    }
    expect(await fileFingerprint(file)).toBe(print)
  } finally {
    await handle.close()
  }
  await truncate(file, size + 1)
  expect(await fileFingerprint(file)).not.toBe(print)
})

test('several files are told apart by each of them, and by their order', async () => {
  const write = async (...texts: readonly string[]) => {
    const files: string[] = []
    for (const [i, text] of texts.entries()) files.push(await temporaryFile(`part${i}.csv`, text))
    return dataset(files, { name: 'parts' }).fingerprint()
  }
  const texts = [
    ['a\n1\n', 'a\n2\n'],
    ['a\n1\n', 'a\n3\n'],
    ['a\n3\n', 'a\n2\n'],
    ['a\n2\n', 'a\n1\n'],
    ['a\n1\n', 'a\n2\n', 'a\n2\n'],
    ['a\n1\n2\n'],
  ]
  const prints = await Promise.all(texts.map((some) => write(...some)))
  expect(new Set(prints).size).toBe(texts.length)
  expect(await write('a\n1\n', 'a\n2\n')).toBe(prints[0])
})
