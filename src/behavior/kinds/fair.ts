import { type Bounds, inWords } from '../../checks/bounds.ts'
import type { Check, CheckGroup, Judgement, RunCheck, RunContext } from '../../checks/check.ts'
import type { Model } from '../../models/model.ts'
import type { Block } from '../../results/blocks/index.ts'
import { type Disparity, disparity } from '../../scores/fairness/disparity.ts'
import type { FairnessMeasure, FairnessGroup, Share } from '../../scores/fairness/measure.ts'
import type { Answered } from '../../scores/score.ts'
import { effectiveSize } from '../../stats/effectiveSize.ts'
import { wilsonInterval } from '../../stats/wilson.ts'
import { countText, exactShare, shareText } from '../../words/text/numbers.ts'
import { atLimit } from '../atLimit.ts'
import { aboutModel, checkModel, lineageOf } from '../aboutModel.ts'
import { checkedFairness, checkedFairOptions, type FairnessLimits, type FairnessOptions } from '../fairOptions.ts'
import { checkLabelled, type Gathered, gatheredOnce, reading, unreadable } from '../gathered.ts'
import { fileOf, type MftCase, personalParts } from '../mft.ts'
import { answersOthers } from '../otherLabels.ts'
import { checkPositive } from '../positive.ts'
import { judgedScore } from '../scoreVerdict.ts'
import { groupsOf } from '../slices.ts'
import { tableKey } from '../tableKey.ts'

/**
 * The model treats groups of labelled cases alike: measures of fairness lie within limits, one result each. A verdict
 * needs evidence: `pass` where the whole interval of the measure lies within its limit, `fail` where it lies beyond, else
 * `inconclusive`. The interval is corrected for how many groups there are. `vacuous` with fewer than two groups. A case
 * without an answer that is a label makes the measure an error. Values are those of fairlearn.
 */
export function fair(
  model: Model,
  limits: FairnessLimits,
  cases: readonly MftCase[],
  options: FairnessOptions,
): CheckGroup {
  checkModel(model, 'fair')
  checkLabelled(cases, 'fair')
  const own = checkedFairOptions(options)
  const checked = checkedFairness(limits)
  const list = [...cases]
  checkPositive(own.positive, list, 'fair')
  const groups = groupsOf(list, own.by, 'fair')
  const file = fileOf(cases)
  const { personal } = personalParts(list)
  const shared: Omit<Asked, 'answers'> = {
    model,
    own,
    groups,
    table: tableKey(list),
    file,
    personal,
    isTold: personal.length === 0,
    left: list.length - [...groups.values()].reduce((sum, { length }) => sum + length, 0),
  }
  return {
    type: 'group',
    kind: 'fair',
    family: 'behavior',
    ...aboutModel(model, 'fairness', { statement: { fairness: true }, limits: {} }),
    title: 'fairness',
    expected: checked.map(([{ name }, bounds]) => `${name} ${inWords(bounds)}`).join(', '),
    async expand(): Promise<readonly Check[]> {
      const of = { ...shared, answers: gatheredOnce(list, model) }
      return checked.map(([measure, bounds]) => measured(measure, bounds, of))
    },
  }
}

interface Asked {
  readonly model: Model
  readonly own: ReturnType<typeof checkedFairOptions>
  readonly groups: ReadonlyMap<string, readonly number[]>
  readonly table: string
  readonly file: string | undefined
  /** Whether what was answered may be told: no case is personal. */
  readonly isTold: boolean
  readonly personal: readonly string[]
  /** Cases in no group. */
  readonly left: number
  answers(context: RunContext): Promise<Gathered>
}

function measured(measure: FairnessMeasure, bounds: Bounds, of: Asked): RunCheck {
  const { model, own, table, file, personal } = of
  const { by, positive, floor, confidence, onInconclusive, severity } = own
  return {
    type: 'run',
    kind: 'fair',
    family: 'behavior',
    ...aboutModel(model, 'fairness', {
      statement: {
        fairness: measure.name,
        by: String(by),
        positive,
        ...(file === undefined ? { cases: table } : { file }),
      },
      limits: { cases: table, bounds, floor, confidence, onInconclusive, severity },
    }),
    title: `${measure.name}${typeof by === 'string' ? ` by ${JSON.stringify(by)}` : ''}`,
    expected: `${inWords(bounds)}, with ${exactShare(confidence)} confidence`,
    limit: bounds,
    ...(severity ? { severity } : {}),
    personal,
    run: async (context) => ({ ...(await judge(measure, bounds, of, context)), lineage: { model: lineageOf(model) } }),
  }
}

