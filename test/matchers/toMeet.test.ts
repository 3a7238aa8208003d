import { tableFromArrays } from 'apache-arrow'
import { expect, test } from 'vitest'
import { toMeet, toMeetAll } from '../../matchers/toMeet.ts'
import { type Check, rowCount, valuesBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import type { Dataset } from '../../src/dataset/model.ts'
import { sql } from '../../src/sql/sql.ts'

const context = {} as never
/** Two datasets that are called alike and hold other rows. */
const pairs: readonly (readonly [Dataset, Dataset])[] = [
  [dataset([{ a: 1 }]), dataset([{ a: -1 }, { a: 2 }])],
  [dataset({ a: [1] }), dataset({ a: [-1, 2] })],
  [dataset(tableFromArrays({ a: [1] })), dataset(tableFromArrays({ a: [-1, 2] }))],
]

test('a check of other data in memory that is called alike is refused', () => {
  for (const [good, bad] of pairs) {
    const query = (data: Dataset) => dataset(sql`select a from ${data} where ${sql`a < (select max(a) from ${data})`}`)
    const ways: readonly ((data: Dataset) => Dataset)[] = [
      (data) => data,
      (data) => data.where({ a: [1, 2] }),
      (data) => data.sample(1),
      (data) => data.with({ key: 'a' }),
      query,
      (data) => query(data).where({ a: 1 }),
    ]
    for (const way of ways) {
      const refused = /^toMeet\w* got a check of .* but expect\(\) got .*, which holds other data\n/
      const check = () => rowCount(way(good), 1)
      expect(() => toMeet.check(way(bad), [check()], context)).toThrow(refused)
      expect(() => toMeetAll.check(way(bad), [[rowCount(way(bad), 2), check()]], context)).toThrow(refused)
      const column = valuesBetween(way(good).column('a'), { min: 0 })
      expect(() => toMeet.check(way(bad).column('a'), [column], context)).toThrow(refused)
      const own: Check = rowCount(way(bad), 2)
      expect(toMeet.check(way(bad), [own], context)).toBe(own)
    }
  }
})

test('a file is the same whoever opened it', () => {
  const check = rowCount(dataset('orders.csv').where({ a: 1 }), 1)
  expect(toMeet.check(dataset('orders.csv').where({ a: 1 }), [check], context)).toBe(check)
  const listed = rowCount(dataset(['a.csv', 'b.csv']), 1)
  expect(toMeet.check(dataset(['a.csv', 'b.csv']), [listed], context)).toBe(listed)
})
