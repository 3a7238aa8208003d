import type { RunCheck, RunContext } from '../checks/check.ts'
import { type DatasetColumn, isDatasetColumn } from '../dataset/dataset.ts'
import { ROW_NUMBER } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { columnNamed } from '../metrics/metric.ts'
import { isModel, type Model } from '../models/model.ts'
import type { Perturbation } from '../perturbations/perturbation.ts'
import type { BehaviorExample } from '../results/checkResult.ts'
import { id, sql } from '../sql/sql.ts'
import { answerOf } from './comparison.ts'
import { EXAMPLES } from './passMft.ts'
import { checkedPassRate, expectedRate, judgeRate, type PassRateOptions, passRateOf } from './passRate.ts'
import { shown } from './shown.ts'

export interface InvarianceOptions extends PassRateOptions {
  /**
   * The inputs: a column of texts, or texts.
   * @example { over: reviews.column('text') }
   */
  readonly over: DatasetColumn | readonly string[]
  /**
   * How far a number may move; default 0. A label may never flip.
   * @example { tolerance: 0.05 }
   */
  readonly tolerance?: number
}

/** Text that stands for an input of a tagged column. */
const REDACTED = '[redacted]'

/**
 * The model's answer stays the same when the input is perturbed, for at least `passRate` of the inputs (default: all).
 * An input that the perturbation leaves as it is, and a missing one, is counted and not tested; `vacuous` when nothing
 * is left. Failed predictions count against the rate and are counted apart.
 */
export function invariantTo(model: Model, perturbation: Perturbation, options: InvarianceOptions): RunCheck {
  if (!isModel(model))
    throw new AssayError('wrong-argument', 'invariantTo needs a model', {
      hint: "make one: model('sentiment@1.4.0', (text) => classify(text))",
    })
  if (typeof perturbation?.apply !== 'function')
    throw new AssayError('wrong-argument', 'invariantTo needs a perturbation', { hint: 'e.g. perturb.typos()' })
  const { over, tolerance = 0 } = options ?? {}
  if (!isDatasetColumn(over) && !(Array.isArray(over) && over.every((one) => typeof one === 'string'))) {
    throw new AssayError('wrong-argument', 'invariantTo needs inputs to perturb', {
      hint: "say over: dataset('reviews.csv').column('text'), or over: ['a text', 'another']",
    })
  }
  if (!(tolerance >= 0))
    throw new AssayError('wrong-argument', `invariantTo got tolerance: ${String(tolerance)}`, {
      hint: 'tolerance is how far a number may move: 0 or more',
    })
  const checked = checkedPassRate(options, 'invariantTo', ['over', 'tolerance'])
  const limit = checked.passRate.min ?? checked.passRate.gt ?? 0
  const column = isDatasetColumn(over) ? over : undefined
  return {
    type: 'run',
    kind: 'invariantTo',
    family: 'behavior',
    subject: {
      type: 'model',
      name: model.name,
      capability: 'robustness',
      ...(column ? { reference: `${column.dataset.name}.${column.name}` } : {}),
    },
    title: `same answer after ${perturbation.name}`,
    expected: expectedRate(checked, 'inputs'),
    limit: checked.passRate,
    ...(checked.severity ? { severity: checked.severity } : {}),
    discriminator: perturbation.name,
    ...(column ? { datasets: [column.dataset] } : {}),
    async run(context) {
      const inputs = column ? await texts(column, context) : (over as readonly string[])
      const present = inputs.filter((input) => input !== null)
      const changed = present.map((input) => perturbation.apply(input))
      const places = present.flatMap((input, i) => (input === changed[i] ? [] : [i]))
      const { signal } = context
      const before = await model.predict(
        places.map((i) => present[i]),
        { signal },
      )
      const after = await model.predict(
        places.map((i) => changed[i]),
        { signal },
      )
      const total = { cases: inputs.length, passed: 0, failed: 0, errors: 0 }
      const examples: BehaviorExample[] = []
      const secret = column?.dataset.pii.includes(column.name) ?? false
      places.forEach((i, k) => {
        const error = before.errors.get(k) ?? after.errors.get(k)
        const [was, is] = [answerOf(before.values[k]), answerOf(after.values[k])]
        if (error === undefined && same(was, is, tolerance)) {
          total.passed++
          return
        }
        total[error === undefined ? 'failed' : 'errors']++
        if (examples.length >= EXAMPLES) return
        const answer = (value: unknown): string => {
          const text = shown(value)
          const echo = secret && [present[i], changed[i]].some((input) => text.includes(input as string))
          return echo ? REDACTED : text
        }
        examples.push({
          input: secret ? REDACTED : shown(present[i]),
          perturbed: secret ? REDACTED : shown(changed[i]),
          expected: before.errors.has(k) ? 'an answer' : answer(was),
          got: error === undefined ? answer(is) : secret ? 'error' : `error: ${error}`,
          ...(before.errors.has(k) ? {} : { before: answer(was) }),
        })
      })
      const overall = passRateOf('robustness', total, limit, checked.confidence)
      const judgement = judgeRate(overall, checked, 'inputs')
      const unchanged = present.length - places.length
      return {
        ...judgement,
        ...(judgement.status === 'vacuous' && present.length > 0
          ? { message: `${perturbation.name} changed none of the ${present.length} inputs, so nothing was shown` }
          : {}),
        behavior: {
          type: 'INV',
          overall,
          capabilities: [overall],
          examples,
          perturbation: perturbation.name,
          unchanged,
          seed: perturbation.seed,
        },
        lineage: {
          seed: perturbation.seed,
          model: { name: model.name, ...(model.fingerprint ? { fingerprint: model.fingerprint } : {}) },
        },
      }
    },
  }
}

function same(before: unknown, after: unknown, tolerance: number): boolean {
  if (typeof before === 'number' && typeof after === 'number') return Math.abs(before - after) <= tolerance
  return before === after || (typeof before === 'object' && JSON.stringify(before) === JSON.stringify(after))
}

/** The column's texts in row order; null where missing. */
async function texts(
  { dataset, name }: DatasetColumn,
  { relation, signal }: RunContext,
): Promise<readonly (string | null)[]> {
  const { engine, columns, from, numbered } = await relation(dataset)
  const column = columnNamed(columns, name)
  const text = engine.dialect.text(id(column.rawName ?? name))
  const rows = await engine.query(
    numbered ? sql`select ${text} from ${numbered} order by ${id(ROW_NUMBER)}` : sql`select ${text} from ${from}`,
    { signal },
  )
  return rows.map(([value]) => (value === null || value === undefined ? null : String(value)))
}
