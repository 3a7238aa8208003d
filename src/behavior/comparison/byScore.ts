import type { Judgement, RunContext } from '../../checks/check.ts'
import type { Model } from '../../models/model.ts'
import type { Answered, Score, ScoreSettings } from '../../scores/score.ts'
import { countText, numberText } from '../../words/text/numbers.ts'
import { lineageOf } from '../aboutModel.ts'
import { gathered, picked, reading } from '../gathered.ts'
import { isPersonal } from '../mft.ts'
import { casesText, resampled, SEED } from '../scoreWords.ts'
import { scoresOthers } from '../otherLabels.ts'
import { compared, nothingToBreak, type ModelComparison, signed, verdictOf } from './comparison.ts'

const noneRight = ({ truth, answers }: Answered): boolean => truth.every((own, i) => own !== answers[i])

/** Judges by a score of the answers of both, whose difference is resampled over the cases. */
export async function byScore(
  score: Score,
  settings: ScoreSettings,
  { model, other, cases, own, aim }: ModelComparison,
  { signal }: RunContext,
): Promise<Judgement> {
  const { answers, others, cases: ofAnswers } = await gathered(cases, { model, other, signal })
  const read = (of: Model, given: typeof answers) =>
    reading(score.reads, ofAnswers, given, { untyped: of.untyped === true, score: undefined, labels: undefined })
  const [is, was] = [read(model, answers), read(other, others)]
  for (const [of, side] of [
    [model, is],
    [other, was],
  ] as const)
    if (side.errors.size > 0) {
      const [[place, why] = [0, '']] = side.errors
      const named = ofAnswers[place]
      return {
        status: 'error',
        measured: `${countText(side.errors.size, 'case')} without an answer of ${of.name}`,
        message: `${countText(side.errors.size, 'case')} of ${cases.length} could not be scored for ${of.name}; the first: ${JSON.stringify(named?.name)}${named && isPersonal(named) ? '' : ` ${why}`}`,
      }
    }
  const isTold = !ofAnswers.some(isPersonal)
  for (const [of, { answered }] of [
    [model, is],
    [other, was],
  ] as const) {
    const others = scoresOthers(score, answered, { positive: settings.positive, isTold })
    if (others) return { ...others, message: `${of.name}: ${others.message}` }
  }
  if (aim === 'no worse' && score.reads === 'labels' && noneRight(is.answered) && noneRight(was.answered))
    return nothingToBreak(model, other, cases.length)
  const sign = score.better === 'higher' ? 1 : -1
  const difference = (places?: ArrayLike<number>): number => {
    const [now, before] = places
      ? [picked(is.answered, places), picked(was.answered, places)]
      : [is.answered, was.answered]
    return sign * (score.of(now, settings) - score.of(before, settings))
  }
  const value = difference()
  if (Number.isNaN(value))
    return {
      status: 'error',
      measured: `${score.name} is not defined for these cases`,
      message: `${score.name} is not defined for these cases`,
    }
  const { interval, isSame } = resampled(difference, value, {
    score,
    settings,
    sides: [is.answered, was.answered],
    confidence: own.confidence,
  })
  const [now, before] = [score.of(is.answered, settings), score.of(was.answered, settings)]
  const status =
    aim === 'no worse' && isSame && value >= 0 && !own.isGuarantee
      ? 'pass'
      : verdictOf({ value, interval }, aim, own.margin)
  return compared(status, own, {
    measured: `${numberText(Number(now.toPrecision(4)))} after ${numberText(Number(before.toPrecision(4)))} over ${casesText(is.answered)}, better by ${signed(value)} (${signed(interval[0])} to ${signed(interval[1])})`,
    value,
    lineage: { model: lineageOf(model), seed: SEED },
  })
}
