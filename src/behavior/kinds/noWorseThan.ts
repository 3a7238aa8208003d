import type { Judgement, RunCheck, RunContext } from '../../checks/check.ts'
import { AssayError, nearestHint } from '../../errors.ts'
import type { Answer } from '../../models/answer.ts'
import type { Model } from '../../models/model.ts'
import type { AnswerValue } from '../../models/value.ts'
import type { Block } from '../../results/blocks/index.ts'
import type { Example } from '../../results/blocks/examples.ts'
import { type ScoreName, scores } from '../../scores/index.ts'
import { defaultSettings, type Score, type ScoreSettings } from '../../scores/score.ts'
import { effectiveSize } from '../../stats/effectiveSize.ts'
import { mcNemar, pairedDifference } from '../../stats/mcNemar.ts'
import { countText, exactShare, numberText } from '../../words/text/numbers.ts'
import { aboutModel, checkModel, lineageOf } from '../aboutModel.ts'
import { areCases } from '../askedCases.ts'
import { capabilityOf, caseExample } from '../caseExample.ts'
import { caseKey } from '../caseKey.ts'
import { type Aim, checkedComparison, compared, type ComparisonOptions, signed, verdictOf } from '../comparison.ts'
import { labelOf, type ComparisonVerdict } from '../comparators/comparator.ts'
import { isPassed, type CaseOutcome } from '../outcome.ts'
import { comparators } from '../comparators/index.ts'
import { checkLabelled, checkWeighable, gathered, picked, reading } from '../gathered.ts'
import { fileOf, isPersonal, type MftCase, personalParts, type PersonalParts } from '../mft.ts'
import { checkPositive } from '../positive.ts'
import { passRateOf } from '../passRate.ts'
import { casesText, resampled, SEED } from '../scoreWords.ts'
import type { Failed } from '../run/definition.ts'
import { run } from '../run/run.ts'
import { shown } from '../shown.ts'
import { tableKey } from '../tableKey.ts'
import { EXAMPLES } from '../tally.ts'

export interface NoWorseOptions extends ComparisonOptions {
  /**
   * The cases with their right answers.
   * @example { on: mft('cases.csv') }
   */
  readonly on: readonly MftCase[]
  /**
   * The score that is compared, in place of how many cases are right.
   * @example { score: 'mae', margin: 0.5 }
   */
  readonly score?: ScoreName
  /**
   * The label that is looked for, of two, for scores that are about one.
   * @example { score: 'f1', positive: 'spam' }
   */
  readonly positive?: string
}

/**
 * The model is no worse than another, or than predictions of an earlier release, by more than `margin`: both are asked the
 * same cases, and what broke is set against what was fixed. `pass` where the interval of the difference lies above minus
 * the margin, `fail` where it lies below, else `inconclusive`. Where neither `margin` nor `confidence` asks for a guarantee, it
 * passes too where nothing broke. Of right answers the interval leaves out 0 where McNemar's exact test does,
 * of a `score` it comes of a paired bootstrap; cases with weights count by them. A case that either model has no answer to
 * is an error; where the verdict hangs on such cases, or the other model has no answer at all, it is one.
 */
export function noWorseThan(model: Model, other: Model, options: NoWorseOptions): RunCheck {
  return comparison(model, other, options, {
    kind: 'noWorseThan',
    aim: 'no worse',
    title: `no worse than ${other?.name}`,
  })
}

interface Kind {
  readonly kind: string
  readonly aim: Aim
  readonly title: string
  /** What the result names as the other side; default: the other model. */
  readonly reference?: string
}

