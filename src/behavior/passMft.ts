import type { RunCheck } from '../checks/check.ts'
import { REDACTED } from '../dataset/personal.ts'
import { aboutModel } from './aboutModel.ts'
import { tableKey } from './tableKey.ts'
import { AssayError } from '../errors.ts'
import { isModel, type Model, type Predictions } from '../models/model.ts'
import type { Value } from '../models/value.ts'
import type { BehaviorExample } from '../results/checkResult.ts'
import { caseKey } from './caseKey.ts'
import { labelOf } from './comparators/comparator.ts'
import { comparators, type Comparison, isComparison } from './comparators/index.ts'
import { fileOf, isPersonal, type MftCase } from './mft.ts'
import { checkedPassRate, expectedRate, judgeRate, limitOf, type PassRateOptions, passRateOf } from './passRate.ts'
import { shown } from './shown.ts'
import { elapsed } from '../realTimers.ts'
import { failures, type Tally, tally } from './tally.ts'

/**
 * The model answers the cases of a minimum functionality test: at least `passRate` of them (default: all). A case that
 * could not be predicted, or whose answer cannot be compared with what it expects, is no pass and is counted apart: where
 * the verdict hangs on such cases, it is an error. `vacuous` without cases.
 */
export function passMft(model: Model, cases: readonly MftCase[], options: PassRateOptions = {}): RunCheck {
  if (!isModel(model))
    throw new AssayError('wrong-argument', 'passMft needs a model', {
      hint: "make one: model('sentiment@1.4.0', (text) => classify(text))",
    })
  if (!Array.isArray(cases) || !Array.from(cases, isCase).every(Boolean)) {
    throw new AssayError('wrong-argument', 'passMft needs the cases that mft() made', {
      hint: "passMft(model, mft('cases.csv'))",
    })
  }
  const checked = checkedPassRate(options, 'passMft')
  const asked: readonly MftCase[] = [...cases]
  // Cases are plain data that a test may have changed since.
  const expected = asked.map((one) =>
    comparators[one.compare].prepare(one.expected, `case ${JSON.stringify(one.name)}`),
  )
  const one = asked.length === 1 ? asked[0] : undefined
  const table = tableKey(asked)
  const file = fileOf(cases)
  const { passRate, confidence, onInconclusive, severity } = checked
  return {
    type: 'run',
    kind: 'passMft',
    family: 'behavior',
    ...aboutModel(model, one?.capability, {
      asked: file === undefined ? { cases: one ? caseKey(one) : table } : { file },
      limits: { cases: table, passRate, confidence, onInconclusive, severity },
    }),
    title: one ? `answers ${JSON.stringify(one.name)}` : titleOf(asked),
    expected: expectedRate(checked, 'cases'),
    limit: checked.passRate,
    ...(checked.severity ? { severity: checked.severity } : {}),
    async run({ signal }) {
      const start = elapsed()
      const predictions = await model.predict(
        asked.map(({ input }) => input),
        { signal },
      )
      const tallies = new Map<string, Tally>()
      const total = tally()
      const failing = failures()
      asked.forEach((one, i) => {
        const capability = capabilityOf(one)
        let of = tallies.get(capability)
        if (!of) tallies.set(capability, (of = tally()))
        of.cases++
        total.cases++
        const outcome = judged(one.compare, expected[i], i, predictions)
        const kind = outcome === true ? 'passed' : outcome === false ? 'failed' : 'errors'
        of[kind]++
        total[kind]++
        if (outcome === true) return
        const got = outcome === false ? labelOf(predictions.values[i] as Value) : `error: ${outcome}`
        failing.add(
          () => caseKey(one),
          () => example(one, expected[i], shown(got)),
        )
      })
      const seconds = (elapsed() - start) / 1000
      const limit = limitOf(checked)
      const overall = passRateOf('all', total, limit, checked.confidence)
      return {
        ...judgeRate(overall, checked, 'cases'),
        behavior: {
          type: 'MFT',
          overall,
          // The limit is the whole test's: a capability has one only where it is the whole test.
          capabilities: [...tallies].map(([name, of]) =>
            passRateOf(name, of, tallies.size === 1 ? limit : undefined, checked.confidence),
          ),
          ...failing.evidence(),
          table,
          casesPerSecond: Math.round(asked.length / Math.max(seconds, 1e-6)),
        },
        lineage: { model: { name: model.name, ...(model.fingerprint ? { fingerprint: model.fingerprint } : {}) } },
      }
    },
  }
}

/** Several tables about one model are told apart by their names, or by the one capability all their cases are about. */
function titleOf(cases: readonly MftCase[]): string {
  const only = (of: (one: MftCase) => string | undefined): string[] => {
    const all = [...new Set(cases.map(of))]
    return all.length === 1 && all[0] !== undefined ? [all[0]] : []
  }
  const about = [...only(({ table }) => table), ...only(({ capability }) => capability)]
  return ['minimum functionality', ...about].join(', ')
}

/** What a case is counted under: its capability, else what its table is called. */
const capabilityOf = ({ capability, table }: MftCase): string => capability ?? table ?? 'any'

const isCase = (one: unknown): one is MftCase =>
  typeof one === 'object' && one !== null && 'compare' in one && isComparison(one.compare)

/** Whether the answer to a case is right; a text says why that cannot be told. */
function judged(
  compare: Comparison,
  expected: unknown,
  place: number,
  { values, errors, untyped = false }: Predictions,
): boolean | string {
  const error = errors.get(place)
  if (error !== undefined) return error
  const value = values[place]
  if (value === undefined) return 'has no answer'
  return comparators[compare].compare({ value, untyped }, expected)
}

function example(one: MftCase, expected: unknown, got: string): BehaviorExample {
  const { name, input, compare, line } = one
  if (isPersonal(one)) return { name, input: REDACTED, expected: REDACTED, got: REDACTED }
  return {
    name,
    capability: capabilityOf(one),
    input: shown(input),
    expected: comparators[compare].words(expected),
    got,
    ...(line === undefined ? {} : { reason: `line ${line}` }),
  }
}
