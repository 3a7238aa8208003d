import type { AnswerValue } from '../models/value.ts'
import type { Example } from '../results/blocks/examples.ts'
import { labelOf } from './comparators/comparator.ts'
import { comparators } from './comparators/index.ts'
import { isPersonal, type MftCase } from './mft.ts'
import type { Failed } from './run/definition.ts'
import { shown } from './shown.ts'
import { untold } from './untold.ts'

/** What a case is counted under: its capability, else what its table is called. */
export const capabilityOf = ({ capability, table }: MftCase): string => capability ?? table ?? 'any'

/** A case that did not pass, as a report shows it, with what its asker adds; of a personal one its name alone. */
export function caseExample(
  { unit: testCase, answers, outcome }: Failed<MftCase>,
  expected: unknown,
  more: Partial<Example>,
): Example {
  const { name, input, compare } = testCase
  if (isPersonal(testCase)) return { name, ...untold }
  return {
    name,
    capability: capabilityOf(testCase),
    input: shown(input),
    expected: comparators[compare].words(expected),
    got: shown(outcome === false ? labelOf(answers[0]?.value as AnswerValue) : `error: ${outcome}`),
    ...more,
  }
}

/** The same with its reason, its group and its line. */
export function mftExample(failed: Failed<MftCase>, expected: unknown): Example {
  const { line, group } = failed.unit
  const where = line === undefined ? undefined : `line ${line}`
  const of = group === undefined ? undefined : `group ${JSON.stringify(group)}`
  const why = [failed.reason, of, where].filter((part) => part !== undefined).join(', ')
  return caseExample(failed, expected, why === '' ? {} : { reason: why })
}
