import { expect, test } from 'vitest'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { all, any, isIn } from '../../src/sql/dialect.ts'
import { join, raw, sql } from '../../src/sql/sql.ts'

test('all of no predicates is true, any of none is false, and nothing is in an empty list', async () => {
  const engine = await sharedDuckDB()
  const predicates = [all([]), any([]), isIn(raw('1'), []), isIn(raw('1'), [2, 1]), all([raw('true'), raw('false')])]
  const [row] = await engine.query(sql`select ${join(predicates)}`)
  expect(row).toEqual([true, false, false, true, false])
})
