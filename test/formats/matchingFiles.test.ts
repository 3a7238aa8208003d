import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { evaluate, rowCount } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { folderWith } from '../helpers/files.ts'

/** What a glob's rows come to: their count, or why there is none. */
const rowsOf = async (pattern: string) => {
  const data = dataset(pattern)
  const [result] = await evaluate(rowCount(data, { min: 1 }))
  return result?.status === 'error' ? result.message : result?.value
}

/** Root may look into any folder. */
function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work()
  process.seteuid?.(65_534)
  return work().finally(() => process.seteuid?.(0))
}

test('a link that leads nowhere is a file of the glob that is missing, and not left out', async () => {
  const folder = await folderWith({ 'a.csv': 'n\n1\n', 'deep/b.csv': 'n\n2\n', 'other/c.txt': 'x' })
  const deep = path.join(folder, '**/*.csv')
  const flat = path.join(folder, '*.csv')
  expect([await rowsOf(deep), await rowsOf(flat)]).toEqual([2, 1])
  symlinkSync('deep/b.csv', path.join(folder, 'link.csv'))
  symlinkSync('deep', path.join(folder, 'linked'))
  symlinkSync('nowhere', path.join(folder, 'nowhere.txt'))
  // Its links to files and folders are followed; what does not match does not matter.
  expect([await rowsOf(deep), await rowsOf(flat)]).toEqual([4, 2])
  for (const [place, target, said] of [
    ['lost.csv', '../annex/objects/x', /lost\.csv" is a link to "\.\.\/annex\/objects\/x", and there is no such file/],
    ['deep/lost.csv', '/nowhere/at/all', /lost\.csv" is a link to "\/nowhere\/at\/all", and there is no such file/],
    ['loop.csv', 'loop.csv', /loop\.csv" is a link that leads back to itself/],
  ] as const) {
    symlinkSync(target, path.join(folder, place))
    expect(await rowsOf(deep)).toMatch(said)
    if (place.startsWith('deep')) expect(await rowsOf(flat)).toBe(2)
    else expect(await rowsOf(flat)).toMatch(said)
    rmSync(path.join(folder, place))
  }
  expect(await rowsOf(deep)).toBe(4)
})

test('a dataset of a glob hears that one of its files has gone from behind its link', async () => {
  const folder = await folderWith({ 'a.csv': 'n\n1\n', 'there/b.csv': 'n\n2\n' })
  symlinkSync('there/b.csv', path.join(folder, 'b.csv'))
  const data = dataset(path.join(folder, '*.csv'))
  const counted = async () => (await evaluate(rowCount(data, 2)))[0]?.status
  expect(await counted()).toBe('pass')
  rmSync(path.join(folder, 'there/b.csv'))
  expect(await counted()).toBe('error')
  writeFileSync(path.join(folder, 'there/b.csv'), 'n\n2\n')
  expect(await counted()).toBe('pass')
})

test.skipIf(process.platform === 'win32')(
  'a folder that cannot be looked into may hold files of the glob: an error that names it',
  async () => {
    const folder = await folderWith({ 'a.csv': 'n\n1\n', 'open/b.csv': 'n\n2\n' })
    chmodSync(folder, 0o755)
    const shut = path.join(folder, 'shut')
    mkdirSync(shut, { mode: 0o000 })
    // What is looked for first is loaded by then.
    expect(await rowsOf(path.join(folder, '*.csv'))).toBe(1)
    await asNobody(async () => {
      expect(() => readdirSync(shut)).toThrow('EACCES')
      expect(await rowsOf(path.join(folder, '**/*.csv'))).toMatch(
        /"\S+\*\*\/\*\.csv" may match files in "\S+shut", which cannot be looked into: .*EACCES.*\n.*hint: see its permissions/,
      )
      expect(await rowsOf(path.join(folder, '*.csv'))).toBe(1)
      expect(await rowsOf(path.join(folder, '{open,nowhere}/*.csv'))).toBe(1)
    })
    chmodSync(shut, 0o755)
  },
)

test.runIf(process.platform === 'linux')(
  'a file whose name is not UTF-8 is told as such, by name and of a glob',
  async () => {
    const folder = await folderWith({})
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/bad`), Buffer.of(0xff), Buffer.from('.csv')]), 'n\n1\n')
    for (const named of ['bad\uFFFD.csv', '*.csv'])
      expect(await rowsOf(path.join(folder, named))).toMatch(/there is no file .*\n.*hint: its name is not UTF-8/)
  },
)
