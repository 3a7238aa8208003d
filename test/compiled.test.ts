import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { compiled, keepCompiled } from '../src/compiled.ts'

const NAME = './numbers-0123456789ab.cjs'
const source = `exports.half = (x) => x / 2
exports.place = () => [__filename, require('node:path').basename(__dirname)]`

let folder = ''
let places = 0

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-compiled-'))
})
afterAll(() => rm(folder, { recursive: true }))
afterEach(() => void vi.unstubAllEnvs())

interface Numbers {
  half(x: number): number
  place(): readonly string[]
}

/** Loads the script from a place it was never loaded from, as another process would. */
async function load(kept: string | undefined): Promise<Numbers> {
  const place = path.join(folder, `place${places++}`)
  await mkdir(place)
  await writeFile(path.join(place, NAME), source)
  vi.stubEnv('ASSAY_COMPILED', kept)
  const numbers = compiled(pathToFileURL(path.join(place, 'module.js')).href, NAME) as Numbers
  expect(numbers.half(5)).toBe(2.5)
  expect(numbers.place()).toEqual([path.join(place, NAME), path.basename(place)])
  keepCompiled()
  return numbers
}

/** The files that are kept, and which of their kind each is. */
async function keptIn(kept: string): Promise<Record<string, number>> {
  const names = await readdir(kept, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = names.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  return Object.fromEntries(await Promise.all(files.map(async (file) => [file, (await stat(file)).ino] as const)))
}

test('a script is compiled as ever where nothing is to be kept', async () => {
  await load(undefined)
  await load('')
  expect(Object.keys(await keptIn(folder)).filter((file) => file.endsWith('.bin'))).toEqual([])
})

test('what was compiled is kept once, under the name that says what it was, and used', async () => {
  const kept = path.join(folder, 'once')
  await load(kept)
  const first = await keptIn(kept)
  expect(Object.keys(first).map((file) => path.basename(file))).toEqual(['numbers-0123456789ab.bin'])
  // Two scripts are loaded by now: who has loaded more keeps what it has compiled.
  await load(kept)
  const second = await keptIn(kept)
  keepCompiled()
  expect(await keptIn(kept)).toEqual(second)
})

test('what was kept of a script before it changed goes', async () => {
  const kept = path.join(folder, 'changed')
  await load(kept)
  const [file] = Object.keys(await keptIn(kept)) as [string]
  const beside = path.join(path.dirname(file), 'words-0123456789ab.bin')
  for (const other of [file.replace('ab.bin', 'cd.bin'), beside]) await writeFile(other, '')
  await load(kept)
  expect(Object.keys(await keptIn(kept)).sort()).toEqual([file, beside])
})

test('what a process was writing when it was killed goes, and what one writes now stays', async () => {
  const kept = path.join(folder, 'killed')
  await load(kept)
  const [file] = Object.keys(await keptIn(kept)) as [string]
  const [dead, alive] = [`${file}.${2 ** 30}.17`, `${file}.${process.pid}.17`]
  for (const part of [dead, alive]) await writeFile(part, '')
  await load(kept)
  expect(Object.keys(await keptIn(kept)).sort()).toEqual([file, alive])
})

test('nothing is left of what could not be kept', async () => {
  const kept = path.join(folder, 'refused')
  await load(kept)
  const [file] = Object.keys(await keptIn(kept)) as [string]
  await rm(file)
  await mkdir(path.join(file, 'in the way'), { recursive: true })
  await load(kept)
  expect(await keptIn(kept)).toEqual({})
})

test.each([
  ['is cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 20)],
  ['has a byte changed', (bytes: Buffer) => (bytes.writeUInt8(bytes.readUInt8(200) ^ 1, 200), bytes)],
  ['is empty', () => Buffer.alloc(0)],
  ['is of something else', () => Buffer.from('no bytes of V8'.repeat(40))],
])('what is kept and %s is not used, and replaced', async (_, damage) => {
  const kept = path.join(folder, `damaged${places}`)
  await load(kept)
  const [file] = Object.keys(await keptIn(kept)) as [string]
  const damaged = damage(await readFile(file))
  await writeFile(file, damaged)
  await load(kept)
  expect(Object.keys(await keptIn(kept))).toEqual([file])
  expect((await readFile(file)).equals(damaged)).toBe(false)
})

test('a folder that cannot be written costs nothing but the time to compile', async () => {
  const file = path.join(folder, 'file')
  await writeFile(file, '')
  await load(path.join(file, 'below'))
})
