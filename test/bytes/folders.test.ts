import { existsSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { makeFolder } from '../../src/bytes/folders.ts'
import { temporaryFolder } from '../helpers/files.ts'

const folder = temporaryFolder()

test('folders are made from the first that is there down, and what is there stays', () => {
  const deep = path.join(folder, 'a/b/c')
  makeFolder(deep)
  makeFolder(deep)
  symlinkSync(path.join(folder, 'a'), path.join(folder, 'link'))
  makeFolder(path.join(folder, 'link/d'))
  expect([deep, path.join(folder, 'a/d')].map((made) => statSync(made).isDirectory())).toEqual([true, true])
})

test('a file in the place of a folder is an error', () => {
  const file = path.join(folder, 'file')
  writeFileSync(file, '')
  expect(() => makeFolder(file)).toThrow(/EEXIST/)
  expect(() => makeFolder(path.join(file, 'a/b'))).toThrow(/ENOTDIR/)
})

test.runIf(existsSync('/proc/self'))('a file system that says of a new folder that it is not there ends it', () => {
  expect(() => makeFolder('/proc/none/of/these')).toThrow(/ENOENT/)
})
