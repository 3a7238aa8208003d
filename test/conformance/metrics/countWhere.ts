import { countWhere } from '../../../src/metrics/index.ts'
import { id, sql } from '../../../src/sql/sql.ts'
import { text } from '../awkward.ts'
import { metricCase } from '../naive.ts'

export default [
  metricCase(
    countWhere({ key: 'small', columns: ['small'], sql: () => sql`${id('small')} > ${1}` }),
    (rows) => rows.filter(({ small }) => typeof small === 'number' && small > 1).length,
  ),
  metricCase(
    countWhere({ key: 'text', columns: [text], sql: () => sql`${id(text)} = ${"'; drop table t; --"}` }),
    (rows) => rows.filter((row) => row[text] === "'; drop table t; --").length,
  ),
]
