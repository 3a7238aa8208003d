import { type Bounds, inWords } from '../../checks/bounds.ts'
import type { Check, CheckGroup, Judgement, RunCheck, RunContext } from '../../checks/check.ts'
import { undecided } from '../../checks/undecided.ts'
import type { Model } from '../../models/model.ts'
import type { Answered, Score } from '../../scores/score.ts'
import { countText, exactShare } from '../../words/text/numbers.ts'
import { quoted } from '../../words/text/quoted.ts'
import { atLimit } from '../atLimit.ts'
import { aboutModel, checkModel, lineageOf } from '../aboutModel.ts'
import { checkLabelled, checkWeighable, type Gathered, gatheredOnce, reading, unreadable } from '../gathered.ts'
import { fileOf, type MftCase, personalParts } from '../mft.ts'
import { classesWithoutCases, isAboutOne, scoresOthers } from '../otherLabels.ts'
import { checkPositive } from '../positive.ts'
import {
  type Checked,
  checkedLimits,
  checkedOptions,
  type ScoreLimits,
  type ScoreOptions,
  wrong,
} from '../scoreOptions.ts'
import {
  casesText,
  confusions,
  intervalOf,
  type RatedSlice,
  ratedSlices,
  SEED,
  valueText,
  weakest,
} from '../scoreWords.ts'
import { scoreEvidence, sliceEvidence } from '../scoreEvidence.ts'
import { judgedScore, verdictOptionsOf } from '../scoreVerdict.ts'
import { byText, slicesOf } from '../slices.ts'
import { tableKey } from '../tableKey.ts'

/**
 * The scores of a model over labelled cases lie within limits: one result for each score, with its interval (Wilson's for
 * accuracy, else the percentiles of a seeded bootstrap) and, with `sliceBy`, the slices that are clearly weaker than all
 * cases together. A case without an answer, or with one that cannot be read for a score, is an error of that score: what
 * the others say is no score of all. A score that is not defined for the cases is an error, too.
 */
export function scored(
  model: Model,
  limits: ScoreLimits,
  cases: readonly MftCase[],
  options: ScoreOptions = {},
): CheckGroup {
  checkModel(model, 'scored')
  checkLabelled(cases, 'scored')
  const own = checkedOptions(options)
  const checked = checkedLimits(limits, 'limits', own)
  const ofSlices = own.slices === undefined ? [] : checkedLimits(own.slices, 'slices', own)
  if (ofSlices.length > 0 && own.sliceBy === undefined)
    throw wrong('got limits of slices without sliceBy', "say what the cases are sliced by, e.g. sliceBy: 'country'")
  const list = [...cases]
  checkPositive(own.settings.positive, list, 'scored')
  for (const [score] of [...checked, ...ofSlices]) checkWeighable(score, own.settings, list, 'scored')
  const table = tableKey(list)
  const { kappaWeights } = own.settings
  const odd = list.find(({ expected }) => !Number.isFinite(Number(expected)) || String(expected).trim() === '')
  if (kappaWeights !== undefined && own.labels === undefined && odd)
    throw wrong(
      `got kappaWeights, and the right answer of ${JSON.stringify(odd.name)} is no number`,
      "say in which order the labels stand, e.g. labels: ['low', 'middle', 'high']",
    )
  const file = fileOf(cases)
  const all = own.sliceBy === undefined ? undefined : slicesOf(list, own.sliceBy, 'scored', own.floor)
  const { personal } = personalParts(list)
  const shared = { model, own, table, file, slices: all, personal, isTold: personal.length === 0 }
  const about = aboutModel(model, undefined, { statement: { scores: true }, limits: {} })
  return {
    type: 'group',
    kind: 'scored',
    family: 'behavior',
    ...about,
    title: 'scores',
    expected: checked.map(([score, bounds]) => `${score.name} ${inWords(bounds)}`).join(', '),
    async expand(): Promise<readonly Check[]> {
      const of = { ...shared, answers: gatheredOnce(list, model) }
      return [
        ...checked.map(([score, bounds]) => overall(score, bounds, of)),
        ...ofSlices.map(([score, bounds]) => eachSlice(score, bounds, of)),
      ]
    },
  }
}

