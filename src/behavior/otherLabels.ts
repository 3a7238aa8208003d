import type { Judgement } from '../checks/check.ts'
import type { Answered, Score } from '../scores/score.ts'
import { quoted } from '../words/text/quoted.ts'

/** Scores that are about one label where it is named. */
const aboutOne = new Set([
  'precision',
  'recall',
  'f1',
  'rocAuc',
  'prAuc',
  'brier',
  'ece',
  'mce',
  'overconfidence',
  'underconfidence',
])

/** Whether a score is about the label that is looked for, where one is. */
export const isAboutOne = ({ name }: Pick<Score, 'name'>): boolean => aboutOne.has(name)

/** Labels that are told. */
const TOLD = 5

interface Asking {
  readonly positive: string | undefined
  /** Whether what was answered may be told. */
  readonly isTold: boolean
}

/**
 * The judgement of answers whose scores know none of the labels that they are held to: such a model would be calibrated for
 * all that is rare.
 */
export function scoresOthers(score: Score, answered: Answered, { positive, isTold }: Asking): Judgement | undefined {
  const { truth, shares } = answered
  if (!shares || shares.length === 0) return undefined
  const known = new Set(shares.flatMap((own) => Object.keys(own ?? {})))
  const isOne = positive !== undefined && isAboutOne(score)
  const wanted = isOne ? [positive] : [...new Set(truth.map(String))]
  if (wanted.some((label) => known.has(label))) return undefined
  return ofOthers(
    score.name,
    `has a score of ${isOne || isTold ? labelsText(wanted, true) : 'the labels of the cases'}`,
    `they score ${labelsText([...known], isTold)}`,
  )
}

/** Labels that answers score and no case has, where cases have several. */
export function classesWithoutCases({ truth, shares = [] }: Answered): readonly string[] {
  const right = new Set(truth.map(String))
  const scored = new Set(shares.flatMap((own) => Object.keys(own ?? {})))
  return right.size < 2 ? [] : [...scored].filter((label) => !right.has(label))
}

/**
 * The judgement of answers that are none of the labels that any case expects, or never the positive one while some are no label
 * of a case: such a model would treat all groups alike, though it may say the same in other words to one of them.
 */
export function answersOthers(
  name: string,
  { truth, answers }: Answered,
  { positive, isTold }: { readonly positive: string; readonly isTold: boolean },
): Judgement | undefined {
  const wanted = new Set(truth.map(String))
  const labels = [...new Set(answers.map(String))]
  if (labels.includes(positive) || labels.every((label) => wanted.has(label))) return undefined
  const isNone = !labels.some((label) => wanted.has(label))
  return ofOthers(
    name,
    isNone
      ? `is a label that a case expects${isTold ? `, ${labelsText([...wanted], isTold)}` : ''}`
      : `is ${JSON.stringify(positive)}, and some are no label that a case expects`,
    `they are ${labelsText(labels, isTold)}`,
  )
}

const ofOthers = (name: string, missing: string, there: string): Judgement => ({
  status: 'error',
  measured: `no answer for ${name}`,
  message: `no answer ${missing}: ${there}\nlet the model answer with the labels of the cases`,
})

function labelsText(labels: readonly string[], isTold: boolean): string {
  if (!isTold) return 'other labels'
  return labels.length > TOLD ? `${quoted(labels.slice(0, TOLD))} and ${labels.length - TOLD} more` : quoted(labels)
}
