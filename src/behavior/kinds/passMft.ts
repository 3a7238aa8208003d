import type { Bounds } from '../../checks/bounds.ts'
import type { RunCheck } from '../../checks/check.ts'
import { aboutModel, checkAskedAgain, checkModel, lineageOf } from '../aboutModel.ts'
import { AssayError } from '../../errors.ts'
import type { Answer } from '../../models/answer.ts'
import type { Model } from '../../models/model.ts'
import type { AnswerValue } from '../../models/value.ts'
import { type AskedCases, askedCases, type Cases } from '../askedCases.ts'
import { capabilityOf, mftExample } from '../caseExample.ts'
import { caseKey } from '../caseKey.ts'
import { comparators } from '../comparators/index.ts'
import type { MftCase } from '../mft.ts'
import { capabilityLimits, checkCapabilities, withCapabilities } from '../capabilityLimits.ts'
import { judgeRate, limitOf, passRateOf, ratedInfo } from '../passRate.ts'
import { run } from '../run/run.ts'
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
export function passMft(model: Model, cases: Cases, options: MftPassOptions = {}): RunCheck {
  checkModel(model, 'passMft')
  const caseList = askedCases(cases, 'passMft')
  const checked = checkedTrials(options, 'passMft', ['capabilities'])
  const { table, dataset, capabilityText } = caseList
  const { budget, trials } = checked
  checkAskedAgain(model, trials.times, 'passMft')
  const ofCapabilities = capabilityLimits(checked.capabilities)
  if (caseList.capabilities) checkCapabilities(ofCapabilities, [...caseList.capabilities], capabilityText)
  if (checked.indifference !== undefined)
    for (const passRate of ofCapabilities.values())
      checkIndifference(checked.indifference, limitOf({ passRate }), 'passMft')
  const checkWeights = (isWeighted: boolean | undefined): void => {
    if (!isWeighted || budget !== undefined || trials.by !== 'mean' || trials.times === 1) return
    throw new AssayError('wrong-argument', "passMft got cases with weights and repeats by 'mean'", {
      hint: 'an interval heeds the weights of cases or which answers belong to one case: with a budget cases are drawn by their weights, and it heeds both',
    })
  }
  checkWeights(caseList.isWeighted)
  return {
    type: 'run',
    kind: 'passMft',
    family: 'behavior',
    ...withReference(
      aboutModel(model, caseList.capability, {
        statement: caseList.statement,
        limits: {
          ...caseList.limits,
          ...statedTrials(checked),
          ...(ofCapabilities.size === 0 ? {} : { capabilities: [...ofCapabilities] }),
        },
      }),
      caseList.reference,
    ),
    title: caseList.title,
    ...ratedInfo(checked, 'cases', caseList),
    // Drawn by weight, a case may come more than once.
    ...callsOf(caseList.isWeighted && budget !== undefined ? undefined : caseList.count, budget, trials.times),
    async run(context) {
      const untyped = model.untyped === true
      const { cases: list, isWeighted, isGrouped, expected, capabilities } = await caseList.read(context)
      checkWeights(isWeighted)
      const settings = {
        model,
        signal: context.signal,
        personal: caseList.isPersonal(),
        repeats: trials,
        ...spendingOf(
          budget,
          (total, tallies) =>
            [
              { of: total, rated: checked },
              ...[...ofCapabilities].map(([name, own]) => ({
                of: tallies.get(name),
                rated: { ...checked, passRate: own },
              })),
            ].every(({ of, rated }) => of !== undefined && isDecided(of, rated)),
          isWeighted,
        ),
      }
      const compared = (one: MftCase, answer: Answer | undefined, i: number) =>
        comparators[one.compare].compare({ value: answer?.value as AnswerValue, untyped }, expected(one, i))
      const ran = isGrouped
        ? await runGroups(list, { settings, compared, expected, isWeighted, isDiscreet: dataset !== undefined })
        : await run(list, {
            ...settings,
            ask: ({ input }) => [input],
            judge: (one, [answer], _, i) => compared(one, answer, i),
            capability: capabilityOf,
            ...(isWeighted ? { weight: ({ weight = 1 }: MftCase) => weight } : {}),
            key: ({ unit }) => caseKey(unit),
            example: (failed) => mftExample(failed, expected(failed.unit, failed.index)),
            ...(dataset ? { discreet: { key: ({ index }) => `row ${index + 1}`, example: () => untold } } : {}),
          })
      // Of a dataset they are known once all of its cases were read.
      checkCapabilities(ofCapabilities, [...capabilities], capabilityText)
      const limit = limitOf(checked)
      const unit = unitOf(trials, isWeighted && budget !== undefined ? 'weighted draws' : 'cases')
      const overall = passRateOf('all', ran.total, limit, checked)
      const rates = [...ran.capabilities].map(([name, of]) => {
        const own = ofCapabilities.get(name)
        // The limit is the whole test's: a capability has one where it is the whole test, or is given its own.
        const least = own ? limitOf({ passRate: own }) : ran.capabilities.size === 1 ? limit : undefined
        return passRateOf(name, of, least, checked)
      })
      const seconds = Math.max(ran.seconds, 1e-6)
      return {
        ...withCalls(
          withCapabilities(
            judgeRate(overall, checked, unit, ran.total),
            rates,
            ran.capabilities,
            ofCapabilities,
            checked,
            capabilityText,
          ),
          ran.calls,
          budget,
        ),
        ...(dataset ? { discreet: [{ columns: 'any' as const, evidence: [ran.discreet] }] } : {}),
        evidence: [
          {
            kind: 'rates',
            test: 'MFT',
            overall,
            parts: rates.map((rate) => ({ ...rate, name: capabilityText(rate.name) })),
            ...(table === undefined ? {} : { table }),
            casesPerSecond: Math.round(ran.total.cases / seconds),
            ...(dataset ? { of: ['capability'] } : {}),
          },
          { ...ran.failing, ...(dataset ? { of: 'any' as const } : {}) },
        ],
        lineage: { model: lineageOf(model) },
      }
    },
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