export function comparison(model: Model, other: Model, options: NoWorseOptions, kind: Kind): RunCheck {
  const { kind: asker, aim } = kind
  checkModel(model, asker)
  checkModel(other, asker)
  const own = checkedComparison(options, asker, ['on', 'score', 'positive'])
  const { on, score: name, positive, margin, confidence, onInconclusive, severity } = own
  const score = name === undefined ? undefined : scoreNamed(name, asker)
  if (score) checkLabelled(on, asker)
  else checkCases(on, asker)
  if (positive !== undefined && (typeof positive !== 'string' || positive === ''))
    throw new AssayError('wrong-argument', `${asker} got a positive that is no label`, { hint: 'it is a label' })
  const cases = [...on]
  const parts = personalParts(cases)
  if (score) checkPositive(positive, cases, asker)
  if (score) checkWeighable(score, settingsOf(positive), cases, asker)
  const expected = cases.map((one) =>
    comparators[one.compare].prepare(one.expected, `case ${JSON.stringify(one.name)}`),
  )
  const table = tableKey(cases)
  const file = fileOf(on)
  const about = aboutModel(model, 'regression', {
    statement: {
      other: kind.reference ?? other.source ?? other.name,
      score: name,
      positive,
      ...(file === undefined ? { cases: table } : { file }),
    },
    limits: { other: other.fingerprint, cases: table, margin, confidence, onInconclusive, severity },
  })
  const unit = score ? score.name : 'share of right cases'
  const least = aim === 'no worse' ? `at least ${signed(-margin)}` : `more than ${signed(margin)}`
  const comparison: Asked = { model, other, cases, expected, table, own, aim, parts }
  return {
    type: 'run',
    kind: asker,
    family: 'behavior',
    subject: { ...about.subject, reference: kind.reference ?? other.name },
    question: about.question,
    title: `${score ? `${score.name} ` : ''}${kind.title}`,
    expected: `${aim === 'no worse' && !own.isGuarantee ? `nothing ${score ? 'worse' : 'broken'}, or ` : ''}a difference of ${least} in ${unit}, with ${exactShare(confidence)} confidence`,
    ...(severity ? { severity } : {}),
    personal: parts.personal,
    run: (context) => (score ? byScore(score, settingsOf(positive), comparison, context) : byCase(comparison, context)),
  }
}

interface Asked {
  readonly model: Model
  readonly other: Model
  readonly cases: readonly MftCase[]
  readonly expected: readonly unknown[]
  readonly table: string
  readonly own: ReturnType<typeof checkedComparison<NoWorseOptions>>
  readonly aim: Aim
  readonly parts: PersonalParts
}

