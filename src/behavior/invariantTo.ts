import { aboutDataset, type RunCheck, type RunContext } from '../checks/check.ts'
import { type DatasetColumn, isDatasetColumn } from '../dataset/dataset.ts'
import { REDACTED } from '../dataset/personal.ts'
import { ROW_NUMBER } from '../engine/engine.ts'
import { AssayError, textOf } from '../errors.ts'
import { columnNamed } from '../metrics/metric.ts'
import { isModel, type Model, type Predictions } from '../models/model.ts'
import { described, type Value } from '../models/value.ts'
import type { Perturbation } from '../perturbations/perturbation.ts'
import type { BehaviorExample } from '../results/checkResult.ts'
import { id, sql } from '../sql/sql.ts'
import { hash } from '../results/resultId.ts'
import { aboutModel } from './aboutModel.ts'
import { hashOf } from './caseKey.ts'
import { isScored } from './comparators/comparator.ts'
import {
  checkedPassRate,
  expectedRate,
  judgeRate,
  limitOf,
  type PassRateOptions,
  passRateOf,
  type Rated,
} from './passRate.ts'
import { shown } from './shown.ts'
import { failures, tally } from './tally.ts'
import { sameAnswer } from './withinTolerance.ts'

export interface InvarianceOptions extends PassRateOptions {
  /**
   * The inputs: a column of texts, or texts.
   * @example { over: reviews.column('text') }
   */
  readonly over: DatasetColumn | readonly string[]
  /**
   * How far a number may move: the answer, or numbers in its lists, objects and scores. Default 0; of an answer
   * `{ label, scores }` only the label is compared unless a tolerance is given. A label may never flip.
   * @example { tolerance: 0.05 }
   */
  readonly tolerance?: number
}

/**
 * The model's answer stays the same when the input is perturbed, for at least `passRate` of the inputs (default: all).
 * Answers are the same by value. An input that the perturbation leaves as it is, and a missing one, is counted and not
 * tested; `vacuous` when nothing is left. An input whose change or prediction failed, or whose answer is no JSON value,
 * is no pass and is counted apart: where the verdict hangs on such inputs, it is an error.
 */
