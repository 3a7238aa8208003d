import type { RunCheck } from '../checks/check.ts'
import { AssayError } from '../errors.ts'
import type { Model } from '../models/model.ts'
import { isModel } from '../models/model.ts'
import type { BehaviorExample, PassRate } from '../results/checkResult.ts'
import { answerOf, comparisons } from './comparison.ts'
import type { MftCase } from './mft.ts'
import { checkedPassRate, expectedRate, judgeRate, type PassRateOptions, passRateOf } from './passRate.ts'
import { shown } from './shown.ts'
import { elapsed } from '../realTimers.ts'

/** Failing examples kept; all failures are counted. */
export const EXAMPLES = 20

/**
 * The model answers the cases of a minimum functionality test: at least `passRate` of them (default: all). A case that
 * could not be predicted counts against the rate and is counted apart. `vacuous` without cases.
 */
export function passMft(model: Model, cases: readonly MftCase[], options: PassRateOptions = {}): RunCheck {
  if (!isModel(model))
    throw new AssayError('wrong-argument', 'passMft needs a model', {
      hint: "make one: model('sentiment@1.4.0', (text) => classify(text))",
    })
  if (!Array.isArray(cases) || cases.some((one) => typeof one !== 'object' || one === null || !('compare' in one))) {
    throw new AssayError('wrong-argument', 'passMft needs the cases that mft() made', {
      hint: "passMft(model, mft('cases.csv'))",
    })
  }
  const checked = checkedPassRate(options, 'passMft')
  const limit = checked.passRate.min ?? checked.passRate.gt ?? 0
  const one = cases.length === 1 ? cases[0] : undefined
  return {
    type: 'run',
    kind: 'passMft',
    family: 'behavior',
    subject: { type: 'model', name: model.name, ...(one?.capability ? { capability: one.capability } : {}) },
    title: one ? `answers ${JSON.stringify(one.name)}` : 'minimum functionality',
    expected: expectedRate(checked, 'cases'),
    limit: checked.passRate,
    ...(checked.severity ? { severity: checked.severity } : {}),
    ...(one ? { discriminator: JSON.stringify(one.input) } : {}),
    async run({ signal }) {
      const start = elapsed()
      const { values, errors } = await model.predict(
        cases.map(({ input }: MftCase) => input),
        { signal },
      )
      const tallies = new Map<string, Tally>()
      const total = tally()
      const examples: BehaviorExample[] = []
      cases.forEach((one: MftCase, i: number) => {
        const capability = one.capability ?? 'any'
        let of = tallies.get(capability)
        if (!of) tallies.set(capability, (of = tally()))
        of.cases++
        total.cases++
        const error = errors.get(i)
        const answer = answerOf(values[i])
        if (error === undefined && comparisons[one.compare].holds(answer, one.expected)) {
          of.passed++
          total.passed++
          return
        }
        const kind = error === undefined ? 'failed' : 'errors'
        of[kind]++
        total[kind]++
        if (examples.length < EXAMPLES)
          examples.push(example(one, error === undefined ? shown(answer) : `error: ${error}`))
      })
      const seconds = (elapsed() - start) / 1000
      const overall = passRateOf('all', total, limit, checked.confidence)
      const capabilities: PassRate[] = [...tallies].map(([name, of]) => passRateOf(name, of, limit, checked.confidence))
      return {
        ...judgeRate(overall, checked, 'cases'),
        behavior: {
          type: 'MFT',
          overall,
          capabilities,
          examples,
          casesPerSecond: Math.round(cases.length / Math.max(seconds, 1e-6)),
        },
        lineage: { model: { name: model.name, ...(model.fingerprint ? { fingerprint: model.fingerprint } : {}) } },
      }
    },
  }
}

interface Tally {
  cases: number
  passed: number
  failed: number
  errors: number
}
const tally = (): Tally => ({ cases: 0, passed: 0, failed: 0, errors: 0 })

function example({ name, capability, input, expected, compare, line }: MftCase, got: string): BehaviorExample {
  return {
    name,
    ...(capability ? { capability } : {}),
    input: shown(input),
    expected: comparisons[compare].words(expected),
    got,
    ...(line === undefined ? {} : { reason: `line ${line}` }),
  }
}
