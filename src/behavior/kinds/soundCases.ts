import type { Judgement, RunCheck } from '../../checks/check.ts'
import { textOf, wrongArgument } from '../../errors.ts'
import { ownOptions } from '../../options.ts'
import type { Example } from '../../results/blocks/examples.ts'
import type { Severity } from '../../results/checkResult.ts'
import { countText, shareText } from '../../words/text/numbers.ts'
import { inputKey } from '../../models/inputKey.ts'
import { caseKey } from '../caseKey.ts'
import { areCases } from '../askedCases.ts'
import { comparators } from '../comparators/index.ts'
import { givenInputs, type Inputs } from '../inputs.ts'
import { fileOf, isPersonal, type MftCase, personalParts } from '../mft.ts'
import { type SeenCases, seenCases } from '../seenCases.ts'
import { shown } from '../shown.ts'
import { tableKey } from '../tableKey.ts'
import { EXAMPLES } from '../tally.ts'
import { checkVerdictOptions } from '../../checks/verdictOptions.ts'
import { untold } from '../untold.ts'

/** What `soundCases` can be told. */
export interface SoundCasesOptions {
  /**
   * What the model was trained with: cases that occur there show what it remembers, not what it can.
   * @example { training: dataset('train.csv').column('text') }
   */
  readonly training?: Inputs
  /**
   * The greatest share of cases that may stand there twice; default 0.
   * @example { duplicates: 0.01 }
   */
  readonly duplicates?: number
  /**
   * The greatest share of cases that may occur in the training data; default 0.
   * @example { seen: 0.01 }
   */
  readonly seen?: number
  /**
   * `warn` reports a failure without failing the test.
   * @example { severity: 'warn' }
   */
  readonly severity?: Severity
}

/**
 * A table of cases tests what it seems to: no case stands there twice, no two expect of one input what no answer can be,
 * and none occurs in the training data. Texts are one also where they differ by capitals and white space alone.
 */
export function soundCases(cases: readonly MftCase[], options: SoundCasesOptions = {}): RunCheck {
  const wrong = wrongArgument('soundCases')
  if (!areCases(cases)) throw wrong('needs the cases that mft() made', "soundCases(mft('cases.csv'))")
  const own = ownOptions('soundCases', options, ['training', 'duplicates', 'seen', 'severity'])
  const { training, duplicates = 0, seen = 0, severity } = own
  for (const [name, value] of Object.entries({ duplicates, seen }))
    if (!(typeof value === 'number' && value >= 0 && value < 1))
      throw wrong(`got ${name}: ${textOf(value)}`, 'it is a share of the cases below 1, e.g. 0.01')
  checkVerdictOptions('soundCases', { severity })
  const inputs = training === undefined ? undefined : givenInputs(training, 'soundCases', 'training')
  const list = [...cases]
  const table = tableKey(list)
  const file = fileOf(cases)
  const name = list.find((one) => one.table !== undefined)?.table ?? 'cases'
  return {
    type: 'run',
    kind: 'soundCases',
    family: 'behavior',
    subject: { type: 'dataset', name, source: file ?? 'cases' },
    question: {
      about: { name, file },
      follows: { name, file },
      statement: { training: inputs?.statement },
      limits: { cases: table, duplicates, seen, severity },
    },
    title: 'cases that test something',
    expected: [
      'no two cases that contradict each other',
      duplicates === 0 ? 'none twice' : `at most ${shareText(duplicates)} twice`,
      ...(inputs ? [seen === 0 ? 'none in the training data' : `at most ${shareText(seen)} in the training data`] : []),
    ].join(', '),
    ...(severity ? { severity } : {}),
    ...(inputs?.dataset ? { inputs: [inputs.dataset] } : {}),
    personal: [...personalParts(list).personal, ...(inputs?.personal ?? [])],
    async run(context) {
      const { twice, against } = pairsIn(list)
      const trained = inputs && (await seenCases(inputs.read(context), list))
      return judged(list, { twice, against, trained }, { duplicates, seen })
    },
  }
}

interface Pair {
  readonly testCase: MftCase
  readonly before: MftCase
}

/** Texts alike but for capitals and white space are one. */
const key = (input: unknown): unknown =>
  typeof input === 'string' ? input.toLowerCase().replace(/\s+/gu, ' ').trim() : inputKey(input)

