import type { Judgement, RunCheck, RunContext } from '../../checks/check.ts'
import { AssayError, kindOf, nearest, textOf, wrongArgument } from '../../errors.ts'
import type { Answer } from '../../models/answer.ts'
import { answersTo } from '../../models/answersTo.ts'
import type { Model } from '../../models/model.ts'
import { exactText } from '../../words/text/numbers.ts'
import { aboutModel, checkModel } from '../aboutModel.ts'
import { hashOf } from '../caseKey.ts'
import { discreetRow, type GivenInputs, givenInputs, type Input, type Inputs } from '../inputs.ts'
import { judgeInputs } from '../judgeInputs.ts'
import { Monotonicity, type ScoredPair } from '../monotonicity.ts'
import { checkedPassRate, type PassRateOptions, ratedInfo, statedRate } from '../passRate.ts'
import type { Judged, CaseOutcome } from '../outcome.ts'
import { type Failed, type RunFindings, Unasked } from '../run/definition.ts'
import { run } from '../run/run.ts'
import { checkScore, type ScoreOf, scoreIn } from '../scoreOf.ts'
import { shown } from '../shown.ts'

/** What `monotonicIn` can be told. */
export interface MonotonicOptions extends PassRateOptions {
  /**
   * The inputs, which are records: rows of a dataset, or objects.
   * @example { over: dataset('applicants.csv') }
   */
  readonly over: Inputs
  /**
   * Whether the score rises with the field (true) or falls (false); it may stay.
   * @example { increasing: true }
   */
  readonly increasing: boolean
  /**
   * Which number of the answer is meant: the score of a label, a number by its name, or what a function reads. Default:
   * the answer itself, which must be a number.
   * @example { score: 'approve' }
   */
  readonly score?: ScoreOf
  /**
   * The values that the field is given, in each input. Default: ten from the least to the greatest of the first thousand
   * inputs, whole numbers where those are.
   * @example { values: [0, 20_000, 50_000, 100_000] }
   */
  readonly values?: readonly number[]
  /**
   * How far the score may move the wrong way, in all steps together; default 0.
   * @example { tolerance: 0.001 }
   */
  readonly tolerance?: number
}

const GRID = 10
const LOOKED = 1000
const SHRUNK = 20

/**
 * A score of the model never falls (or never rises) as a numeric field of the input grows and all else stays: for at
 * least `passRate` of the inputs (default: all). The first failing pairs are shrunk to the smallest change of the field
 * that still fails. An input without a number in the field is counted and not tested.
 */
export function monotonicIn(model: Model, field: string, options: MonotonicOptions): RunCheck {
  checkModel(model, 'monotonicIn')
  const wrong = wrongArgument('monotonicIn')
  if (typeof field !== 'string' || field === '') throw wrong(`got ${kindOf(field)} as field`, "e.g. 'income'")
  const checked = checkedPassRate(options, 'monotonicIn', ['over', 'increasing', 'score', 'values', 'tolerance'])
  const { over, increasing, score, values, tolerance = 0 } = checked
  checkScore(score, 'monotonicIn')
  if (typeof increasing !== 'boolean')
    throw wrong(`got increasing: ${textOf(increasing)}`, 'say whether the score rises with the field: true or false')
  if (!(typeof tolerance === 'number' && tolerance >= 0 && tolerance < Number.POSITIVE_INFINITY))
    throw wrong(`got tolerance: ${textOf(tolerance)}`, 'it is how far the score may move the wrong way: 0 or more')
  const grid = values === undefined ? undefined : gridOf(values, wrong)
  const inputs = givenInputs(over, 'monotonicIn', 'over')
  const about = aboutModel(model, 'monotonicity', {
    statement: {
      field,
      increasing,
      score: typeof score === 'function' ? String(score) : score,
      over: inputs.statement,
    },
    limits: { over: inputs.limits, values, tolerance, ...statedRate(checked) },
  })
  return {
    type: 'run',
    kind: 'monotonicIn',
    family: 'behavior',
    subject: { ...about.subject, ...inputs.subject },
    question: about.question,
    title: `score ${increasing ? 'never falls' : 'never rises'} as ${JSON.stringify(field)} grows`,
    ...ratedInfo(checked, 'inputs', inputs),
    run: (context) =>
      judge({ model, field, grid, inputs, checked, monotonicity: new Monotonicity(increasing, tolerance) }, context),
  }
}

interface MonotonicQuestion {
  readonly model: Model
  readonly field: string
  readonly checked: ReturnType<typeof checkedPassRate<MonotonicOptions>>
  /** The values that are asked about; those of the first inputs where none are named. */
  readonly grid: readonly number[] | undefined
  readonly inputs: GivenInputs
  readonly monotonicity: Monotonicity
}

async function judge(question: MonotonicQuestion, context: RunContext): Promise<Judgement> {
  const { model, field, inputs, checked } = question
  const steps = question.grid ?? (await gridIn(inputs.read(context), field))
  const ran = await scoresAlong(steps, question, context)
  // Where it was asked from and to are values of the inputs.
  const words = `${field} from ${exactText(steps[0] ?? 0)} to ${exactText(steps.at(-1) ?? 0)}`
  const perturbation = { words, discreet: field }
  const judged = judgeInputs(ran, { test: 'DIR', capability: 'monotonicity', checked, inputs, model, perturbation })
  const message =
    steps.length === 1
      ? `there is one value of ${JSON.stringify(field)} alone, so nothing was shown: say which to ask about, e.g. values: [1, 2, 3]`
      : `no input has a number in ${JSON.stringify(field)} that could be changed, so nothing was shown`
  return judged.status === 'vacuous' ? { ...judged, message } : judged
}