interface Of {
  readonly model: Model
  readonly own: Checked
  readonly table: string
  readonly file: string | undefined
  readonly slices: ReadonlyMap<string, readonly number[]> | undefined
  /** Whether what was answered may be told: no case is personal. */
  readonly isTold: boolean
  readonly personal: readonly string[]
  answers(context: RunContext): Promise<Gathered>
}

function question(score: Score, bounds: Bounds, { model, own, table, file }: Of, part: string) {
  const { positive, average, k, beta, quantile, bins, coverage, risk, abstain, multiClass, kappaWeights } = own.settings
  return aboutModel(model, undefined, {
    statement: {
      score: score.name,
      part,
      ...(file === undefined ? { cases: table } : { file }),
      positive,
      average,
      k,
      beta,
      quantile,
      bins,
      coverage,
      risk,
      abstain,
      ...(multiClass === 'ovr' ? {} : { multiClass }),
      ...(kappaWeights === undefined ? {} : { kappaWeights, labels: own.labels }),
    },
    limits: {
      cases: table,
      bounds,
      confidence: own.confidence,
      onInconclusive: own.onInconclusive,
      severity: own.severity,
    },
  })
}

function overall(score: Score, bounds: Bounds, of: Of): RunCheck {
  const { model, own, slices, isTold, personal } = of
  return {
    type: 'run',
    kind: 'scored',
    family: 'behavior',
    ...question(score, bounds, of, 'all'),
    title: `${score.name}${own.settings.positive === undefined || !isAboutOne(score) ? '' : ` of ${JSON.stringify(own.settings.positive)}`}`,
    expected: `${inWords(bounds)}${own.confidence === undefined ? '' : `, with ${exactShare(own.confidence)} confidence`}`,
    limit: bounds,
    ...(own.severity ? { severity: own.severity } : {}),
    personal,
    async run(context) {
      const read = await readingOf(score, of, context)
      if ('status' in read) return read
      const { answered, places } = read
      const summed = score.of(answered, own.settings)
      const value = answered.weights ? atLimit(summed, bounds) : summed
      if (Number.isNaN(value)) return undefinedScore(score, answered, isTold)
      const interval = intervalOf(score, answered, own.settings, own.confidence ?? 0.95)
      const weak = slices ? weakest(score, answered, places, slices, own, value) : undefined
      const parts = [confusions(score, answered, isTold), weak?.text]
      const message = parts.filter((part) => part !== undefined).join('\n')
      return {
        ...judgedScore(value, interval, bounds, own, `over ${casesText(answered)}`, message),
        evidence: [
          ...scoreEvidence(score, { value, interval }, { answered, bounds, own, isTold }),
          ...(weak ? [sliceEvidence(score, { value, interval, n: answered.truth.length }, weak, own)] : []),
        ],
        lineage: { model: lineageOf(model), seed: SEED },
      }
    },
  }
}

