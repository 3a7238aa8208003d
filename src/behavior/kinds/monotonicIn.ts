import type { RunCheck } from '../../checks/check.ts'
import { AssayError, kindOf, nearest, textOf, wrongArgument } from '../../errors.ts'
import type { Answer } from '../../models/answer.ts'
import { answersTo } from '../../models/answersTo.ts'
import type { Model } from '../../models/model.ts'
import { exactText } from '../../words/text/numbers.ts'
import { aboutModel, checkModel } from '../aboutModel.ts'
import { hashOf } from '../caseKey.ts'
import { givenInputs, type Input, type Inputs, discreetRow } from '../inputs.ts'
import { judgeInputs } from '../judgeInputs.ts'
import { Monotonicity, type ScoredPair } from '../monotonicity.ts'
import { checkedPassRate, type PassRateOptions, ratedInfo, statedRate } from '../passRate.ts'
import type { Judged, CaseOutcome } from '../outcome.ts'
import { type Failed, Unasked } from '../run/definition.ts'
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
  const inputs = givenInputs(over, 'monotonicIn')
  const about = aboutModel(model, 'monotonicity', {
    statement: {
      field,
      increasing,
      score: typeof score === 'function' ? String(score) : score,
      over: inputs.statement,
    },
    limits: { over: inputs.limits, values, tolerance, ...statedRate(checked) },
  })
  const untyped = model.untyped === true
  const monotonicity = new Monotonicity(increasing, tolerance)
  return {
    type: 'run',
    kind: 'monotonicIn',
    family: 'behavior',
    subject: { ...about.subject, ...inputs.subject },
    question: about.question,
    title: `score ${increasing ? 'never falls' : 'never rises'} as ${JSON.stringify(field)} grows`,
    ...ratedInfo(checked, 'inputs', inputs),
    async run(context) {
      const { signal } = context
      const steps = grid ?? (await gridIn(inputs.read(context), field))
      const scoreAt = async (input: Record<string, unknown>, value: number): Promise<number | string> => {
        const [answer] = await answersTo(model, [{ ...input, [field]: value }], {
          signal,
          personal: inputs.isPersonal(),
        })
        return answer?.error ?? scoreIn(answer as Answer, score, untyped)
      }
      const withOwn = (own: number): readonly number[] => [...new Set([...steps, own])].sort((a, b) => a - b)
      let shrunk = 0
      let shrinking: Promise<unknown> = Promise.resolve()
      const pairs = new Map<number, ScoredPair>()
      const ran = await run<Input>(inputs.read(context), {
        model,
        signal,
        personal: inputs.isPersonal(),
        ask: ({ input }) => {
          const own = numberAt(input, field)
          if (own instanceof Unasked || own === undefined) return own
          return withOwn(own).map((value) => ({ ...(input as object), [field]: value }))
        },
        judge({ input, row }, answers): CaseOutcome | Promise<CaseOutcome> {
          const own = numberAt(input, field) as number
          const at = withOwn(own)
          if (at.length < 2) return undefined
          const scores = answers.map((answer) => scoreIn(answer, score, untyped))
          const unclear = scores.find((one) => typeof one === 'string')
          if (unclear !== undefined) return unclear as string
          const pair = monotonicity.failingPair(at, scores as number[])
          if (pair === undefined) return true
          // The first to be judged are shown.
          if (shrunk++ >= SHRUNK) return shrinking.then(() => judgedAs(pair))
          const record = input as Record<string, unknown>
          const least = monotonicity
            .smallest(pair, (value) => scoreAt(record, value))
            .then((smallest) => {
              pairs.set(row, smallest)
              return judgedAs(smallest)
            })
          shrinking = Promise.allSettled([shrinking, least])
          return least
        },
        capability: () => 'monotonicity',
        key: ({ unit }) => hashOf(unit.input),
        example: (failed) => example(failed, pairs.get(failed.unit.row), field),
        discreet: discreetRow,
      })
      // Where it was asked from and to are values of the inputs.
      const words = `${field} from ${exactText(steps[0] ?? 0)} to ${exactText(steps.at(-1) ?? 0)}`
      const perturbation = { words, discreet: field }
      const judged = judgeInputs(ran, { test: 'DIR', capability: 'monotonicity', checked, inputs, model, perturbation })
      const message =
        steps.length === 1
          ? `there is one value of ${JSON.stringify(field)} alone, so nothing was shown: say which to ask about, e.g. values: [1, 2, 3]`
          : `no input has a number in ${JSON.stringify(field)} that could be changed, so nothing was shown`
      return judged.status === 'vacuous' ? { ...judged, message } : judged
    },
  }
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
