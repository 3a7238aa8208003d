import { exactJson } from '../bytes/exactJson.ts'
import type { Judgement, RunContext } from '../checks/check.ts'
import { AssayError } from '../errors.ts'
import type { Answer } from '../models/answer.ts'
import type { Model } from '../models/model.ts'
import { isNumber, numberOf, type AnswerValue } from '../models/value.ts'
import { type Answered, readsProbabilities, type Score, type ScoreSettings } from '../scores/score.ts'
import { sumOf } from '../stats/sumOf.ts'
import { countText, numberText } from '../words/text/numbers.ts'
import { labelOf, show } from './comparators/comparator.ts'
import { isDatasetCases } from './datasetCases.ts'
import { isPersonal, type MftCase } from './mft.ts'
import { run } from './run/run.ts'
import { type ScoreOf, scoreIn } from './scoreOf.ts'

/** The answers of a model, and of another one beside it, to labelled cases. */
export interface Gathered {
  readonly cases: readonly MftCase[]
  readonly answers: readonly Answer[]
  readonly others: readonly Answer[]
}

export async function gathered(
  cases: readonly MftCase[],
  { model, other, signal }: { model: Model; other?: Model | undefined; signal: AbortSignal | undefined },
): Promise<Gathered> {
  const ofAnswers: MftCase[] = []
  const answers: Answer[] = []
  const others: Answer[] = []
  await run(cases, {
    model,
    ...(other ? { other } : {}),
    signal,
    personal: cases.some(isPersonal),
    ask: ({ input }) => [input],
    judge: () => true,
    capability: () => '',
    key: () => '',
    example: () => ({ input: '', expected: '', got: '' }),
    seen(one, _, [answer], [beside]) {
      ofAnswers.push(one)
      answers.push(answer ?? { error: 'has no answer' })
      others.push(beside ?? { error: 'has no answer' })
    },
  })
  return { cases: ofAnswers, answers, others }
}

/** Asks a model about cases once, for all checks of one evaluation: the next asks anew, as where this one was stopped. */
export function gatheredOnce(cases: readonly MftCase[], model: Model): (context: RunContext) => Promise<Gathered> {
  let asking: Promise<Gathered> | undefined
  return ({ signal }) => (asking ??= gathered(cases, { model, signal }))
}

/** Throws an AssayError for cases whose right answer is no value: rules, and nothing at all. */
export function checkLabelled(cases: readonly MftCase[], asker: string): void {
  const hint = "pass cases with right answers: mft('cases.csv'), or labelled(rows, { expected: 'species' })"
  if (isDatasetCases(cases))
    throw new AssayError('wrong-argument', `${asker} got the cases of the dataset ${JSON.stringify(cases.name)}`, {
      hint: 'it needs all of them at hand: mft(await dataset.rows()), or labelled(await dataset.rows(), { expected })',
    })
  if (!Array.isArray(cases) || cases.length === 0)
    throw new AssayError('wrong-argument', `${asker} needs labelled cases`, { hint })
  for (const testCase of cases as readonly MftCase[]) {
    if (typeof testCase !== 'object' || testCase === null || !('expected' in testCase))
      throw new AssayError('wrong-argument', `${asker} needs labelled cases`, { hint })
    if (testCase.compare !== 'equals')
      throw new AssayError(
        'wrong-argument',
        `${asker} got the case ${JSON.stringify(testCase.name)}, which compares by ${testCase.compare}`,
        {
          hint: 'a score needs one right answer for each case: leave compare out',
        },
      )
  }
}

/** Throws an AssayError for a score that has no meaning for cases with weights. */
export function checkWeighable(score: Score, settings: ScoreSettings, cases: readonly MftCase[], asker: string): void {
  const why =
    score.unweighted ??
    (score.name === 'rocAuc' && settings.multiClass === 'ovo' && settings.positive === undefined
      ? 'it compares every two labels in the cases of these alone'
      : undefined)
  if (why === undefined || cases.every(({ weight }) => weight === undefined)) return
  throw new AssayError('wrong-argument', `${asker} got cases with weights and ${score.name}, which has none: ${why}`, {
    hint: "leave the weights out, e.g. mft('cases.csv', { ignore: ['weight'] }), or choose another score",
  })
}

/** What is read of answers for a score: by place, with the cases that cannot be read. */
export interface ScoreReading {
  readonly answered: Answered
  /** The places of the cases that were read. */
  readonly places: readonly number[]
  /** Why others could not be, by place. */
  readonly errors: ReadonlyMap<number, string>
}

export interface Readable {
  readonly untyped: boolean
  readonly score: ScoreOf | undefined
  readonly labels: readonly string[] | undefined
}

export function reading(
  reads: Score['reads'],
  cases: readonly MftCase[],
  answers: readonly Answer[],
  options: Readable,
): ScoreReading {
  const rows: Row[] = []
  const places: number[] = []
  const isWeighted = cases.some(({ weight }) => weight !== undefined)
  const errors = new Map<number, string>()
  cases.forEach((testCase, i) => {
    const answer = answers[i] as Answer
    const row = answer.error ?? rowOf(reads, testCase, answer, options)
    if (typeof row === 'string') errors.set(i, row)
    else {
      rows.push(row)
      places.push(i)
    }
  })
  return {
    answered: {
      truth: rows.map(({ truth }) => truth),
      answers: rows.map(({ answer }) => answer),
      ...(isWeighted ? { weights: places.map((place) => cases[place]?.weight ?? 1) } : {}),
      ...(reads === 'shares' || readsProbabilities(reads) ? { shares: rows.map(({ shares }) => shares) } : {}),
      ...(reads === 'lists'
        ? { gains: rows.map(({ gains }) => gains ?? new Map()), ranked: rows.map(({ ranked }) => ranked ?? []) }
        : {}),
    },
    places,
    errors,
  }
}