function eachSlice(score: Score, bounds: Bounds, of: Of): RunCheck {
  const { model, own, slices = new Map(), personal } = of
  return {
    type: 'run',
    kind: 'scored',
    family: 'behavior',
    ...question(score, bounds, of, `slices by ${byText(own.sliceBy) ?? String(own.sliceBy)}`),
    title: `${score.name} of each slice${own.sliceBy === undefined || typeof own.sliceBy === 'function' ? '' : ` by ${JSON.stringify(byText(own.sliceBy))}`}`,
    expected: `${inWords(bounds)} in each slice of at least ${countText(own.floor, 'case')}${own.confidence === undefined ? '' : `, with ${exactShare(own.confidence)} confidence`}`,
    limit: bounds,
    ...(own.severity ? { severity: own.severity } : {}),
    personal,
    async run(context) {
      const read = await readingOf(score, of, context)
      if ('status' in read) return read
      const confidence = own.confidence ?? 0.95
      const large = [...slices.values()].filter(({ length }) => length >= own.floor).length
      const corrected = own.confidence === undefined ? confidence : 1 - (1 - confidence) / Math.max(1, large)
      const rated = ratedSlices(score, read.answered, read.places, slices, own, corrected)
      if (rated.length === 0)
        return {
          status: 'vacuous',
          measured: 'nothing to judge',
          message:
            large === 0
              ? `no slice has ${countText(own.floor, 'case')}, so nothing was shown`
              : `${score.name} is defined for none of ${countText(large, 'slice')}, so nothing was shown`,
        }
      const judged = rated.map((slice) => ({
        slice,
        judgement: judgedScore(
          read.answered.weights ? atLimit(slice.value, bounds) : slice.value,
          slice.interval,
          bounds,
          own,
          `over ${countText(slice.n, 'case')}`,
          '',
        ),
      }))
      const having = (status: Judgement['status']): RatedSlice[] =>
        judged.flatMap(({ slice, judgement }) => (judgement.status === status ? [slice] : []))
      const [failing, passing] = [having('fail'), having('pass')]
      const unclear = rated.length - failing.length - passing.length
      const missing = large - rated.length
      const [worst] = rated as [RatedSlice]
      const parts = [
        `${passing.length} pass`,
        `${failing.length} fail`,
        ...(unclear > 0 ? [`${unclear} undecided`] : []),
        ...(missing > 0 ? [`${missing} without a score`] : []),
      ]
      const base = {
        measured: `${valueText(worst.value)} in the weakest of ${countText(rated.length, 'slice')} (${parts.join(', ')})`,
        value: worst.value,
      }
      const why = [
        ...(unclear > 0 ? [`the limit lies inside the interval of ${countText(unclear, 'slice')}`] : []),
        ...(missing > 0 ? [`${score.name} is not defined for ${countText(missing, 'slice')} of enough cases`] : []),
      ].join(', and ')
      return {
        ...(failing.length > 0
          ? { ...base, status: 'fail' as const }
          : why === ''
            ? { ...base, status: 'pass' as const }
            : undecided({ ...base, message: `${why}: more cases would decide` }, verdictOptionsOf(own))),
        evidence: [
          sliceEvidence(
            score,
            { value: score.of(read.answered, own.settings), n: read.answered.truth.length },
            { rated, weak: failing, total: slices.size, confidence: corrected },
            own,
            bounds,
          ),
        ],
        lineage: { model: lineageOf(model), seed: SEED },
      }
    },
  }
}

async function readingOf(
  score: Score,
  { own, model, answers, isTold }: Of,
  context: RunContext,
): Promise<ReturnType<typeof reading> | Judgement> {
  const { cases, answers: replies } = await answers(context)
  const read = reading(score.reads, cases, replies, {
    untyped: model.untyped === true,
    score: own.score,
    labels: own.labels,
  })
  if (read.errors.size === 0) {
    const others = scoresOthers(score, read.answered, { positive: own.settings.positive, isTold })
    return others ? { ...others, lineage: { model: lineageOf(model) } } : read
  }
  return {
    ...unreadable(read, cases, { what: score.name, whole: 'a score', isTold }),
    lineage: { model: lineageOf(model) },
  }
}

function undefinedScore(score: Score, answered: Answered, isTold: boolean): Judgement {
  const rule = `${score.name} is not defined for these cases`
  const missing = classesWithoutCases(answered)
  return {
    status: 'error',
    measured: rule,
    message:
      missing.length === 0
        ? `${rule}: it takes cases of at least two labels, or right numbers that differ`
        : `${rule}: none of them has ${isTold ? `the label ${quoted(missing.slice(0, 1))}` : 'one of the labels'} that answers score, so add some, or say average: 'micro', or positive`,
  }
}
