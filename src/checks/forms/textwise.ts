import type { DatasetColumn } from '../../dataset/dataset.ts'
import { relationOf } from '../../dataset/opened.ts'
import type { Relation } from '../../engine/engine.ts'
import { missingCount } from '../../metrics/missingCount.ts'
import { rowCount } from '../../metrics/rowCount.ts'
import { isIn } from '../../sql/dialect.ts'
import { id, raw, sql } from '../../sql/sql.ts'
import { eachWithinTime } from '../../sql/withinTime.ts'
import { readAsAsked } from '../askedReading.ts'
import type { CheckInfo, RunCheck } from '../check.ts'
import type { RowCheckOptions } from '../parameters/options.ts'
import { judgeRows } from './judgeRows.ts'
import { cellIn, type RowJudge, ruleInfo, type RuleWords } from './rowRule.ts'

/** How a text is judged that only JavaScript can judge; `breaks` throws where the question is wrong for the column. */
export interface TextJudge extends RowJudge {
  readonly holds: (text: string) => boolean
}

/** Distinct values read at a time. */
const PAGE = 50_000
/** Distinct failing values among which failing rows are looked for; all failing rows are counted. */
const KEPT = 1000

/** A check of the texts of a column by a rule that is no kind of its own. */
export function textRuleCheck(
  column: DatasetColumn,
  { holds, ...words }: RuleWords & Pick<TextJudge, 'holds'>,
  options: RowCheckOptions,
): RunCheck {
  return textwiseCheck(column, { holds, breaks: () => raw('(1 = 0)') }, ruleInfo(column, words, options), options)
}

/** A check of row values judged in JavaScript, once per distinct value, in pages of bounded size. */
export function textwiseCheck(
  { dataset, name }: DatasetColumn,
  judge: TextJudge,
  info: CheckInfo,
  { mostly = 1, nulls = 'ignore' }: RowCheckOptions,
): RunCheck {
  return {
    type: 'run',
    ...info,
    inputs: [dataset],
    async run(context) {
      const { signal } = context
      const opened = await relationOf(dataset)
      const relation = judge.asks ? await readAsAsked(opened, name, judge.asks, { signal }) : opened
      const about = { dialect: relation.engine.dialect, columns: relation.columns }
      judge.breaks(cellIn(about, name), about)
      const { rows, missing } = await context.measure(dataset, { rows: rowCount(), missing: missingCount(name) })
      const { broken, values } = await failingValues(relation, name, { holds: judge.holds, title: info.title }, signal)
      const judgement = judgeRows({ rows, missing, broken, mostly, nulls })
      if (judgement.status !== 'fail') return judgement
      const column = id(name)
      const withNulls = nulls === 'fail' && missing > 0
      const where = withNulls ? sql`(${isIn(column, values)} or ${column} is null)` : isIn(column, values)
      const total = broken + (withNulls ? missing : 0)
      const { sampleOf } = await import('../samples.ts')
      return {
        ...judgement,
        evidence: [await sampleOf(dataset, relation, { where, marked: [name], total }, { signal })],
      }
    },
  }
}

async function failingValues(
  { engine, from }: Relation,
  name: string,
  { holds, title }: { readonly holds: (text: string) => boolean; readonly title: string },
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
