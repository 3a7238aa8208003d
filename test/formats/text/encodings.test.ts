import { gzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { opened, refusal, textFiles } from './helpers.ts'

const file = textFiles()
const text = 'a,b\n1,é\n2,x\n'
const rows = [
  [1n, 'é'],
  [2n, 'x'],
]
const utf16be = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()

test.each([
  ['utf16le.csv', Buffer.from(`\uFEFF${text}`, 'utf16le'), {}],
  ['utf16be.csv', utf16be, {}],
  ['bare16.csv', Buffer.from(text, 'utf16le'), { encoding: 'utf-16le' }],
  ['latin1.csv', Buffer.from(text, 'latin1'), { encoding: 'latin1' }],
  ['cp1252.csv', Buffer.from(text, 'latin1'), { encoding: 'windows-1252' }],
  ['named.csv', Buffer.from(text), { encoding: 'UTF-8' }],
])('%s is read in its encoding', async (name, bytes, options) => {
  expect(await opened(file(name, bytes), options)).toMatchObject({ rows, lines: [2, 3], total: 0 })
})

test('Windows-1252 and Latin-1 differ where they differ', async () => {
  const bytes = Buffer.from('a,b\n1,\x80\n', 'latin1')
  expect((await opened(file('euro.csv', bytes), { encoding: 'windows-1252' })).rows).toEqual([[1n, '€']])
  expect((await opened(file('control.csv', bytes), { encoding: 'latin1' })).rows).toEqual([[1n, '\x80']])
})

test('what is not in the declared encoding is a finding, and an unknown encoding an error', async () => {
  const undefinedByte = Buffer.from('a,b\n1,x\n2,\x81\n', 'latin1')
  expect(await opened(file('undefined.csv', undefinedByte), { encoding: 'windows-1252' })).toMatchObject({
    rows: [
      [1n, 'x'],
      [2n, '\uFFFD'],
    ],
    findings: [{ kind: 'encoding', line: 3, column: 'b', reason: 'bytes that are no windows-1252' }],
  })
  expect(await refusal(file('odd.csv', text), { encoding: 'klingon' })).toMatch(
    /encoding is "klingon", which is not known/,
  )
})

test.each([
  ['utf-16le', Buffer.from(text.slice(0, -1), 'utf16le'), [0x79]],
  ['UTF-16BE', utf16be.subarray(0, -2), [0]],
  ['ucs2', Buffer.from(text.slice(0, -1), 'utf16le'), [0x79]],
  ['utf-32le', iconv.encode(text.slice(0, -1), 'utf-32le'), [0x79, 0, 0]],
] as const)('a file of %s that ends within a letter is a finding', async (encoding, bytes, part) => {
  const cut = await opened(file('cut.csv', Buffer.concat([bytes, Buffer.from(part)])), { encoding })
  expect(cut).toMatchObject({
    rows: [
      [1n, 'é'],
      [2n, 'x\uFFFD'],
    ],
    findings: [{ kind: 'encoding', line: 3, column: 'b', reason: `bytes that are no ${encoding}` }],
  })
})

const many = `a,b\n${Array.from({ length: 20_000 }, (_, i) => `${i},"${Math.sin(i)}"`).join('\n')}\n`
const zstd = readFileSync(path.join(import.meta.dirname, '../../fixtures/text/pandas.csv.zst'))

test('gzip is told by its bytes, in one member or several', async () => {
  const members = Buffer.concat([gzipSync(text.slice(0, 6)), gzipSync(text.slice(6))])
  for (const [name, bytes] of [
    ['one.csv.gz', gzipSync(text)],
    ['two.csv.gz', members],
    ['plain.csv.gz', Buffer.from(text)],
    ['hidden.csv', gzipSync(text)],
  ] as const)
    expect(await opened(file(name, bytes)), name).toMatchObject({ rows, lines: [2, 3], total: 0 })
})

test('compressed data that is cut off, broken or followed by something else is an error that says where', async () => {
  const whole = gzipSync(many)
  const middle = whole.length >> 1
  expect(await refusal(file('cut.csv.gz', whole.subarray(0, middle)))).toMatch(
    `goes on after byte ${middle}, the last one`,
  )
  const broken = Buffer.from(whole)
  broken.fill(0, middle, middle + 50)
  expect(await refusal(file('broken.csv.gz', broken))).toMatch(/is broken gzip data near byte \d+/)
  expect(await refusal(file('more.csv.gz', Buffer.concat([whole, Buffer.from('and more')])))).toMatch(
    /8 bytes after its gzip data|broken gzip data/,
  )
  expect(await refusal(file('cut.csv.zst', zstd.subarray(0, zstd.length - 5)))).toMatch(
    /cut off or broken: its Zstandard data/,
  )
})

test('gzip of UTF-16 is read like UTF-16', async () => {
  expect((await opened(file('both.csv.gz', gzipSync(utf16be)))).rows).toEqual(rows)
})
