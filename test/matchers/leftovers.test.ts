import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile as readWithCallback } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, get } from 'node:http'
import { setTimeout as later } from 'node:timers/promises'
import { pbkdf2Sync, randomBytes, randomFillSync, randomUUID, scryptSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { currentScope, type Scope } from '../../matchers/current.ts'
import { followLeftovers, leftoversOf } from '../../matchers/leftovers.ts'

const left = () => leftoversOf(currentScope.getStore() as Scope)

test('work that runs at once leaves nothing that a test waits for', () => {
  followLeftovers()
  for (let i = 0; i < 300; i++) randomUUID()
  randomFillSync(Buffer.alloc(9))
  pbkdf2Sync('a', 'b', 1, 9, 'sha1')
  scryptSync('a', 'b', 9)
  expect(left()).toEqual([])
})

test('work that calls back is waited for until it has', async () => {
  followLeftovers()
  const called = new Promise((resolve) => {
    randomBytes(9, resolve)
  })
  expect(left()).toHaveLength(1)
  await called
  expect(left()).toEqual([])
})

/** Node tells of the end of some work a turn or two after it. */
async function turns(): Promise<void> {
  for (let i = 0; i < 50 && left().length > 0; i++) await new Promise((resolve) => void setImmediate(resolve))
}

/** Work that ends by itself, however Node tells of its end: whether it is a leftover until then, and none after. */
test.for<[string, () => Promise<unknown>]>([
  ['a timer', () => new Promise((resolve) => void setTimeout(resolve, 5))],
  ['a timer that is a promise', () => later(5)],
  ['an immediate', () => new Promise((resolve) => void setImmediate(resolve))],
  ['a file, with a callback', () => new Promise((resolve) => readWithCallback(import.meta.filename, resolve))],
  ['a file, with a promise', () => readFile(import.meta.filename)],
  ['a process', () => once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit')],
])('%s is waited for until it has ended', async ([, work]) => {
  followLeftovers()
  const ended = work()
  expect(left().length).toBeGreaterThan(0)
  await ended
  await turns()
  expect(left()).toEqual([])
})

test('a request is waited for until it has ended', async () => {
  followLeftovers()
  const server = createServer((_, response) => response.end('a')).listen(0)
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const asked = once(get({ port, agent: false }), 'response')
  expect(left().length).toBeGreaterThan(0)
  const [response] = (await asked) as [{ resume(): void }]
  response.resume()
  await once(server.close(), 'close')
  await turns()
  expect(left()).toEqual([])
})

test('what is cleared is no leftover, and most of many timers that are cleared are not kept', () => {
  followLeftovers()
  const cleared = [setTimeout(() => {}, 60_000), setInterval(() => {}, 60_000)]
  const immediate = setImmediate(() => {})
  expect(left()).toHaveLength(3)
  for (const timer of cleared) clearTimeout(timer)
  clearImmediate(immediate)
  expect(left()).toEqual([])
  const { started } = (process as unknown as Record<symbol, { started: Map<number, unknown> }>)[
    Symbol.for('assay.leftovers')
  ] as { started: Map<number, unknown> }
  for (let i = 0; i < 200_000; i++) clearTimeout(setTimeout(() => {}, 60_000))
  // How many are kept until the next look depends on how many still lived at the last one, of other test files, too.
  expect(started.size).toBeLessThan(100_000)
})
