import type { RunCheck } from '../../checks/check.ts'
import { AssayError, nearestHint } from '../../errors.ts'
import type { Model } from '../../models/model.ts'
import { type ScoreName, scores } from '../../scores/index.ts'
import { defaultSettings, type Score, type ScoreSettings } from '../../scores/score.ts'
import { exactShare } from '../../words/text/numbers.ts'
import { aboutModel, checkModel } from '../aboutModel.ts'
import { areCases } from '../askedCases.ts'
import { comparators } from '../comparators/index.ts'
import { checkLabelled, checkWeighable } from '../gathered.ts'
import { fileOf, type MftCase, personalParts } from '../mft.ts'
import { checkPositive } from '../positive.ts'
import { tableKey } from '../tableKey.ts'
import { byCase } from './byCase.ts'
import { byScore } from './byScore.ts'
import { type Aim, checkedComparison, type ModelComparison, type NoWorseOptions, signed } from './comparison.ts'

interface Kind {
  readonly kind: string
  readonly aim: Aim
  readonly title: string
  /** What the result names as the other side; default: the other model. */
  readonly reference?: string
}

/** A check that sets what one model is worth against what another is: right cases, or a score of them. */
export function comparisonCheck(model: Model, other: Model, options: NoWorseOptions, kind: Kind): RunCheck {
  const { kind: asker, aim } = kind
  checkModel(model, asker)
  checkModel(other, asker)
  const own = checkedComparison(options, asker, ['on', 'score', 'positive'])
  const { on, score: name, positive, margin, confidence, onInconclusive, severity } = own
  const score = name === undefined ? undefined : scoreNamed(name, asker)
  checkMargin(margin, score, asker)
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
  const comparison: ModelComparison = { model, other, cases, expected, table, own, aim, parts }
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

/** Throws an AssayError for a margin that no two models lie apart by. */
function checkMargin(margin: number, score: Score | undefined, asker: string): void {
  const [least, most] = score?.range ?? [0, 1]
  if (margin < most - least) return
  throw new AssayError('wrong-argument', `${asker} got margin: ${margin}, and no two models differ by more than that`, {
    hint: `margin is how much difference in ${score?.name ?? 'the share of right cases'} is worth nothing, under ${most - least}: e.g. 0.05`,
  })
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
