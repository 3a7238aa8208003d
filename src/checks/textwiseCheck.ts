import type { DatasetColumn } from '../dataset/dataset.ts'
import type { Relation } from '../engine/engine.ts'
import type { MetricContext } from '../metrics/metric.ts'
import { missingCount } from '../metrics/missingCount.ts'
import { rowCount } from '../metrics/rowCount.ts'
import { isIn } from '../sql/dialect.ts'
import { id, sql } from '../sql/sql.ts'
import { eachWithinTime } from '../sql/withinTime.ts'
import { readAsAsked } from './askedReading.ts'
import type { RunCheck } from './check.ts'
import { judgeRows, type RowCheckOptions, type RowRule, ruleInfo } from './rowCheck.ts'
import { sampleOf } from './samples.ts'
import { relationOf } from '../dataset/opened.ts'

/** A statement about each text that only JavaScript can judge. */
export interface TextRule extends Omit<RowRule, 'violates'> {
  readonly holds: (text: string) => boolean
  /** Throws an AssayError when the question is wrong for the column. */
  accepts(context: MetricContext): void
}

/** Distinct values read at a time. */
const PAGE = 50_000
/** Distinct failing values among which failing rows are looked for; all failing rows are counted. */
const KEPT = 1000

/** A check of row values judged in JavaScript, once per distinct value, in pages of bounded size. */
export function textwiseCheck({ dataset, name }: DatasetColumn, rule: TextRule, options: RowCheckOptions): RunCheck {
  const { mostly = 1, nulls = 'ignore' } = options
  return {
    type: 'run',
    ...ruleInfo({ dataset, name }, rule, options),
    datasets: [dataset],
    async run(context) {
      const { signal } = context
      const opened = await relationOf(dataset)
      const relation = rule.asks ? await readAsAsked(opened, name, rule.asks, { signal }) : opened
      rule.accepts({ dialect: relation.engine.dialect, columns: relation.columns })
      const { rows, missing } = await context.measure(dataset, { rows: rowCount(), missing: missingCount(name) })
      const { broken, values } = await failingValues(relation, name, rule, signal)
      const judgement = judgeRows({ rows, missing, broken, mostly, nulls })
      if (judgement.status !== 'fail') return judgement
      const column = id(name)
      const withNulls = nulls === 'fail' && missing > 0
      const where = withNulls ? sql`(${isIn(column, values)} or ${column} is null)` : isIn(column, values)
      const total = broken + (withNulls ? missing : 0)
      return { ...judgement, sample: await sampleOf(dataset, relation, { where, marked: [name], total }, { signal }) }
    },
  }
}

async function failingValues(
  { engine, from }: Relation,
  name: string,
  { holds, title }: TextRule,
  signal: AbortSignal | undefined,
): Promise<{ broken: number; values: string[] }> {
  const column = id(name)
  const values: string[] = []
  let broken = 0
  let after = sql`${column} is not null`
  for (;;) {
    const page = await engine.query(
      sql`select ${column}, count(*) from ${from} where ${after} group by ${column} order by ${column} limit ${PAGE}`,
      { signal },
    )
    const held = await eachWithinTime(title, page, ([value]) => holds(String(value)), { signal })
    const failing = page.filter((_, i) => !held[i])
    for (const [value, count] of failing) {
      broken += Number(count)
      if (values.length < KEPT) values.push(String(value))
    }
    if (page.length < PAGE) return { broken, values }
    after = sql`${column} > ${String(page.at(-1)?.[0])}`
  }
}