interface Row {
  readonly truth: string | number
  readonly answer: string | number
  readonly shares?: Readonly<Record<string, number>>
  readonly gains?: ReadonlyMap<string, number>
  readonly ranked?: readonly string[]
}

/** How much rounding to two digits adds to a probability at most. */
const ROUNDED = 0.005

function rowOf(reads: Score['reads'], { expected }: MftCase, answer: Answer, options: Readable): Row | string {
  if (reads === 'numbers') return numbersOf(expected as AnswerValue, answer, options)
  if (reads === 'lists') return listsOf(expected as AnswerValue, answer)
  const [truth, label] = [labelOf(expected as AnswerValue), labelOf(answer.value as AnswerValue)]
  if (typeof truth === 'object') return `expects ${show(truth)}, which is no label`
  if (typeof label === 'object')
    return `answered ${show(label)}, which is no label${answer.unscored === undefined ? '' : `: ${answer.unscored}`}`
  const { labels } = options
  if (labels && !labels.includes(String(truth))) return `expects ${JSON.stringify(truth)}, a label nobody declared`
  if (labels && !labels.includes(String(label))) return `answered ${JSON.stringify(label)}, a label nobody declared`
  const row = { truth: String(truth), answer: String(label) }
  if (reads === 'labels') return row
  if (!answer.scores) return `has no scores of the labels: ${answer.unscored ?? 'answer with { label, scores }'}`
  if (readsProbabilities(reads)) {
    const [odd] = Object.entries(answer.scores).filter(([, share]) => !(share >= 0 && share <= 1))
    if (odd) return `scores ${JSON.stringify(odd[0])} ${odd[1]}, which is no probability`
    if (reads === 'distribution') {
      const shares = Object.values(answer.scores)
      const together = sumOf(shares)
      if (together > 1 + ROUNDED * shares.length + Number.EPSILON)
        return `scores its labels ${numberText(together)} together, where those of which one is right come to 1`
    }
    if (!Object.hasOwn(answer.scores, row.answer)) return `has no score of its own label ${JSON.stringify(row.answer)}`
  }
  return { ...row, shares: answer.scores }
}

function numbersOf(expected: AnswerValue, answer: Answer, { untyped, score }: Readable): Row | string {
  const truth = typeof expected === 'string' ? numberOf(expected) : expected
  if (!isNumber(truth)) return `expects ${show(expected)}, which is no number`
  const said = scoreIn(answer, score, untyped)
  return typeof said === 'string' ? said : { truth: Number(truth), answer: said }
}

function listsOf(expected: AnswerValue, { value }: Answer): Row | string {
  const wanted = typeof expected === 'string' && /^\s*[[{]/.test(expected) ? parsed(expected) : expected
  if (!Array.isArray(value)) return `answered ${show(value as AnswerValue)}, which is no list`
  const gains = Array.isArray(wanted)
    ? new Map(wanted.map((id: AnswerValue) => [show(id), 1]))
    : typeof wanted === 'object' && wanted !== null
      ? new Map(Object.entries(wanted).map(([id, gain]) => [id, Number(gain)]))
      : new Map([[show(wanted as AnswerValue), 1]])
  if ([...gains.values()].some((gain) => !(gain >= 0))) return 'expects gains that are no numbers from 0'
  const ranked = value.map((id: AnswerValue) => show(id))
  if (new Set(ranked).size !== ranked.length) return 'answered a list with something twice'
  return { truth: '', answer: '', gains, ranked }
}

function parsed(text: string): AnswerValue {
  try {
    return exactJson(text) as AnswerValue
  } catch {
    return text
  }
}

/** The judgement of cases that cannot all be read: what is said of the others is said of none of all. */
export function unreadable(
  { errors }: ScoreReading,
  cases: readonly MftCase[],
  { what, whole, isTold }: { readonly what: string; readonly whole: string; readonly isTold: boolean },
): Judgement {
  const [[place, why] = [0, '']] = errors
  const count = countText(errors.size, 'case')
  return {
    status: 'error',
    measured: `${count} of ${cases.length} without an answer for ${what}`,
    message: `${count} of ${cases.length} could not be scored, and ${whole} of the others is none of all; the first: ${JSON.stringify(cases[place]?.name ?? '')}${isTold ? ` ${why}` : ''}`,
  }
}

/** The cases at some places, in their order; one may stand there several times. */
export function picked(
  { truth, answers, weights, shares, gains, ranked }: Answered,
  places: ArrayLike<number>,
): Answered {
  const pick = <T>(from: readonly T[]): T[] => {
    const own = new Array<T>(places.length)
    for (let i = 0; i < places.length; i++) own[i] = from[places[i] as number] as T
    return own
  }
  return {
    truth: pick(truth),
    answers: pick(answers),
    ...(weights ? { weights: pick(weights) } : {}),
    ...(shares ? { shares: pick(shares) } : {}),
    ...(gains ? { gains: pick(gains) } : {}),
    ...(ranked ? { ranked: pick(ranked) } : {}),
  }
}
