import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'

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