function pairsIn(cases: readonly MftCase[]): { readonly twice: readonly Pair[]; readonly against: readonly Pair[] } {
  const byInput = new Map<unknown, MftCase[]>()
  const twice: Pair[] = []
  const against: Pair[] = []
  for (const testCase of cases) {
    const of = key(testCase.input)
    const earlier = byInput.get(of)
    if (!earlier) {
      byInput.set(of, [testCase])
      continue
    }
    const same = earlier.find(
      (before) => before.compare === testCase.compare && inputKey(before.expected) === inputKey(testCase.expected),
    )
    if (same) {
      twice.push({ testCase, before: same })
      continue
    }
    const before = earlier.find((other) => contradicts(testCase, other))
    if (before) against.push({ testCase, before })
    earlier.push(testCase)
  }
  return { twice, against }
}

/** Whether none of the answers that are right for one case, where they can be told, is right for the other. */
function contradicts(one: MftCase, other: MftCase): boolean {
  const ways = [refutes(one, other), refutes(other, one)].filter((way) => way !== undefined)
  return ways.length > 0 && ways.every(Boolean)
}

function refutes(testCase: MftCase, other: MftCase): boolean | undefined {
  const [own, judge] = [comparators[testCase.compare], comparators[other.compare]]
  const answers = own.answers?.(own.prepare(testCase.expected, 'a case'))
  if (answers === undefined || answers.length === 0) return undefined
  const expected = judge.prepare(other.expected, 'a case')
  return answers.every((value) => judge.compare({ value, untyped: false }, expected) === false)
}

function judged(
  cases: readonly MftCase[],
  faults: {
    readonly twice: readonly Pair[]
    readonly against: readonly Pair[]
    readonly trained: SeenCases | undefined
  },
  { duplicates, seen }: { readonly duplicates: number; readonly seen: number },
): Judgement {
  const { twice, against, trained } = faults
  const { seen: known, uncompared, why } = trained ?? { seen: [], uncompared: [] }
  const n = cases.length
  const failed = against.length > 0 || twice.length > duplicates * n || known.length > seen * n
  const parts = [
    ...(against.length > 0 ? [`${countText(against.length, 'case')} against another`] : []),
    ...(twice.length > 0 ? [`${countText(twice.length, 'case')} twice`] : []),
    ...(known.length > 0 ? [`${countText(known.length, 'case')} in the training data`] : []),
  ]
  const words = ({ compare, expected, name }: MftCase): string =>
    comparators[compare].words(comparators[compare].prepare(expected, name))
  const examples = [
    ...against.map(({ testCase, before }) =>
      exampleOf(
        testCase,
        isPersonal(before)
          ? `${placeOf(before)} expects what no answer can be, too`
          : `expects ${words(testCase)}, and ${placeOf(before)} expects ${words(before)}`,
      ),
    ),
    ...twice.map(({ testCase: one, before }) => exampleOf(one, `${placeOf(before)} asks the same`)),
    ...known.map((one) => exampleOf(one, 'occurs in the training data')),
  ]
  return {
    status: failed ? 'fail' : uncompared.length === 0 ? 'pass' : uncompared.length === n ? 'vacuous' : 'inconclusive',
    measured: `${parts.length > 0 ? parts.join(', ') : 'none'} of ${countText(n, 'case')}${trained ? '' : ', the training data not looked at'}`,
    ...(uncompared.length > 0
      ? { message: `${countText(uncompared.length, 'case')} could not be looked for in the training data: ${why}` }
      : {}),
    value: (against.length + twice.length + known.length) / n,
    evidence:
      examples.length === 0
        ? []
        : [{ kind: 'examples', examples: examples.slice(0, EXAMPLES), total: examples.length, of: [] }],
  }
}

const placeOf = ({ line }: MftCase): string => (line === undefined ? 'another case' : `line ${line}`)

function exampleOf(testCase: MftCase, reason: string): Example {
  if (isPersonal(testCase)) return { case: testCase.name, ...untold }
  return {
    case: caseKey(testCase),
    input: shown(testCase.input),
    expected: 'a case that tests something',
    got: reason,
    ...(testCase.line === undefined ? {} : { reason: `line ${testCase.line}` }),
  }
}