async function byCase(
  { model, other, cases, expected, table, own, aim, parts: { personal, capabilityText } }: Asked,
  { signal }: RunContext,
): Promise<Judgement> {
  const { margin, confidence } = own
  const changes = new Map<string, Changes>()
  let silent = 0
  /** How much the cases count that changed. */
  let [brokeWeight, fixedWeight] = [0, 0]
  const right = (
    i: number,
    value: AnswerValue | undefined,
    untyped: boolean,
  ): ComparisonVerdict | Promise<ComparisonVerdict> =>
    comparators[(cases[i] as MftCase).compare].compare({ value: value as AnswerValue, untyped }, expected[i])
  const mended: Changed[] = []
  const change = (changed: Changed, is: ComparisonVerdict, was: ComparisonVerdict): CaseOutcome => {
    if (typeof is === 'string') return is
    if (typeof was === 'string') return `${other.name}: ${was}`
    const of = changesOf(changes, changed.unit)
    const { weight = 1 } = changed.unit
    of.cases++
    if (isPassed(was) && !isPassed(is)) {
      of.broke++
      brokeWeight += weight
    }
    if (!isPassed(was) && isPassed(is)) {
      of.fixed++
      fixedWeight += weight
      if (mended.length < EXAMPLES) mended.push(changed)
    }
    return isPassed(is) || !isPassed(was)
  }
  const ran = await run(cases, {
    model,
    other,
    signal,
    personal: personal.length > 0,
    ask: ({ input }) => [input],
    judge(testCase, [answer], [before], i) {
      const is = right(i, answer?.value, model.untyped === true)
      const was = right(i, before?.value, other.untyped === true)
      const changed = { unit: testCase, index: i, answers: [answer as Answer], others: [before as Answer] }
      if (!(is instanceof Promise) && !(was instanceof Promise)) return change(changed, is, was)
      return Promise.all([is, was]).then(([now, then]) => change(changed, now, then))
    },
    capability: capabilityOf,
    ...(cases.some(({ weight }) => weight !== undefined) ? { weight: ({ weight = 1 }) => weight } : {}),
    key: ({ unit }) => caseKey(unit),
    example: (failed) => example(failed, expected[failed.index]),
    seen: (_one, _outcome, _answers, [before]) => {
      if (before?.error !== undefined) silent++
    },
  })
  const { errors, cases: n, weights } = ran.total
  // Cases with weights are as many as tell as much, as for a pass rate.
  const size = weights ? effectiveSize(weights.all, weights.squares) : n
  const scale = weights ? size / weights.all : 1
  const sum = (name: 'broke' | 'fixed'): number => [...changes.values()].reduce((all, one) => all + one[name], 0)
  const [broke, fixed] = [sum('broke'), sum('fixed')]
  const difference = (b: number, f: number) => ({
    value: (f - b) / size,
    interval: pairedDifference(b, f, size, confidence),
  })
  const [b, f, unclear] = [brokeWeight * scale, fixedWeight * scale, (weights?.errors ?? errors) * scale]
  const { value, interval } = difference(b, f)
  /** Where no case broke and nothing is claimed of others, there is nothing to be sure of. */
  const verdict = (b: number, f: number) =>
    aim === 'no worse' && b === 0 && !own.isGuarantee ? 'pass' : verdictOf(difference(b, f), aim, margin)
  const status = verdict(b, f)
  const shownAs = (changed: Changed): Example => ({
    case: caseKey(changed.unit),
    ...example({ ...changed, inputs: [changed.unit.input], outcome: false }, expected[changed.index]),
  })
  const base = {
    measured: `${broke} broke, ${fixed} fixed of ${countText(n, 'case')}${weights ? ' by weight' : ''}: ${signed(value)} (${signed(interval[0])} to ${signed(interval[1])}), p = ${numberText(Number(mcNemar(b, f).toPrecision(2)))}`,
    value,
    evidence: [
      {
        kind: 'rates',
        test: 'REG',
        overall: passRateOf('not broken', ran.total, undefined),
        parts: [...ran.capabilities].map(([name, of]) => passRateOf(capabilityText(name), of, undefined)),
        table,
      },
      ran.failing,
      {
        kind: 'changes',
        before: other.name,
        after: model.name,
        cases: n - errors,
        // They are the examples before.
        broke: { total: broke, examples: [] },
        fixed: { total: fixed, examples: mended.map(shownAs) },
        parts: [...changes].map(([name, one]) => ({ name: capabilityText(name), ...one })),
        of: [],
      },
    ] satisfies readonly Block[],
    lineage: { model: lineageOf(model) },
  }
  if (silent === n)
    return {
      ...base,
      status: 'error',
      message: `${other.name} has no answer to any of these ${countText(n, 'case')}: is it about others?`,
    }
  const hangs = [verdict(b + unclear, f), verdict(b, f + unclear)]
  if (errors > 0 && hangs.some((one) => one !== status))
    return {
      ...base,
      status: 'error',
      message: `the verdict hangs on ${countText(errors, 'case')} that could not be predicted${silent > 0 ? `, ${silent} of them not by ${other.name}` : ''}`,
    }
  const reach =
    aim === 'no worse' && status !== 'fail' && broke === 0 ? reachText(interval[0], n, confidence) : undefined
  return compared(status, own, reach === undefined ? base : { ...base, message: reach })
}

/** What cases of which none broke show of others. */
const reachText = (low: number, n: number, confidence: number): string =>
  `${n === 1 ? 'the one case did not break' : `none of ${countText(n, 'case')} broke`}; of others the share that is right may have fallen by up to ${numberText(Number((-low).toPrecision(2)))}, at ${exactShare(confidence)} confidence`

