import { expect, test } from 'vitest'
import { globPattern } from '../../reporters/globPattern.ts'

const matches = [
  ['/data/*.csv', '/data/a.csv', true],
  ['/data/*.csv', '/data/deep/a.csv', false],
  ['/data/**/*.csv', '/data/a.csv', true],
  ['/data/**/*.csv', '/data/x/y/a.csv', true],
  ['/data/part-?.csv', '/data/part-1.csv', true],
  ['/data/part-?.csv', '/data/part-10.csv', false],
  ['/data/[ab].csv', '/data/b.csv', true],
  ['/data/[!ab].csv', '/data/b.csv', false],
  ['/data/', '/data/x/any.parquet', true],
  ['/data/', '/database/any.parquet', false],
  ['/data/{jan,feb}.csv', '/data/feb.csv', true],
  ['/data/{jan,feb}.csv', '/data/mar.csv', false],
  ['/data/2026-{01,02}/*.{csv,parquet}', '/data/2026-02/a.parquet', true],
  ['/data/*.csv', '/data/.hidden.csv', false],
  [`${process.cwd()}/*.csv`, `${process.cwd()}/1.csv`, true],
  ['/d.t/*.csv', '/dat/1.csv', false],
] as const

test.each(matches)('the glob %s and the file %s: %s', (glob, file, expected) => {
  expect(globPattern(glob).test(file)).toBe(expected)
})
