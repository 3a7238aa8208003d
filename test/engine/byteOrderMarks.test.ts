import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { sql } from '../../src/sql/sql.ts'
import { temporaryFile } from '../helpers/files.ts'
import { relationOf } from '../../src/dataset/opened.ts'

const mark = '\uFEFF'
const long = `${mark}more than twelve bytes`
const texts = [mark, `${mark}a`, `${mark}${mark}`, long, 'a', '', `a${mark}`, '\uFEBF', null]

test('a text keeps the byte order mark it begins with', async () => {
  const rows = await dataset(texts.map((a) => ({ a }))).rows()
  expect(rows.map(({ a }) => a)).toEqual(texts)
})

test('so does one within lists, structs, maps, arrays and unions', async () => {
  const { engine } = await relationOf(dataset([{}]))
  const nested = [['x'], [mark, long], [], [`${mark}a`, 'x']].map((a) => ({ a, b: [{ c: a[0] ?? null }] }))
  expect(await dataset(nested).rows()).toEqual(nested)
  const [row] = await engine.query(
    sql`select map {${long}: [${mark}]}, array_value(${long}, 'x', ${mark}), union_value(t := ${long}),
      struct_pack(a := array_value(struct_pack(b := ${mark})))`,
  )
  const { length } = (row ?? []) as readonly unknown[]
  expect(length).toBe(4)
  expect(row).toEqual([[{ key: long, value: [mark] }], [long, 'x', mark], long, { a: [{ b: mark }] }])
})

test('of a file only the mark of the file is left out', async () => {
  const file = await temporaryFile('a.csv', `${mark}a,b\n${mark}x,1\n${long},2\n`)
  expect(await dataset(file).rows()).toEqual([
    { a: `${mark}x`, b: 1n },
    { a: long, b: 2n },
  ])
})
