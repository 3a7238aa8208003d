import type { DatasetColumn } from '../../dataset/dataset.ts'
import { relationOf } from '../../dataset/opened.ts'
import { keyOf, type TextsMetric } from '../../metrics/metric.ts'
import { missingCount } from '../../metrics/kinds/missingCount.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { canonical } from '../../results/canonical.ts'
import { isIn } from '../../sql/dialect.ts'
import { id, raw, sql } from '../../sql/sql.ts'
import { readAsAsked } from '../askedReading.ts'
import type { CheckInfo, RunCheck } from '../check.ts'
import { numberOf } from '../numberOf.ts'
import type { RowCheckOptions } from '../parameters/options.ts'
import { judgeRows } from './judgeRows.ts'
import { cellIn, type RowJudge, ruleInfo, type RuleWords } from './rowRule.ts'

/** How a text is judged that only JavaScript can judge; `breaks` throws where the question is wrong for the column. */
export interface TextJudge extends RowJudge {
  readonly holds: (text: string) => boolean
  /** What says which texts hold: it, and what it was asked with. */
  readonly by: readonly [definition: object, values: unknown]
}

/** A check of the texts of a column by a rule that is no kind of its own. */
export function textRuleCheck(
  column: DatasetColumn,
  { holds, ...words }: RuleWords & Pick<TextJudge, 'holds'>,
  options: RowCheckOptions,
): RunCheck {
  return textwiseCheck(
    column,
    { holds, by: [holds, []], breaks: () => raw('(1 = 0)') },
    ruleInfo(column, words, options),
    options,
  )
}

/** A check of row values judged in JavaScript, once per distinct value, in pages of bounded size. */
export function textwiseCheck(
  { dataset, name }: DatasetColumn,
  judge: TextJudge,
  info: CheckInfo,
  { mostly = 1, nulls = 'ignore' }: RowCheckOptions,
): RunCheck {
  const [definition, statement] = judge.by
  const metrics = {
    rows: rowCount(),
    missing: missingCount(name),
    refused: {
      pass: 'texts',
      name: 'refusedTexts',
      key: keyOf('refusedTexts', [name], [numberOf(definition), canonical(statement)]),
      columns: [name],
      title: info.title,
      holds: judge.holds,
    } satisfies TextsMetric,
  }
  return {
    type: 'run',
    ...info,
    inputs: [dataset],
    async needs({ relation: opened }) {
      const { columns, engine } = await opened(dataset)
      const about = { columns, dialect: engine.dialect }
      judge.breaks(cellIn(about, name), about)
      return Object.values(metrics)
    },
    async run({ signal }) {
      const opened = await relationOf(dataset)
      const relation = judge.asks ? await readAsAsked(opened, name, judge.asks, { signal }) : opened
      const about = { dialect: relation.engine.dialect, columns: relation.columns }
      judge.breaks(cellIn(about, name), about)
      const { measure } = await import('../measure.ts')
      const { values: counts } = await measure(relation, metrics, signal)
      const { rows, missing, refused } = counts
      const judgement = judgeRows({ rows, missing, broken: refused.rows, mostly, nulls })
      if (judgement.status !== 'fail') return judgement
      const column = id(name)
      const withNulls = nulls === 'fail' && missing > 0
      const where = withNulls ? sql`(${isIn(column, refused.texts)} or ${column} is null)` : isIn(column, refused.texts)
      const total = refused.rows + (withNulls ? missing : 0)
      const { sampleOf } = await import('../rows/samples.ts')
      return {
        ...judgement,
        evidence: [await sampleOf(dataset, relation, { where, marked: [name], total }, { signal })],
      }
    },
  }
}
