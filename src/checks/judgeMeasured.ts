import { relationOf } from '../dataset/opened.ts'
import type { Relation } from '../engine/engine.ts'
import { workingWith } from '../engine/meanwhile.ts'
import type { Metric, MetricContext } from '../metrics/metric.ts'
import { type CheckInfo, type Judgement, type MeasuredCheck, type MetricValues, noted } from './check.ts'
import type { JudgingContext } from './judgingContext.ts'
import { measure } from './measure.ts'
import { sampleOf } from './rows/samples.ts'

/** Judges a check by what it measures; a failure has the first of its rows. */
export async function judgeMeasured(check: MeasuredCheck, judging: JudgingContext): Promise<Judgement> {
  const opened = await relationOf(check.inputs[0])
  return workingWith(opened, () => judgeRelation(check, opened, judging))
}

async function judgeRelation(
  check: MeasuredCheck,
  opened: Relation,
  { signal, now, past }: JudgingContext,
): Promise<Judgement> {
  await check.vet?.(opened, { signal })
  let relation = (await check.read?.(opened, { signal })) ?? opened
  const about = (): MetricContext => ({ dialect: relation.engine.dialect, columns: relation.columns })
  let measured = await measure(relation, check.metrics(about()), signal)
  const again = (await check.reread?.(measured.values, relation, { signal })) ?? relation
  if (again !== relation) {
    relation = again
    measured = await measure(relation, check.metrics(about()), signal)
  }
  const context = about()
  const exact = check.exact?.(measured.values, context)
  if (exact) {
    const more = await measure(relation, exact as Record<string, Metric>, signal)
    measured = { values: { ...measured.values, ...more.values }, sql: [...measured.sql, ...more.sql] }
  }
  const { values, sql } = measured
  const first = check.judge(values, {
    ...context,
    now,
    get history() {
      return past(check)
    },
  })
  if (['pass', 'vacuous', 'inconclusive'].includes(first.status)) return { sql, ...first }
  const judgement = await explained(check, first, values, relation, signal)
  const failing = judgement.evidence ? undefined : check.failing?.(values, context)
  if (!failing || failing.total === 0) return { sql, ...judgement }
  return { sql, ...judgement, evidence: [await sampleOf(check.inputs[0], relation, failing, { signal })] }
}

/** A failure with what another look at the rows says of it. */
async function explained(
  check: MeasuredCheck,
  judgement: Judgement,
  values: MetricValues<Record<string, Metric>>,
  relation: Relation,
  signal: AbortSignal | undefined,
): Promise<Judgement> {
  if (judgement.status !== 'fail' || judgement.message !== undefined) return judgement
  const note = await check.explain?.(values, relation, { signal })
  return note === undefined ? judgement : noted(judgement, note, columnsOf(check))
}

const columnsOf = ({ subject: { column } }: CheckInfo): readonly string[] | 'any' =>
  column === undefined ? 'any' : [column]
