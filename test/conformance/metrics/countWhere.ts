import { countWhere } from '../../../src/metrics/index.ts'
import { id, sql } from '../../../src/sql/sql.ts'
import { text } from '../awkward.ts'
import type { Metric } from '../../../src/metrics/metric.ts'

const cases: readonly Metric[] = [
  countWhere({ key: 'small', columns: ['small'], sql: () => sql`${id('small')} > ${1}` }),
  countWhere({ key: 'text', columns: [text], sql: () => sql`${id(text)} = ${"'; drop table t; --"}` }),
]
export default cases
