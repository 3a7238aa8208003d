import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { pagesOf } from '../../src/engine/pages.ts'
import { sql } from '../../src/sql/sql.ts'
import { queriesOf } from '../helpers/queries.ts'

const ROWS = 30_000
const numbers = dataset({ n: Array.from({ length: ROWS }, (_, i) => i) }, { name: 'numbers' })

test.each([
  ['all rows', numbers, Array.from({ length: ROWS }, (_, i) => i), false],
  ['every other row', numbers.where(sql`n % 2 = 0`), Array.from({ length: ROWS / 2 }, (_, i) => 2 * i), false],
  ['few rows of many', numbers.where(sql`n in (3, 17000, 29999)`), [3, 17_000, 29_999], true],
  ['no rows', numbers.where(sql`n < 0`), [], false],
] as const)(
  '%s come once and in their order, copied where few of many are looked for',
  async (_, data, rows, isCopied) => {
    const relation = await relationOf(data)
    const found: number[] = []
    const queries = await queriesOf(relation, async () => {
      for await (const { table } of pagesOf(relation, sql`*`, { size: 1000 })) {
        const page = await relation.engine.query(sql`select n from ${table} order by n`)
        expect(page.length).toBeLessThanOrEqual(1000)
        found.push(...page.map(([n]) => Number(n)))
      }
    })
    expect(found).toEqual(rows)
    expect(queries.filter((query) => query.startsWith('create temp table')).length).toBe(Number(isCopied))
    expect(queries.filter((query) => query.startsWith('drop table')).length).toBe(Number(isCopied))
  },
)
