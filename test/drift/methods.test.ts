import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { driftMethods } from '../../src/drift/index.ts'
import { many, normal, only, random, rowsOf } from './data.ts'

test('every drift method has a case', () => {
  const names = readdirSync(new URL('methods', import.meta.url)).map((file) => file.replace(/\.ts$/, ''))
  expect(names.filter((name) => name !== 'cases').toSorted()).toEqual(driftMethods.map(({ name }) => name).toSorted())
})

const numbers = () => {
  const next = random(1)
  return rowsOf(many(2000, () => normal(next)))
}

test('a limit over what the method can measure is an error, one in its unit is not', async () => {
  const rows = numbers()
  expect((await only(rows, rows, { method: 'psi', limit: 1.5 })).status).toBe('pass')
  await expect(async () => only(rows, rows, { method: 'hellinger', limit: 1.5 })).rejects.toThrow(
    /H of hellinger lies between 0 and 1/,
  )
})

test('a method of two categories says so of more', async () => {
  const rows = rowsOf(many(500, (i) => 'abc'[i % 3]))
  const result = await only(rows, rows, { method: 'fisherExact' })
  expect(result.message).toContain('3 categories, missing values among them, and fisherExact compares two')
})
