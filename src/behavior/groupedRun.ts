import type { Answer } from '../models/answer.ts'
import { capabilityOf, mftExample } from './caseExample.ts'
import { type CaseGroup, groupsIn, groupsOf } from './caseGroups.ts'
import { caseKey, hashOf } from './caseKey.ts'
import { isPersonal, type MftCase } from './caseRows.ts'
import { allOf, type CaseOutcome, settled } from './outcome.ts'
import type { Failed, Run, RunFindings } from './run/definition.ts'
import { run } from './run/run.ts'
import { untold } from './untold.ts'

interface GroupedRun {
  /** Which model, how often and how far. */
  readonly settings: Pick<Run<CaseGroup>, 'model' | 'signal' | 'personal' | 'repeats' | 'spending'>
  readonly compared: (one: MftCase, answer: Answer | undefined, place: number) => CaseOutcome | Promise<CaseOutcome>
  readonly expected: (one: MftCase, place: number) => unknown
  readonly isWeighted: boolean
  readonly isDiscreet: boolean
}

/** Asks a model about cases in groups: a group is the unit, and passes when all of its cases do. */
export function runGroups(
  cases: Iterable<MftCase> | AsyncIterable<MftCase>,
  { settings, compared, expected, isWeighted, isDiscreet }: GroupedRun,
): Promise<RunFindings> {
  /** Which of its cases a group failed at. */
  const wrong = new WeakMap<readonly Answer[], number>()
  const failing = (failed: Failed<CaseGroup>): number =>
    wrong.get(failed.answers) ??
    Math.max(
      0,
      failed.answers.findIndex(({ value }) => value === undefined),
    )
  const groups = Symbol.asyncIterator in cases ? groupsIn(cases) : groupsOf([...cases])
  return run<CaseGroup>(groups, {
    ...settings,
    ask: ({ cases: own }) => own.map(({ input }) => input),
    judge: (group, answers) =>
      settled(
        group.cases.map((one, i) => compared(one, answers[i], group.places[i] as number)),
        (outcomes) => {
          const outcome = allOf(outcomes)
          if (outcome !== true && outcome !== undefined) wrong.set(answers, outcomes.indexOf(outcome))
          return outcome
        },
      ),
    capability: ({ cases: [first] }) => capabilityOf(first as MftCase),
    ...(isWeighted ? { weight: ({ cases: [first] }: CaseGroup) => first?.weight ?? 1 } : {}),
    key({ unit: { name, cases: own } }) {
      const first = own[0] as MftCase
      return name === undefined || isPersonal(first) ? caseKey(first) : hashOf(name, 'group')
    },
    example(failed) {
      const at = failing(failed)
      const { cases: own, places } = failed.unit
      const one = own[at] as MftCase
      const answers = failed.answers.slice(at, at + 1)
      return mftExample({ ...failed, unit: one, answers }, expected(one, places[at] as number))
    },
    ...(isDiscreet
      ? {
          discreet: {
            key: ({ unit }: Failed<CaseGroup>) => `row ${(unit.places[0] as number) + 1}`,
            example: () => untold,
          },
        }
      : {}),
  })
}
