import type { Judgement, RunContext } from '../../checks/check.ts'
import type { Answer } from '../../models/answer.ts'
import type { Model } from '../../models/model.ts'
import type { AnswerValue } from '../../models/value.ts'
import type { Block } from '../../results/blocks/index.ts'
import { effectiveSize } from '../../stats/effectiveSize.ts'
import { mcNemar, pairedDifference } from '../../stats/mcNemar.ts'
import { countText, exactShare, numberText } from '../../words/text/numbers.ts'
import { lineageOf } from '../aboutModel.ts'
import { capabilityOf } from '../caseExample.ts'
import { caseKey } from '../caseKey.ts'
import type { ComparisonVerdict } from '../comparators/comparator.ts'
import { comparators } from '../comparators/index.ts'
import type { MftCase } from '../mft.ts'
import { passRateOf } from '../passRate.ts'
import type { RunFindings } from '../run/definition.ts'
import { run } from '../run/run.ts'
import { PairedChanges, changedExample, fixedExample } from './pairedChanges.ts'
import { compared, type Difference, nothingToBreak, type ModelComparison, signed, verdictOf } from './comparison.ts'

/** Judges by how many cases broke and how many were fixed. */
export async function byCase(comparison: ModelComparison, { signal }: RunContext): Promise<Judgement> {
  const { model, other, own, aim } = comparison
  const { margin, confidence } = own
  const { ran, changes, silent } = await askedBoth(comparison, signal)
  const { errors, cases: n, weights } = ran.total
  // Cases with weights are as many as tell as much, as for a pass rate.
  const size = weights ? effectiveSize(weights.all, weights.squares) : n
  const scale = weights ? size / weights.all : 1
  const { broke, fixed } = changes
  const difference = (b: number, f: number): Difference => ({
    value: (f - b) / size,
    interval: pairedDifference(b, f, size, confidence),
  })
  const [b, f, unclear] = [
    changes.brokeWeight * scale,
    changes.fixedWeight * scale,
    (weights?.errors ?? errors) * scale,
  ]
  const { value, interval } = difference(b, f)
  /** Where no case broke and nothing is claimed of others, there is nothing to be sure of. */
  const verdict = (b: number, f: number) =>
    aim === 'no worse' && b === 0 && !own.isGuarantee ? 'pass' : verdictOf(difference(b, f), aim, margin)
  const status = verdict(b, f)
  const base = {
    measured: `${broke} broke, ${fixed} fixed of ${countText(n, 'case')}${weights ? ' by weight' : ''}: ${signed(value)} (${signed(interval[0])} to ${signed(interval[1])}), p = ${numberText(Number(mcNemar(b, f).toPrecision(2)))}`,
    value,
    evidence: evidenceOf(comparison, ran, changes),
    lineage: { model: lineageOf(model) },
  }
  if (silent === n)
    return {
      ...base,
      status: 'error',
      message: `${other.name} has no answer to any of these ${countText(n, 'case')}: is it about others?`,
    }
  const hangs = [verdict(b + unclear, f), verdict(b, f + unclear)]
  if (errors > 0 && hangs.some((extreme) => extreme !== status))
    return {
      ...base,
      status: 'error',
      message: `the verdict hangs on ${countText(errors, 'case')} that could not be predicted${silent > 0 ? `, ${silent} of them not by ${other.name}` : ''}`,
    }
  if (aim === 'no worse' && n > errors && !changes.anyRight)
    return { ...nothingToBreak(model, other, n - errors), lineage: base.lineage }
  const reach =
    aim === 'no worse' && status !== 'fail' && broke === 0 ? reachText(interval[0], n, confidence) : undefined
  return compared(status, own, reach === undefined ? base : { ...base, message: reach })
}

/** What came of asking both models; `silent` counts the cases that the other one had no answer to. */
interface BothAsked {
  readonly ran: RunFindings
  readonly changes: PairedChanges
  readonly silent: number
}

async function askedBoth(
  { model, other, cases, expected, parts: { personal } }: ModelComparison,
  signal: AbortSignal | undefined,
): Promise<BothAsked> {
  const changes = new PairedChanges(other.name)
  let silent = 0
  const right = (i: number, answer: Answer | undefined, of: Model): ComparisonVerdict | Promise<ComparisonVerdict> =>
    comparators[(cases[i] as MftCase).compare].compare(
      { value: answer?.value as AnswerValue, untyped: of.untyped === true },
      expected[i],
    )
  const ran = await run(cases, {
    model,
    other,
    signal,
    personal: personal.length > 0,
    ask: ({ input }) => [input],
    judge(testCase, [answer], [before], i) {
      const is = right(i, answer, model)
      const was = right(i, before, other)
      const changed = { unit: testCase, index: i, answers: [answer as Answer], others: [before as Answer] }
      if (!(is instanceof Promise) && !(was instanceof Promise)) return changes.add(changed, is, was)
      return Promise.all([is, was]).then(([now, then]) => changes.add(changed, now, then))
    },
    capability: capabilityOf,
    ...(cases.some(({ weight }) => weight !== undefined) ? { weight: ({ weight = 1 }) => weight } : {}),
    key: ({ unit }) => caseKey(unit),
    example: (failed) => changedExample(failed, expected[failed.index]),
    seen: (_case, _outcome, _answers, [before]) => {
      if (before?.error !== undefined) silent++
    },
  })
  return { ran, changes, silent }
}

function evidenceOf(
  { model, other, expected, table, parts: { capabilityText } }: ModelComparison,
  { total, capabilities, failing }: RunFindings,
  changes: PairedChanges,
): readonly Block[] {
  return [
    {
      kind: 'rates',
      test: 'REG',
      overall: passRateOf('not broken', total, undefined),
      parts: [...capabilities].map(([name, of]) => passRateOf(capabilityText(name), of, undefined)),
      table,
    },
    failing,
    {
      kind: 'changes',
      before: other.name,
      after: model.name,
      cases: total.cases - total.errors,
      // They are the examples before.
      broke: { total: changes.broke, examples: [] },
      fixed: {
        total: changes.fixed,
        examples: changes.mended.map((changed) => fixedExample(changed, expected[changed.index])),
      },
      parts: [...changes.parts].map(([name, part]) => ({ name: capabilityText(name), ...part })),
      of: [],
    },
  ]
}

/** What cases of which none broke show of others. */
const reachText = (low: number, n: number, confidence: number): string =>
  `${n === 1 ? 'the one case did not break' : `none of ${countText(n, 'case')} broke`}; of others the share that is right may have fallen by up to ${numberText(Number((-low).toPrecision(2)))}, at ${exactShare(confidence)} confidence`
