import type { Judgement } from '../checks/check.ts'
import type { Model } from '../models/model.ts'
import type { RatesBlock } from '../results/blocks/rates.ts'
import { lineageOf } from './aboutModel.ts'
import type { GivenInputs } from './inputs.ts'
import { judgeRate, limitOf, passRateOf, type Rated } from './passRate.ts'
import type { RunFindings } from './run/definition.ts'

interface InputRate {
  readonly test: NonNullable<RatesBlock['test']>
  readonly capability: string
  readonly checked: Rated
  readonly inputs: GivenInputs
  readonly model: Model
  /** What was changed in the inputs, and how that is told where they are personal. */
  readonly perturbation?: { readonly words: string; readonly discreet: string }
}

/** The judgement of a check whose inputs all count alike: their one pass rate against its limit, and what failed. */
export function judgeInputs(
  ran: RunFindings,
  { test, capability, checked, inputs, model, perturbation }: InputRate,
): Judgement {
  const { columns, table } = inputs
  const overall = passRateOf(capability, ran.total, limitOf(checked), checked)
  const rates = { kind: 'rates', test, overall, parts: [overall], ...(table === undefined ? {} : { table }) } as const
  const changed = (text: string | undefined): RatesBlock =>
    text === undefined ? rates : { ...rates, perturbation: text }
  const discreetly = perturbation ? [ran.discreet, changed(perturbation.discreet)] : [ran.discreet]
  return {
    ...judgeRate(overall, checked, 'inputs'),
    ...(columns.length > 0 ? { discreet: [{ columns, evidence: discreetly }] } : {}),
    evidence: [changed(perturbation?.words), { ...ran.failing, of: columns }],
    lineage: { model: lineageOf(model) },
  }
}
