import type { RunCheck } from '../../checks/check.ts'
import { AssayError, textOf } from '../../errors.ts'
import type { Answer } from '../../models/answer.ts'
import type { Model } from '../../models/model.ts'
import type { Perturbation } from '../../perturbations/perturbation.ts'
import { exactText } from '../../words/text/numbers.ts'
import { checkModel } from '../aboutModel.ts'
import { type Applies, checkApplies } from '../applies.ts'
import type { Inputs } from '../inputs.ts'
import { perturbedRun } from '../perturbed/perturbedRun.ts'
import { checkedTrials, type TrialOptions } from '../trialOptions.ts'
import type { CaseOutcome } from '../outcome.ts'
import { checkScore, isShare, type ScoreOf, scoreIn } from '../scoreOf.ts'
import { shown } from '../shown.ts'
import { checkPerturbation } from '../perturbed/variants.ts'

/** What `movesWith` can be told. */
export interface DirectionOptions extends TrialOptions {
  /**
   * The inputs: a column of texts, a dataset whose rows are records, or inputs as they are.
   * @example { over: reviews.column('text') }
   */
  readonly over: Inputs
  /**
   * Which number of the answer moves: the score of a label, a number by its name, or what a function reads, which gets the
   * answer before the change, too. Default: the answer itself, which must be a number.
   * @example { score: 'positive' }
   */
  readonly score?: ScoreOf
  /**
   * Where the score moves to.
   * @example { direction: 'down' }
   */
  readonly direction: 'up' | 'down'
  /**
   * How far it moves at least. Default: at all. 0 lets it stay, -0.1 lets it move 0.1 the other way.
   * @example { by: 0.1 }
   */
  readonly by?: number
  /**
   * Which inputs the question is about, by the answer to them before the change; default: all.
   * @example { where: ({ value }) => value.label !== 'neutral' }
   */
  readonly where?: Applies
}

/**
 * A score of the model moves in a direction when the input is perturbed, by at least `by`, for at least `passRate` of the
 * inputs (default: all). Where the score is a share (the score of a label, all between 0 and 1) that has no room to move
 * so far, or that could not fail, the input is counted and not tested; so is one that the perturbation leaves as it is.
 * `vacuous` when nothing is left. An answer without the score is an error of its input.
 */
export function movesWith(model: Model, perturbation: Perturbation, options: DirectionOptions): RunCheck {
  checkModel(model, 'movesWith')
  checkPerturbation(perturbation, 'movesWith')
  const checked = checkedTrials(options, 'movesWith', ['over', 'score', 'direction', 'by', 'where'])
  const { over, score, direction, by, where } = checked
  checkScore(score, 'movesWith')
  checkApplies(where, 'movesWith')
  if (direction !== 'up' && direction !== 'down')
    throw new AssayError('wrong-argument', `movesWith got direction: ${textOf(direction)}`, {
      hint: "say where the score moves: direction: 'up' or 'down'",
    })
  if (by !== undefined && !(typeof by === 'number' && Number.isFinite(by)))
    throw new AssayError('wrong-argument', `movesWith got by: ${textOf(by)}`, {
      hint: 'by is how far the score moves at least, e.g. 0.1',
    })
  const untyped = model.untyped === true
  const sign = direction === 'up' ? 1 : -1
  const read = (answer: Answer, first: Answer): number | string => scoreIn(answer, score, untyped, first)
  const least = (before: number): number => before + sign * (by ?? 0)
  return perturbedRun(model, perturbation, {
    kind: 'movesWith',
    type: 'DIR',
    title: `${typeof score === 'string' ? `score of ${JSON.stringify(score)}` : 'score'} moves ${direction} after ${perturbation.name}`,
    over,
    rated: checked,
    statement: { score: typeof score === 'function' ? String(score) : score, direction },
    limits: { by },
    where,
    text: (answer, before) => {
      const own = read(answer, before)
      return typeof own === 'number' ? exactText(own) : shown(answer.value)
    },
    expected(before) {
      const own = read(before, before)
      if (typeof own === 'string') return 'a score'
      const words = by === undefined ? ['more than', 'less than'] : ['at least', 'at most']
      return `${words[direction === 'up' ? 0 : 1]} ${exactText(Number(least(own).toPrecision(12)))}`
    },
    judge(before, after): CaseOutcome {
      const [was, is] = [read(before, before), read(after, before)]
      if (typeof was === 'string') return was
      if (typeof is === 'string') return is
      const room = direction === 'up' ? 1 - was : was
      if (isShare(before, score, was)) {
        if (by === undefined ? room <= 0 : by > room + Number.EPSILON) return undefined
        // Wherever a share moves, it moves no further the other way: nothing could fail.
        if (by !== undefined && 1 - room <= -by) return undefined
      }
      const moved = sign * (is - was)
      return by === undefined ? moved > 0 : moved >= by - Number.EPSILON * Math.max(Math.abs(was), Math.abs(is))
    },
  })
}
