import { open, truncate } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { fileFingerprint } from '../../src/bytes/files.ts'
import { dataset } from '../../src/dataset/dataset.ts'
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