async function byScore(
  score: Score,
  settings: ScoreSettings,
  { model, other, cases, own, aim }: Asked,
  { signal }: RunContext,
): Promise<Judgement> {
  const { answers, others, cases: ofAnswers } = await gathered(cases, { model, other, signal })
  const read = (of: Model, given: typeof answers) =>
    reading(score.reads, ofAnswers, given, { untyped: of.untyped === true, score: undefined, labels: undefined })
  const [is, was] = [read(model, answers), read(other, others)]
  for (const [of, side] of [
    [model, is],
    [other, was],
  ] as const)
    if (side.errors.size > 0) {
      const [[place, why] = [0, '']] = side.errors
      const named = ofAnswers[place]
      return {
        status: 'error',
        measured: `${countText(side.errors.size, 'case')} without an answer of ${of.name}`,
        message: `${countText(side.errors.size, 'case')} of ${cases.length} could not be scored for ${of.name}; the first: ${JSON.stringify(named?.name)}${named && isPersonal(named) ? '' : ` ${why}`}`,
      }
    }
  const sign = score.better === 'higher' ? 1 : -1
  const difference = (places?: ArrayLike<number>): number => {
    const [now, before] = places
      ? [picked(is.answered, places), picked(was.answered, places)]
      : [is.answered, was.answered]
    return sign * (score.of(now, settings) - score.of(before, settings))
  }
  const value = difference()
  if (Number.isNaN(value))
    return {
      status: 'error',
      measured: `${score.name} is not defined for these cases`,
      message: `${score.name} is not defined for these cases`,
    }
  const { interval, isSame } = resampled(difference, value, {
    score,
    settings,
    sides: [is.answered, was.answered],
    confidence: own.confidence,
  })
  const [now, before] = [score.of(is.answered, settings), score.of(was.answered, settings)]
  const status =
    aim === 'no worse' && isSame && value >= 0 && !own.isGuarantee
      ? 'pass'
      : verdictOf({ value, interval }, aim, own.margin)
  return compared(status, own, {
    measured: `${numberText(Number(now.toPrecision(4)))} after ${numberText(Number(before.toPrecision(4)))} over ${casesText(is.answered)}, better by ${signed(value)} (${signed(interval[0])} to ${signed(interval[1])})`,
    value,
    lineage: { model: lineageOf(model), seed: SEED },
  })
}

/** A case that changed, with what both models said. */
type Changed = Pick<Failed<MftCase>, 'unit' | 'index' | 'answers' | 'others'>

interface Changes {
  cases: number
  broke: number
  fixed: number
}

function changesOf(changes: Map<string, Changes>, testCase: MftCase): Changes {
  const name = capabilityOf(testCase)
  const own = changes.get(name) ?? { cases: 0, broke: 0, fixed: 0 }
  changes.set(name, own)
  return own
}

function example(failed: Failed<MftCase>, expected: unknown): Example {
  const was = failed.others[0]?.value
  return caseExample(failed, expected, was === undefined ? {} : { before: shown(labelOf(was)) })
}

function checkCases(cases: readonly MftCase[], asker: string): void {
  if (!areCases(cases))
    throw new AssayError('wrong-argument', `${asker} needs cases with right answers`, {
      hint: "say on: mft('cases.csv'), or on: labelled(rows, { expected: 'species' })",
    })
}

function scoreNamed(name: string, asker: string): Score {
  if (Object.hasOwn(scores, name)) return scores[name as ScoreName]
  const names = Object.keys(scores)
  throw new AssayError('wrong-argument', `${asker} does not know the score ${JSON.stringify(name)}`, {
    hint: nearestHint(String(name), names, `there are ${names.join(', ')}`, String),
  })
}

const settingsOf = (positive: string | undefined): ScoreSettings => ({
  ...defaultSettings,
  positive,
  average: positive === undefined ? 'macro' : 'binary',
})
