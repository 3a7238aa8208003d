import { spawn } from 'node:child_process'
import { readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { writeReport } from '../../reporters/folder.ts'
import { withFileLock } from '../../src/results/fileLock.ts'
import { readWaivers } from '../../src/results/waivers.ts'
import { assay } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'
import { document, result } from '../helpers/runDocument.ts'

/** A process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.once('exit', resolve))
  return child.pid as number
}

const lockText = (owner: object): string => JSON.stringify(owner)

/** Adds one to the number in a file, with time for others to come between. */
async function increment(file: string): Promise<void> {
  await withFileLock(file, async () => {
    const before = Number(await readFile(file, 'utf8'))
    await new Promise((resolve) => setTimeout(resolve, 2))
    await writeFile(file, String(before + 1))
  })
}

test('eight processes that waive at once leave eight waivers, and no lock', async () => {
  const ids = Array.from({ length: 8 }, (_, i) => `orders.c${i}.valuesBetween~00000000000${i}`)
  const folder = await folderWith({})
  const failing = { status: 'fail', blocking: true } as const
  writeReport(path.join(folder, 'report'), document(ids.map((id) => result({ id, ...failing }))))
  // One more lock that its process could not remove.
  const owner = { pid: await deadPid(), host: hostname(), key: 'gone' }
  await writeFile(path.join(folder, 'assay.waivers.json.lock'), lockText(owner))
  const why = ['--owner', 'dana', '--reason', 'known', '--until', '2999-01-31']
  const ended = await Promise.all(ids.map((id) => assay(['waive', id, ...why], { cwd: folder })))
  expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual(ids.map(() => [0, '']))
  const waivers = await readWaivers(path.join(folder, 'assay.waivers.json'))
  expect(waivers.map(({ check }) => check).sort()).toEqual(ids)
  expect((await readdir(folder)).sort()).toEqual(['assay.waivers.json', 'report'])
})

test('work on a file, or on a link to it, is done by one at a time, whatever locks the dead have left', async () => {
  const folder = await folderWith({ n: '0' })
  const file = path.join(folder, 'n')
  await symlink(file, path.join(folder, 'link'))
  const pid = await deadPid()
  for (let round = 0; round < 5; round++) {
    await writeFile(`${file}.lock`, lockText({ pid, host: hostname(), key: `dead-${round}` }))
    // Whoever buried it died, too.
    await writeFile(`${file}.lock.dead-${round}`, lockText({ pid, host: hostname(), key: `burier-${round}` }))
    const names = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? file : path.join(folder, 'link')))
    await Promise.all(names.map(increment))
  }
  expect(await readFile(file, 'utf8')).toBe('50')
  expect((await readdir(folder)).sort()).toEqual(['link', 'n'])
})

test('an error of the work is its own, and the lock is gone', async () => {
  const folder = await folderWith({ n: '0' })
  await expect(withFileLock(path.join(folder, 'n'), () => Promise.reject(new Error('mine')))).rejects.toThrow('mine')
  expect(await readdir(folder)).toEqual(['n'])
})

test.for([
  ['lives', { pid: process.ppid, host: hostname(), key: 'alive' }],
  ['is on another machine, where it may live', { pid: 1, host: 'elsewhere.example', key: 'far' }],
] as const)('a lock whose owner %s is respected, and an owner that does not let go is named', async ([, owner]) => {
  const folder = await folderWith({ n: '0', 'n.lock': lockText(owner) })
  await expect(withFileLock(path.join(folder, 'n'), async () => {}, { patience: 50 })).rejects.toMatchObject({
    code: 'locked-file',
    message: expect.stringMatching(new RegExp(`n\\.lock" is held by process ${owner.pid} on .*remove that file`, 's')),
  })
  const stopped = withFileLock(path.join(folder, 'n'), async () => {}, { signal: AbortSignal.abort() })
  await expect(stopped).rejects.toThrow(`is held by process ${owner.pid} on`)
  expect(await readFile(path.join(folder, 'n.lock'), 'utf8')).toBe(lockText(owner))
})

test('a lock that nobody signed is taken over when it is old', async () => {
  const folder = await folderWith({ n: '0', 'n.lock': '' })
  await expect(withFileLock(path.join(folder, 'n'), async () => {}, { patience: 50 })).rejects.toThrow('is held by')
  const old = new Date(Date.now() - 60_000)
  await utimes(path.join(folder, 'n.lock'), old, old)
  await increment(path.join(folder, 'n'))
  expect(await readFile(path.join(folder, 'n'), 'utf8')).toBe('1')
})