export function invariantTo(model: Model, perturbation: Perturbation, options: InvarianceOptions): RunCheck {
  if (!isModel(model))
    throw new AssayError('wrong-argument', 'invariantTo needs a model', {
      hint: "make one: model('sentiment@1.4.0', (text) => classify(text))",
    })
  checkPerturbation(perturbation)
  const checked = checkedInvariance(options)
  const { over, tolerance } = checked
  const column = isDatasetColumn(over) ? over : undefined
  const { passRate, confidence, onInconclusive, severity } = checked
  const given = column && aboutDataset(column.dataset, [column.name])
  const table = column ? undefined : hash(over)
  const about = aboutModel(model, 'robustness', {
    asked: {
      perturbation: [perturbation.name, perturbation.seed],
      over: given?.question.follows ?? table,
    },
    limits: { over: given?.question.about, tolerance, passRate, confidence, onInconclusive, severity },
  })
  return {
    type: 'run',
    kind: 'invariantTo',
    family: 'behavior',
    subject: {
      ...about.subject,
      ...(column ? { reference: `${column.dataset.name}.${column.name}` } : {}),
      ...(given ? { referenceOf: { name: given.subject.name, source: given.subject.source as string } } : {}),
    },
    question: about.question,
    title: `same answer after ${perturbation.name}`,
    expected: expectedRate(checked, 'inputs'),
    limit: checked.passRate,
    ...(checked.severity ? { severity: checked.severity } : {}),
    ...(column ? { inputs: [column.dataset] } : {}),
    async run(context) {
      const inputs = column ? await texts(column, context) : (over as readonly string[])
      const pairs = inputs.flatMap((input, row) =>
        input === null ? [] : [{ row, input, ...changed(perturbation, input) }],
      )
      const tested = pairs.filter(({ input, text }) => text !== input)
      const asked = tested.filter((pair): pair is typeof pair & { text: string } => pair.text !== undefined)
      const { signal } = context
      const before = await model.predict(
        asked.map(({ input }) => input),
        { signal },
      )
      const after = await model.predict(
        asked.map(({ text }) => text),
        { signal },
      )
      const total = { ...tally(), cases: inputs.length }
      const failing = failures()
      const discreetly = failures()
      const common = commonOf([...before.values, ...after.values], tolerance)
      let k = 0
      for (const { row, input, text, problem } of tested) {
        const place = text === undefined ? -1 : k++
        const outcome = problem ?? judged(before, after, place, tolerance)
        total[outcome === true ? 'passed' : outcome === false ? 'failed' : 'errors']++
        if (outcome === true) continue
        const failed = { input, text, outcome, place, before, after, tolerance }
        failing.add(
          () => hashOf(input),
          () => example(failed),
        )
        // A hash of a personal text can be looked up.
        discreetly.add(
          () => `row ${row + 1}`,
          () => example(failed, common),
        )
      }
      const overall = passRateOf('robustness', total, limitOf(checked), checked.confidence)
      const judgement = judgeRate(overall, checked, 'inputs')
      return {
        ...judgement,
        ...(judgement.status === 'vacuous' && pairs.length > 0
          ? { message: `${perturbation.name} changed none of the ${pairs.length} inputs, so nothing was shown` }
          : {}),
        ...(column ? { discreet: [{ columns: [column.name], ...discreetly.evidence() }] } : {}),
        behavior: {
          type: 'INV',
          overall,
          capabilities: [overall],
          ...failing.evidence(),
          ...(table === undefined ? {} : { table }),
          perturbation: perturbation.name,
          unchanged: pairs.length - tested.length,
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

function checkPerturbation(perturbation: Perturbation): void {
  const wrong = (found: string): AssayError =>
    new AssayError('wrong-argument', `invariantTo ${found}`, { hint: 'e.g. perturb.typos()' })
  if (typeof perturbation?.apply !== 'function') throw wrong('needs a perturbation')
  const { name, seed } = perturbation
  if (typeof name !== 'string' || name === '') throw wrong('needs a perturbation with a name')
  if (!Number.isFinite(seed))
    throw wrong(`needs a perturbation with a number as seed; that of ${name} is ${textOf(seed)}`)
}

function checkedInvariance(options: InvarianceOptions): InvarianceOptions & Rated {
  const checked = checkedPassRate(options, 'invariantTo', ['over', 'tolerance'])
  const { over, tolerance } = checked
  if (
    tolerance !== undefined &&
    !(typeof tolerance === 'number' && tolerance >= 0 && tolerance < Number.POSITIVE_INFINITY)
  )
    throw new AssayError('wrong-argument', `invariantTo got tolerance: ${textOf(tolerance)}`, {
      hint: 'tolerance is how far a number may move: 0 or more',
    })
  if (isDatasetColumn(over)) return checked
  const given: readonly unknown[] = Array.isArray(over) ? Array.from(over) : [undefined]
  if (!given.every((text) => typeof text === 'string'))
    throw new AssayError('wrong-argument', 'invariantTo needs inputs to perturb', {
      hint: "say over: dataset('reviews.csv').column('text'), or over: ['a text', 'another']",
    })
  return Object.assign(checked, { over: given as readonly string[] })
}

/** The changed text; the reason where there is none. */
function changed(perturbation: Perturbation, input: string): { text: string | undefined; problem?: string } {
  try {
    const text: unknown = perturbation.apply(input)
    if (typeof text === 'string') return { text }
    return { text: undefined, problem: `${perturbation.name} made ${described(text)} of it, not a text` }
  } catch (error) {
    return { text: undefined, problem: `${perturbation.name} threw ${textOf(error)}` }
  }
}

/** Whether both answers at a place are the same; a text says why that cannot be told. */
function judged(
  before: Predictions,
  after: Predictions,
  place: number,
  tolerance: number | undefined,
): boolean | string {
  const error = before.errors.get(place) ?? after.errors.get(place)
  if (error !== undefined) return error
  const [was, is] = [before.values[place], after.values[place]]
  if (was === undefined || is === undefined) return 'has no answer'
  return sameAnswer(was, is, tolerance, before.untyped === true)
}

interface Failed {
  readonly input: string
  readonly text: string | undefined
  readonly outcome: string | false
  readonly place: number
  readonly before: Predictions
  readonly after: Predictions
  readonly tolerance: number | undefined
}

/** An answer as text: without its scores, unless a tolerance has them compared. */
function answerText(value: Value, tolerance: number | undefined): string {
  return shown(tolerance === undefined && isScored(value) ? value.label : value)
}

/** A failing input as it is shown; with the answers that may be told of it where the inputs are personal. */
function example(
  { input, text, outcome, place, before, after, tolerance }: Failed,
  common?: ReadonlySet<string>,
): BehaviorExample {
  const answer = (value: Value | undefined): string => {
    const whole = value === undefined ? shown(value) : answerText(value, tolerance)
    return common && !common.has(whole) ? REDACTED : whole
  }
  const was = before.values[place] === undefined ? undefined : answer(before.values[place])
  const error = common ? 'error' : shown(`error: ${outcome}`)
  return {
    input: common ? REDACTED : shown(input),
    ...(text === undefined ? {} : { perturbed: common ? REDACTED : shown(text) }),
    expected: was ?? 'an answer',
    got: outcome === false ? answer(after.values[place]) : error,
    ...(was === undefined ? {} : { before: was }),
  }
}

/** An answer that so many inputs got is a label, which tells nothing about one of them. */
const COMMON = 6

function commonOf(values: readonly (Value | undefined)[], tolerance: number | undefined): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const value of values) {
    if (value === undefined) continue
    const text = answerText(value, tolerance)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return new Set([...counts].filter(([, count]) => count >= COMMON).map(([text]) => text))
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