/** Asks for the score of each input with each value in its field, and shrinks the first pairs that fail. */
function scoresAlong(
  steps: readonly number[],
  { model, field, inputs, monotonicity, checked: { score } }: MonotonicQuestion,
  context: RunContext,
): Promise<RunFindings> {
  const query = { signal: context.signal, personal: inputs.isPersonal() }
  const scored = (answer: Answer): number | string => scoreIn(answer, score, model.untyped === true)
  const withOwn = (own: number): readonly number[] => [...new Set([...steps, own])].sort((a, b) => a - b)
  let shrunk = 0
  let shrinking: Promise<unknown> = Promise.resolve()
  const pairs = new Map<number, ScoredPair>()
  const smallest = async (pair: ScoredPair, { input, row }: Input): Promise<Judged> => {
    const least = await monotonicity.smallest(pair, async (value) => {
      const [answer] = await answersTo(model, [{ ...(input as object), [field]: value }], query)
      return answer?.error ?? scored(answer as Answer)
    })
    pairs.set(row, least)
    return judgedAs(least)
  }
  return run<Input>(inputs.read(context), {
    model,
    ...query,
    ask: ({ input }) => {
      const own = numberAt(input, field)
      if (own instanceof Unasked || own === undefined) return own
      return withOwn(own).map((value) => ({ ...(input as object), [field]: value }))
    },
    judge(unit, answers): CaseOutcome | Promise<CaseOutcome> {
      const at = withOwn(numberAt(unit.input, field) as number)
      if (at.length < 2) return undefined
      const scores = answers.map(scored)
      const unclear = scores.find((score) => typeof score === 'string')
      if (unclear !== undefined) return unclear as string
      const pair = monotonicity.failingPair(at, scores as number[])
      if (pair === undefined) return true
      // The first to be judged are shown.
      if (shrunk++ >= SHRUNK) return shrinking.then(() => judgedAs(pair))
      const least = smallest(pair, unit)
      shrinking = Promise.allSettled([shrinking, least])
      return least
    },
    capability: () => 'monotonicity',
    key: ({ unit }) => hashOf(unit.input),
    example: (failed) => example(failed, pairs.get(failed.unit.row), field),
    discreet: discreetRow,
  })
}

const judgedAs = ({ low, high, scores }: ScoredPair): Judged => ({
  passed: false,
  reason: `from ${exactText(low)} to ${exactText(high)} the score goes from ${exactText(scores[0])} to ${exactText(scores[1])}`,
})

function example({ unit: row, inputs, outcome, reason }: Failed<Input>, pair: ScoredPair | undefined, field: string) {
  const input = row.input as Record<string, unknown>
  const error = outcome === false ? undefined : shown(`error: ${outcome}`)
  return {
    input: shown(pair ? { ...input, [field]: pair.low } : (inputs[0] ?? input)),
    ...(pair ? { perturbed: shown({ ...input, [field]: pair.high }) } : {}),
    expected: pair ? 'a score that does not move the wrong way' : 'a score',
    got: error ?? (pair ? exactText(pair.scores[1]) : 'a score that does'),
    ...(pair ? { before: exactText(pair.scores[0]) } : {}),
    ...(reason === undefined ? {} : { reason }),
  }
}

/** The number in a field of a record; nothing where there is none. */
function numberAt(input: unknown, field: string): number | undefined | Unasked {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return new Unasked(`its input is no record, so it has no ${JSON.stringify(field)}`)
  if (!Object.hasOwn(input, field)) {
    const near = nearest(field, Object.keys(input))
    const hint = near === undefined ? '' : `: is it ${JSON.stringify(near)}?`
    return new Unasked(`its input has no field ${JSON.stringify(field)}${hint}`)
  }
  const value = (input as Readonly<Record<string, unknown>>)[field]
  const number = typeof value === 'bigint' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function gridOf(values: unknown, wrong: (found: string, hint: string) => AssayError): readonly number[] {
  const list: readonly unknown[] = Array.isArray(values) ? Array.from(values as unknown[]) : []
  if (list.length === 0 || !list.every((one) => typeof one === 'number' && Number.isFinite(one)))
    throw wrong(`got ${kindOf(values)} as values`, 'values is a list of numbers, e.g. [0, 20_000, 50_000]')
  return [...new Set(list as number[])].sort((a, b) => a - b)
}

async function gridIn(inputs: Iterable<Input> | AsyncIterable<Input>, field: string): Promise<readonly number[]> {
  const seen: number[] = []
  let looked = 0
  for await (const { input } of inputs) {
    const value = input === null ? undefined : numberAt(input, field)
    if (typeof value === 'number') seen.push(value)
    if (++looked >= LOOKED) break
  }
  if (seen.length === 0) return []
  const [low, high] = [Math.min(...seen), Math.max(...seen)]
  const whole = seen.every(Number.isInteger)
  const steps = Array.from({ length: GRID }, (_, i) => low + ((high - low) * i) / (GRID - 1))
  return [...new Set(whole ? steps.map(Math.round) : steps)]
}
