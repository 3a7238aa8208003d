import type { Bounds } from '../../checks/bounds.ts'
import type { Judgement, RunCheck } from '../../checks/check.ts'
import { aboutModel, checkAskedAgain, checkModel, lineageOf } from '../aboutModel.ts'
import { AssayError } from '../../errors.ts'
import type { Answer } from '../../models/answer.ts'
import type { Model } from '../../models/model.ts'
import type { AnswerValue } from '../../models/value.ts'
import { type AskedCases, askedCases, type Cases, type ReadCases } from '../askedCases.ts'
import { capabilityOf, mftExample } from '../caseExample.ts'
import { caseKey } from '../caseKey.ts'
import { comparators } from '../comparators/index.ts'
import type { MftCase } from '../mft.ts'
import { capabilityLimits, checkCapabilities, withCapabilities } from '../capabilityLimits.ts'
import { judgeRate, limitOf, passRateOf, ratedInfo } from '../passRate.ts'
import type { RunFindings } from '../run/definition.ts'
import { run } from '../run/run.ts'
import type { CaseTally } from '../tally.ts'
import { runGroups } from '../groupedRun.ts'
import {
  checkedTrials,
  checkIndifference,
  isDecided,
  spendingOf,
  type TrialOptions,
  unitOf,
  withCalls,
  statedTrials,
} from '../trialOptions.ts'
import { untold } from '../untold.ts'

/** What `passMft` can be told. */
export interface MftPassOptions extends TrialOptions {
  /**
   * Limits of the pass rates of single capabilities, beside that of the whole.
   * @example { passRate: { min: 0.9 }, capabilities: { negation: { min: 0.7 } } }
   */
  readonly capabilities?: Readonly<Record<string, Pick<Bounds, 'min' | 'gt'>>>
}

/** A test as it is asked: the cases, and what they are held to. */
interface Functionality {
  readonly model: Model
  readonly cases: AskedCases
  readonly checked: ReturnType<typeof checkedTrials<MftPassOptions>>
  readonly limits: ReturnType<typeof capabilityLimits>
}

/**
 * The model answers the cases of a minimum functionality test: at least `passRate` of them (default: all). A case that
 * could not be predicted, or whose answer cannot be compared with what it expects, is no pass and is counted apart: where
 * the verdict hangs on such cases, it is an error. `vacuous` without cases.
 */
export function passMft(model: Model, cases: Cases, options: MftPassOptions = {}): RunCheck {
  checkModel(model, 'passMft')
  const caseList = askedCases(cases, 'passMft')
  const checked = checkedTrials(options, 'passMft', ['capabilities'])
  const { budget, trials } = checked
  checkAskedAgain(model, trials.times, 'passMft')
  const limits = capabilityLimits(checked.capabilities)
  if (caseList.capabilities) checkCapabilities(limits, [...caseList.capabilities], caseList.capabilityText)
  if (checked.indifference !== undefined)
    for (const passRate of limits.values()) checkIndifference(checked.indifference, limitOf({ passRate }), 'passMft')
  checkWeights(caseList.isWeighted, checked)
  return {
    type: 'run',
    kind: 'passMft',
    family: 'behavior',
    ...withReference(
      aboutModel(model, caseList.capability, {
        statement: caseList.statement,
        ...(caseList.stated ? { stated: caseList.stated } : {}),
        limits: {
          ...caseList.limits,
          ...statedTrials(checked),
          ...(limits.size === 0 ? {} : { capabilities: [...limits] }),
        },
      }),
      caseList.reference,
    ),
    title: caseList.title,
    ...ratedInfo(checked, 'cases', caseList),
    // Drawn by weight, a case may come more than once.
    ...callsOf(caseList.isWeighted && budget !== undefined ? undefined : caseList.count, budget, trials.times),
    async run(context) {
      const test = { model, cases: caseList, checked, limits }
      const read = await caseList.read(context)
      checkWeights(read.isWeighted, checked)
      const ran = await runCases(test, read, context.signal)
      // Of a dataset they are known once all of its cases were read.
      checkCapabilities(limits, [...read.capabilities], caseList.capabilityText)
      return judgementOf(test, read, ran)
    },
  }
}

