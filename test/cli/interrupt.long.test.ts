import type { ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync, writeSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { zstdRun } from '../helpers/bombs.ts'
import { ended, startCli } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

let cwd: string
beforeAll(async () => {
  // Judging this is a scan, a GROUP BY, and ajv on each row.
  const schema = {
    properties: {
      id: { type: 'integer', 'x-assay': { unique: true } },
      x: { type: 'number', multipleOf: 0.001 },
      word: { type: 'string', pattern: '^([a-z]+ ){3}[a-z]+$' },
    },
  }
  cwd = await folderWith({ 'schema.json': JSON.stringify(schema), 'cases.csv': 'input,expected\na,A\n' })
})

/** A file of that many rows, every one of which holds. */
function bigFile(rows: number): void {
  const lines = Array.from({ length: 20_000 }, (_, i) => `${i},${i / 1000},some words of text\n`).join('')
  const file = openSync(path.join(cwd, 'big.csv'), 'w')
  writeSync(file, 'id,x,word\n')
  for (let i = 0; i < rows / 20_000; i++) writeSync(file, lines)
  closeSync(file)
}

/** Waits until a process has had a file open for a while, or has ended; where that cannot be seen, for three seconds. */
async function reading(child: ChildProcess, file: string): Promise<void> {
  const folder = `/proc/${child.pid}/fd`
  if (!existsSync('/proc/self/fd')) return wait(3000)
  for (let seen = 0; seen < 10 && child.exitCode === null; await wait(30)) {
    if (!existsSync(folder)) return
    const open = readdirSync(folder).some((name) => {
      try {
        return path.basename(readlinkSync(path.join(folder, name))) === file
      } catch {
        return false
      }
    })
    seen = open ? seen + 1 : 0
  }
}

test.each([
  { signal: 'SIGINT', code: 130 },
  { signal: 'SIGTERM', code: 143 },
] as const)('$signal in the middle of a query stops the engine and exits with $code', async ({ signal, code }) => {
  // A machine that is done before the signal comes gets more to do.
  for (let rows = 1_000_000; ; rows *= 4) {
    bigFile(rows)
    const child = await startCli(['check', 'big.csv', '--schema', 'schema.json'], { cwd })
    const end = ended(child)
    await reading(child, 'big.csv')
    child.kill(signal)
    const outcome = await end
    if (outcome.stdout !== '' && rows < 100_000_000) continue
    // An engine that did not let go would be left behind without a word.
    expect(outcome).toEqual({ code, stdout: '', stderr: 'assay: stopped\n' })
    break
  }
  expect(readdirSync(cwd).sort()).toEqual(['big.csv', 'cases.csv', 'schema.json'])
})

test('Ctrl-C while stdin is read leaves no temporary file', async () => {
  const tmp = await folderWith({})
  const child = await startCli(['check', '-', '--schema', 'schema.json'], { cwd, env: { TMPDIR: tmp } })
  const end = ended(child)
  child.stdin.write('id,x,word\n')
  while (readdirSync(tmp).length === 0) await wait(20)
  child.kill('SIGINT')
  expect(await end).toMatchObject({ code: 130, stderr: 'assay: stopped\n' })
  expect(readdirSync(tmp)).toEqual([])
})

test.each(['csv', 'jsonl', 'json', 'log'])(
  'Ctrl-C while a .%s.zst unpacks without end leaves no file',
  async (ending) => {
    const tmp = await folderWith({})
    const begin = { csv: 'a,b\n1,2\n', jsonl: '{"a":1}\n', json: '[{"a":1},', log: 'x\n' }[ending] as string
    const file = `endless.${ending}.zst`
    const folder = await folderWith({ [file]: zstdRun(begin, ending === 'json' ? ' ' : '\n', 100 * 1024 ** 3) })
    const child = await startCli(['profile', file], { cwd: folder, env: { TMPDIR: tmp } })
    const end = ended(child)
    await reading(child, file)
    child.kill('SIGINT')
    expect(await end).toEqual({ code: 130, stdout: '', stderr: 'assay: stopped\n' })
    expect(readdirSync(tmp)).toEqual([])
  },
)

test('Ctrl-C ends the process of a model too', async () => {
  const pid = path.join(cwd, 'pid')
  const child = await startCli(['mft', 'cases.csv', '--exec', `echo $$ > pid; sleep 300`], { cwd })
  const end = ended(child)
  while (!existsSync(pid) || readFileSync(pid, 'utf8') === '') await wait(20)
  child.kill('SIGINT')
  expect(await end).toMatchObject({ code: 130, stderr: 'assay: stopped\n' })
  const model = Number(readFileSync(pid, 'utf8'))
  const alive = (): boolean => {
    try {
      return process.kill(model, 0)
    } catch {
      return false
    }
  }
  // It was killed before the command ended, and is gone as soon as the system has noticed.
  while (alive()) await wait(20)
})
