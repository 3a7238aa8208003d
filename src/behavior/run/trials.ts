import type { Answer } from '../../models/answer.ts'
import { remark } from '../../checks/remarks.ts'
import { answersTo } from '../../models/answersTo.ts'
import type { Model } from '../../models/model.ts'
import { checkAsked } from '../../models/silence.ts'
import type { Run } from './definition.ts'

/** What the model, and the one beside it, answer to a list of inputs. */
export interface Trial {
  readonly own: readonly Answer[]
  readonly others: readonly Answer[]
}

type Asking<C> = Pick<Run<C>, 'model' | 'other' | 'signal' | 'timed' | 'personal'>

/**
 * Asks about all inputs so many times, at once. Throws AssayError `wrong-prediction` where a model was given up: `calls`
 * is how many inputs it was to be asked so far.
 */
export async function trialsOf<C>(
  { model, other, signal, timed = false, personal = false }: Asking<C>,
  inputs: readonly unknown[],
  { times, calls }: { readonly times: number; readonly calls: number },
): Promise<readonly Trial[]> {
  const goesOn = calls > inputs.length * times
  const answersOf = async (target: Model | undefined, trial: number): Promise<readonly Answer[]> =>
    target === undefined || inputs.length === 0
      ? []
      : answersTo(target, inputs, { signal, timed, personal, trial, goesOn })
  const trialOf = async (trial: number): Promise<Trial> => {
    const [own, others] = await Promise.all([answersOf(model, trial), answersOf(other, trial)])
    return { own, others }
  }
  // A first answer that was kept is no repeat either.
  const trials = await Promise.all(
    times === 1 ? [trialOf(0)] : Array.from({ length: times }, (_, trial) => trialOf(trial + 1)),
  )
  const lists = (side: keyof Trial): (readonly Answer[])[] => trials.map((trial) => trial[side])
  checkAsked(model.name, lists('own'), calls)
  if (other) checkAsked(other.name, lists('others'), calls)
  for (const { own, others } of trials) for (const answers of [own, others]) remarkCut(answers)
  return trials
}

/** Answers that are no end are told of, also where they are right. */
function remarkCut(answers: readonly Answer[]): void {
  for (const { cut } of answers) if (cut !== undefined) remark(`cut off before the end (${cut})`)
}