/** Throws an AssayError for cases with weights whose repeats count each by itself. */
function checkWeights(isWeighted: boolean | undefined, { budget, trials }: Functionality['checked']): void {
  if (!isWeighted || budget !== undefined || trials.by !== 'mean' || trials.times === 1) return
  throw new AssayError('wrong-argument', "passMft got cases with weights and repeats by 'mean'", {
    hint: 'an interval heeds the weights of cases or which answers belong to one case: with a budget cases are drawn by their weights, and it heeds both',
  })
}

/** Asks the model, case by case or by groups of cases that count as one. */
function runCases(
  { model, cases, checked, limits }: Functionality,
  { cases: list, isWeighted, isGrouped, expected }: ReadCases,
  signal: AbortSignal | undefined,
): Promise<RunFindings> {
  const isDiscreet = cases.dataset !== undefined
  const untyped = model.untyped === true
  const settings = {
    model,
    signal,
    personal: cases.isPersonal(),
    repeats: checked.trials,
    ...spendingOf(checked.budget, (total, tallies) => isSure(total, tallies, checked, limits), isWeighted),
  }
  const compared = (testCase: MftCase, answer: Answer | undefined, i: number) =>
    comparators[testCase.compare].compare({ value: answer?.value as AnswerValue, untyped }, expected(testCase, i))
  if (isGrouped) return runGroups(list, { settings, compared, expected, isWeighted, isDiscreet })
  return run(list, {
    ...settings,
    ask: ({ input }) => [input],
    judge: (testCase, [answer], _, i) => compared(testCase, answer, i),
    capability: capabilityOf,
    ...(isWeighted ? { weight: ({ weight = 1 }: MftCase) => weight } : {}),
    key: ({ unit }) => caseKey(unit),
    example: (failed) => mftExample(failed, expected(failed.unit, failed.index)),
    ...(isDiscreet ? { discreet: { key: ({ index }) => `row ${index + 1}`, example: () => untold } } : {}),
  })
}

/** Whether what was counted decides the whole test and each capability that has a limit. */
function isSure(
  total: CaseTally,
  tallies: ReadonlyMap<string, CaseTally>,
  checked: Functionality['checked'],
  limits: Functionality['limits'],
): boolean {
  if (!isDecided(total, checked)) return false
  return [...limits].every(([name, passRate]) => {
    const tally = tallies.get(name)
    return tally !== undefined && isDecided(tally, { ...checked, passRate })
  })
}

function judgementOf(
  { model, cases, checked, limits }: Functionality,
  { isWeighted }: ReadCases,
  { total, capabilities, failing, discreet, seconds, calls }: RunFindings,
): Judgement {
  const { budget, trials } = checked
  const { table, dataset, capabilityText } = cases
  const limit = limitOf(checked)
  const unit = unitOf(trials, isWeighted && budget !== undefined ? 'weighted draws' : 'cases')
  const overall = passRateOf('all', total, limit, checked)
  const rates = [...capabilities].map(([name, of]) => {
    const own = limits.get(name)
    // The limit is the whole test's: a capability has one where it is the whole test, or is given its own.
    const least = own ? limitOf({ passRate: own }) : capabilities.size === 1 ? limit : undefined
    return passRateOf(name, of, least, checked)
  })
  const whole = judgeRate(overall, checked, unit, total)
  return {
    ...withCalls(withCapabilities(whole, rates, capabilities, limits, checked, capabilityText), calls, budget),
    ...(dataset ? { discreet: [{ columns: 'any' as const, evidence: [discreet] }] } : {}),
    evidence: [
      {
        kind: 'rates',
        test: 'MFT',
        overall,
        parts: rates.map((rate) => ({ ...rate, name: capabilityText(rate.name) })),
        ...(table === undefined ? {} : { table }),
        casesPerSecond: Math.round(total.cases / Math.max(seconds, 1e-6)),
        ...(dataset ? { of: ['capability'] } : {}),
      },
      { ...failing, ...(dataset ? { of: 'any' as const } : {}) },
    ],
    lineage: { model: lineageOf(model) },
  }
}

const withReference = (
  { subject, question }: ReturnType<typeof aboutModel>,
  reference: AskedCases['reference'],
): ReturnType<typeof aboutModel> => ({ subject: { ...subject, ...reference }, question })

/** Calls of the model at most, where that is known. */
function callsOf(count: number | undefined, budget: number | undefined, times: number): Pick<RunCheck, 'calls'> {
  const calls = Math.min(budget ?? Infinity, (count ?? Infinity) * times)
  return calls === Infinity ? {} : { calls }
}