async function judge(measure: FairnessMeasure, bounds: Bounds, of: Asked, context: RunContext): Promise<Judgement> {
  const { model, own, groups, isTold, left } = of
  const { cases, answers } = await of.answers(context)
  const read = reading('labels', cases, answers, {
    untyped: model.untyped === true,
    score: undefined,
    labels: undefined,
  })
  if (read.errors.size > 0) return unreadable(read, cases, { what: measure.name, whole: 'a measure', isTold })
  const others = answersOthers(measure.name, read.answered, { positive: own.positive, isTold })
  if (others) return others
  const all = [...groups].map(([name, places]) => groupOf(name, places, read.answered, own.positive))
  const compared = all.filter((group) => group.cases >= own.floor)
  const small = all.length - compared.length
  const notes = [
    ...(small > 0 ? [`${countText(small, 'group')} of fewer than ${countText(own.floor, 'case')} left out`] : []),
    ...(left > 0 ? [`${countText(left, 'case')} in no group`] : []),
  ]
  if (compared.length < 2)
    return {
      status: 'vacuous',
      measured: 'nothing to judge',
      message: [
        `it takes two groups to compare, and there ${compared.length === 1 ? 'is one' : 'is none'}`,
        ...notes,
      ].join('\n'),
    }
  const widest = disparity(measure, compared, own.confidence)
  if (Number.isNaN(widest.value))
    return {
      status: 'vacuous',
      measured: 'nothing to judge',
      message: [
        `${measure.name} is not defined: fewer than two groups have a ${measure.rates.map(({ name }) => name).join(' or a ')} to compare`,
        ...notes,
      ].join('\n'),
    }
  const where = `over ${countText(compared.length, 'group')} of ${countText(cases.length - left, 'case')}${read.answered.weights ? ' by weight' : ''}`
  return {
    ...judgedScore(
      read.answered.weights ? atLimit(widest.value, bounds) : widest.value,
      widest.interval,
      bounds,
      own,
      where,
      [furthest(measure, compared, widest), ...notes].join('\n'),
    ),
    evidence: evidenceOf(measure, compared, widest, bounds, own),
  }
}

function groupOf(
  name: string,
  places: readonly number[],
  { truth, answers, weights }: Answered,
  positive: string,
): FairnessGroup {
  const selectedOf = (counts: (place: number) => boolean): Share => {
    let [cases, all, squares, selected] = [0, 0, 0, 0]
    for (const place of places) {
      if (!counts(place)) continue
      const weight = weights?.[place] ?? 1
      cases++
      all += weight
      squares += weight ** 2
      if (answers[place] === positive) selected += weight
    }
    const of = effectiveSize(all, squares)
    return { count: weights && all > 0 ? (selected / all) * of : selected, of, cases }
  }
  return {
    name,
    cases: places.length,
    selected: selectedOf(() => true),
    truePositives: selectedOf((place) => truth[place] === positive),
    falsePositives: selectedOf((place) => truth[place] !== positive),
  }
}

function furthest(
  { rates }: FairnessMeasure,
  groups: readonly FairnessGroup[],
  { rate, low, high }: Disparity,
): string {
  const rateText = (name: string): string => {
    const group = groups.find((one) => one.name === name) as FairnessGroup
    const share = rates.find((one) => one.name === rate)?.of(group)
    return share
      ? `${JSON.stringify(name)} ${shareText(share.count / share.of)} of ${share.cases}`
      : JSON.stringify(name)
  }
  return `${rate}: ${rateText(low)}, ${rateText(high)}`
}

function evidenceOf(
  measure: FairnessMeasure,
  groups: readonly FairnessGroup[],
  { value, interval }: Disparity,
  limit: Bounds,
  { by, confidence }: Asked['own'],
): readonly Block[] {
  return [
    { kind: 'number', name: measure.name, value, interval, confidence, limit },
    ...measure.rates.map((rate): Block => {
      const shares = groups
        .map((group) => ({ name: group.name, ...rate.of(group) }))
        .toSorted((a, b) => a.count / a.of - b.count / b.of)
      return {
        kind: 'slices',
        score: rate.name,
        better: 'higher',
        ...(typeof by === 'string' ? { by } : {}),
        confidence,
        slices: shares.map(({ name, count, of, cases }) => ({
          name,
          cases,
          ...(of === 0 ? {} : { value: count / of, interval: wilsonInterval(count, of, confidence) }),
        })),
        total: shares.length,
      }
    }),
  ]
}
