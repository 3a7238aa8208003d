import path from 'node:path'
import { expect, test } from 'vitest'
import { evaluate, rowCount, valuesBetween } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { opened, refusal, textFiles } from './helpers.ts'
import { sql } from '../../../src/sql/sql.ts'
import { relationOf } from '../../../src/dataset/opened.ts'
import { rowsOf } from '../../helpers/blocks.ts'

const file = textFiles()

test('files in a list are one relation; failing rows say their file, their row in it and its line', async () => {
  const one = file('one.csv', 'a,b\n1,"x\ny"\n2,z\n')
  const two = file('two.csv', 'b;a\nx;3\n\n"y\n";400\nz;5\n')
  const data = dataset([one, two])
  expect((await data.rows()).map(({ a }) => a)).toEqual([1n, 2n, 3n, 400n, 5n])
  const [result] = await evaluate(valuesBetween(data.column('a'), { min: 2, max: 100 }))
  expect(rowsOf(result)).toMatchObject({
    rowNumbers: [1, 2],
    files: [one, two],
    lines: [2, 4],
    rows: [
      ['1', 'x\ny'],
      ['400', 'y\n'],
    ],
  })
})

test('the findings of every file count, and its broken records are left out', async () => {
  const good = file('good.csv', 'a,b\n1,2\n')
  const broken = file('broken.csv', 'a,b\n3\n4,5\n6,7,8\n')
  const { rows, findings, rowsLost } = await opened([good, broken])
  expect(rows).toEqual([
    [1n, 2n],
    [4n, 5n],
  ])
  expect(rowsLost).toBe(2)
  expect(findings).toMatchObject([{ line: 2 }, { line: 4 }])
  const results = await evaluate(rowCount(dataset([good, broken]), 2))
  expect(results.map(({ kind, status }) => [kind, status])).toEqual([
    ['rowCount', 'pass'],
    ['wellFormed', 'fail'],
  ])
})

test('a glob of hundreds of files keeps rows in the order of the files', async () => {
  let folder = ''
  for (let i = 0; i < 300; i++)
    folder = path.dirname(file(`part-${String(i).padStart(3, '0')}.csv`, `i,j\n${i},0\n${i},1\n`))
  const { numbered, engine } = await relationOf(dataset(`${folder}/part-*.csv`))
  const table = numbered as NonNullable<typeof numbered>
  const inOrder = sql`select count(*), bool_and(__assay_row = 2 * i + j + 1 and __assay_file_row = j + 1) from ${table}`
  expect(await engine.query(inOrder)).toEqual([[600n, true]])
})

test('files with other columns are refused, by name', async () => {
  const one = file('left.csv', 'a,b\n1,2\n')
  const other = file('right.csv', 'a,c\n1,2\n')
  expect(await refusal([one, other])).toMatch(
    /right.csv" has other columns than .*left.csv": it lacks "b" and has "c" besides/,
  )
})

test('types are read off all files', async () => {
  const { rows } = await opened([file('numbers.csv', 'a\n1\n'), file('words.csv', 'a\nx\n')])
  expect(rows).toEqual([['1'], ['x']])
})
