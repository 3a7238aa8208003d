import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { temporaryFile } from '../helpers/files.ts'
import { queriesOf } from '../helpers/queries.ts'
import { compare, effectOf, normal, random } from './data.ts'

const ROWS = 30_000
const names = ['n0', 'n1', 'n2', 'few', 'word', 'odd']

/** Rows of numbers, few integers, words, and of numbers of which some cells are none. */
function rowsFrom(seed: number): readonly (readonly (number | string)[])[] {
  const next = random(seed)
  return Array.from({ length: ROWS }, (_, i) => [
    normal(next),
    normal(next) * 3,
    Math.exp(normal(next)),
    Math.floor(next() * 5),
    next() < 0.3 ? 'yes' : 'no',
    i % 50 === 0 ? 'n/a' : normal(next),
  ])
}

const asCsv = (rows: readonly (readonly (number | string)[])[]): string =>
  [names, ...rows].map((row) => row.join(',')).join('\n')

test('a text file is read once for all columns, and its verdicts are those of the same rows in memory', async () => {
  const [mine, theirs] = [rowsFrom(1), rowsFrom(2)]
  const current = dataset(await temporaryFile('current.csv', asCsv(mine)))
  const reference = dataset(await temporaryFile('reference.csv', asCsv(theirs)))
  const relation = await relationOf(current)
  await relationOf(reference)
  let results: Awaited<ReturnType<typeof compare>> = []
  const queries = await queriesOf(relation, async () => {
    results = await compare(current, reference)
  })
  expect(queries.filter((query) => query.includes('read_csv'))).toHaveLength(2)
  const inMemory = (rows: typeof mine) =>
    dataset(Object.fromEntries(names.slice(0, 5).map((name, i) => [name, rows.map((row) => row[i])])))
  const same = await compare(inMemory(mine), inMemory(theirs))
  const told = (all: typeof results) =>
    all.map(({ status, measured, subject, ...result }) => [
      subject.column,
      status,
      measured,
      effectOf(result as never)?.p,
    ])
  expect(told(results).slice(0, 5)).toEqual(told(same))
  expect(results[5]?.evidence?.[0]).toMatchObject({ note: expect.stringContaining('n/a') })
})
