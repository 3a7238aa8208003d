import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { dataset } from '../../../src/dataset/dataset.ts'
import { opened, refusal, textFiles } from './helpers.ts'

const file = textFiles()
const root = path.resolve(import.meta.dirname, '../../..')
const text = 'a,b\n1,é\n2\n3,x\n'
const bytes = Buffer.from(text)

async function* pieces(): AsyncGenerator<string> {
  yield* text
}

test.each([
  ['a Node stream', () => Readable.from([bytes.subarray(0, 7), bytes.subarray(7)])],
  ['a web stream', () => new Response(text).body as ReadableStream<Uint8Array>],
  ['an async iterable of text', () => pieces()],
  ['a compressed stream', () => Readable.from([gzipSync(text)])],
])('%s of delimited text reads like the file', async (_name, stream) => {
  const { rows, findings, lines } = await opened(stream() as AsyncIterable<Uint8Array>, { format: 'csv' })
  expect(rows).toEqual([
    [1n, 'é'],
    [3n, 'x'],
  ])
  expect(lines).toEqual([2, 4])
  expect(findings).toMatchObject([{ kind: 'cells', line: 3 }])
})

test('a stream is read once: by the first dataset of it', async () => {
  const stream = pieces()
  const data = dataset(stream, { format: 'csv', malformed: 'warn' })
  expect(await data.rows()).toEqual(await data.rows())
  expect(await refusal(stream, { format: 'csv' })).toMatch(/comes only once/)
})

test('the fingerprint of a stream is that of its content', async () => {
  const fromStream = await dataset(pieces(), { format: 'csv' }).fingerprint()
  expect(fromStream).toBe(await dataset(file('same.csv', text)).fingerprint())
})

test('a stream that fails or brings something else is an error', async () => {
  async function* numbers() {
    yield 1
  }
  expect(await refusal(numbers() as never, { format: 'csv' })).toMatch(/brought number, not text or bytes/)
  async function* failing() {
    yield 'a,b\n'
    throw new Error('the line went dead')
  }
  expect(await refusal(failing(), { format: 'csv' })).toMatch(/the line went dead/)
})

/** A process of its own that reads standard input, says what it read, and waits to be stopped, if it is to be. */
const reader = (waits: boolean): string => `
  import { readdirSync } from 'node:fs'
  import { createServer } from 'vite'
  const server = { middlewareMode: true, watch: null, ws: false }
  const vite = await createServer({ configFile: false, appType: 'custom', logLevel: 'error', server })
  const module = await vite.ssrLoadModule(${JSON.stringify(path.join(root, 'src/dataset/dataset.ts'))})
  const rows = async () => (await module.dataset('-', { format: 'csv' }).rows()).map(({ a, b }) => [Number(a), b])
  console.log(JSON.stringify([await rows(), await rows(), readdirSync(process.env.TMPDIR).length]))
  ${waits ? 'setInterval(() => {}, 1000)' : 'process.exit(0)'}`

test.each(['exit', 'SIGINT'] as const)(
  'standard input is read, by every dataset of it, and leaves no file after %s',
  async (how) => {
    const temporary = await mkdtemp(path.join(tmpdir(), 'assay-child-'))
    const child = spawn(process.execPath, ['--input-type=module', '-e', reader(how !== 'exit')], {
      cwd: root,
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit')
    child.stdin.end('a,b\n1,x\n2,y\n')
    const [said] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer]
    const read = [
      [1, 'x'],
      [2, 'y'],
    ]
    expect(JSON.parse(String(said))).toEqual([read, read, 1])
    if (how !== 'exit') child.kill(how)
    expect(await ended).toEqual(how === 'exit' ? [0, null] : [null, how])
    expect(await readdir(temporary)).toEqual([])
    await rm(temporary, { recursive: true })
  },
)
