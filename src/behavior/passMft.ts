import type { Bounds } from '../checks/bounds.ts'
import type { RunCheck } from '../checks/check.ts'
import { aboutModel, checkModel, lineageOf } from './aboutModel.ts'
import { tableKey } from './tableKey.ts'
import { AssayError } from '../errors.ts'
import type { Model } from '../models/model.ts'
import type { Value } from '../models/value.ts'
import type { Example } from '../results/blocks/examples.ts'
import { capabilityOf, caseExample } from './caseExample.ts'
import { caseKey } from './caseKey.ts'
import { comparators, isComparison, prepared } from './comparators/index.ts'
import { fileOf, type MftCase } from './mft.ts'
import { capabilityLimits, withCapabilities } from './capabilityLimits.ts'
import { expectedRate, judgeRate, limitOf, passRateOf } from './passRate.ts'
import { type Failed, run } from './run.ts'
import { checkedTrials, isDecided, spendingOf, type TrialOptions, unitOf, withCalls } from './trialOptions.ts'

export interface MftPassOptions extends TrialOptions {
  /**
   * Limits of the pass rates of single capabilities, beside that of the whole.
   * @example { passRate: { min: 0.9 }, capabilities: { negation: { min: 0.7 } } }
   */
  readonly capabilities?: Readonly<Record<string, Pick<Bounds, 'min' | 'gt'>>>
}

/**
 * The model answers the cases of a minimum functionality test: at least `passRate` of them (default: all). A case that
 * could not be predicted, or whose answer cannot be compared with what it expects, is no pass and is counted apart: where
 * the verdict hangs on such cases, it is an error. `vacuous` without cases.
 */
export function passMft(model: Model, cases: readonly MftCase[], options: MftPassOptions = {}): RunCheck {
  checkModel(model, 'passMft')
  if (!Array.isArray(cases) || !areCases(cases)) {
    throw new AssayError('wrong-argument', 'passMft needs the cases that mft() made', {
      hint: "passMft(model, mft('cases.csv'))",
    })
  }
  const checked = checkedTrials(options, 'passMft', ['capabilities'])
  const asked: readonly MftCase[] = [...cases]
  // Cases are plain data that a test may have changed since.
  const expected = asked.map((one) => prepared(one.compare, one.expected, () => `case ${JSON.stringify(one.name)}`))
  const one = asked.length === 1 ? asked[0] : undefined
  const table = tableKey(asked)
  const file = fileOf(cases)
  const { passRate, confidence, onInconclusive, severity, repeats, budget, trials } = checked
  const ofCapabilities = capabilityLimits(checked.capabilities, asked)
  const isWeighted = asked.some(({ weight }) => weight !== undefined)
  if (isWeighted && (budget !== undefined || (trials.by === 'mean' && trials.times > 1)))
    throw new AssayError(
      'wrong-argument',
      `passMft got cases with weights and ${budget === undefined ? "repeats by 'mean'" : 'a budget'}`,
      {
        hint: 'cases with weights are asked all, and each counts once: drop one of the two',
      },
    )
  return {
    type: 'run',
    kind: 'passMft',
    family: 'behavior',
    ...aboutModel(model, one?.capability, {
      statement: file === undefined ? { cases: one ? caseKey(one) : table } : { file },
      limits: {
        cases: table,
        passRate,
        confidence,
        onInconclusive,
        severity,
        ...(repeats === undefined ? {} : { repeats }),
        ...(budget === undefined ? {} : { budget }),
        ...(ofCapabilities.size === 0 ? {} : { capabilities: [...ofCapabilities] }),
      },
    }),
    title: one ? `answers ${JSON.stringify(one.name)}` : titleOf(asked),
    expected: expectedRate(checked, 'cases'),
    limit: checked.passRate,
    ...(checked.severity ? { severity: checked.severity } : {}),
    calls: Math.min(budget ?? Infinity, asked.length * trials.times),
    async run({ signal }) {
      const untyped = model.untyped === true
      const found = await run(asked, {
        model,
        signal,
        repeats: trials,
        ...spendingOf(budget, (total, tallies) =>
          [
            { of: total, rated: checked },
            ...[...ofCapabilities].map(([name, own]) => ({
              of: tallies.get(name),
              rated: { ...checked, passRate: own },
            })),
          ].every(({ of, rated }) => of !== undefined && isDecided(of, rated)),
        ),
        ask: ({ input }) => [input],
        judge: ({ compare }, [answer], _, i) =>
          comparators[compare].compare({ value: answer?.value as Value, untyped }, expected[i]),
        capability: capabilityOf,
        ...(isWeighted ? { weight: ({ weight = 1 }: MftCase) => weight } : {}),
        key: ({ one }) => caseKey(one),
        example: (failed) => example(failed, expected[failed.index]),
      })
      const limit = limitOf(checked)
      const unit = unitOf(trials, 'cases')
      const overall = passRateOf('all', found.total, limit, checked)
      const rates = [...found.capabilities].map(([name, of]) => {
        const own = ofCapabilities.get(name)
        // The limit is the whole test's: a capability has one where it is the whole test, or is given its own.
        const least = own ? limitOf({ passRate: own }) : found.capabilities.size === 1 ? limit : undefined
        return passRateOf(name, of, least, checked)
      })
      return {
        ...withCalls(
          withCapabilities(
            judgeRate(overall, checked, unit, found.total),
            rates,
            found.capabilities,
            ofCapabilities,
            checked,
          ),
          found.calls,
          budget,
        ),
        evidence: [
          {
            kind: 'rates',
            test: 'MFT',
            overall,
            parts: rates,
            table,
            casesPerSecond: Math.round(found.total.cases / Math.max(found.seconds, 1e-6)),
          },
          found.failing,
        ],
        lineage: { model: lineageOf(model) },
      }
    },
  }
}

/** Several tables about one model are told apart by their names, or by the one capability all their cases are about. */
function titleOf(cases: readonly MftCase[]): string {
  const only = (of: (one: MftCase) => string | undefined): string[] => {
    const name = cases[0] && of(cases[0])
    return name !== undefined && cases.every((one) => of(one) === name) ? [name] : []
  }
  const about = [...only(({ table }) => table), ...only(({ capability }) => capability)]
  return ['minimum functionality', ...about].join(', ')
}

/** Looks at holes of the list too. */
function areCases(cases: readonly unknown[]): boolean {
  for (let i = 0; i < cases.length; i++) if (!isCase(cases[i])) return false
  return true
}

const isCase = (one: unknown): one is MftCase =>
  typeof one === 'object' && one !== null && 'compare' in one && isComparison(one.compare)

function example(failed: Failed<MftCase>, expected: unknown): Example {
  const { line } = failed.one
  const where = line === undefined ? undefined : `line ${line}`
  const why = [failed.reason, where].filter((part) => part !== undefined).join(', ')
  return caseExample(failed, expected, why === '' ? {} : { reason: why })
}
