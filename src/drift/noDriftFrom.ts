import { exactText } from '../words/text/numbers.ts'
import type { Check, CheckGroup, CheckInfo, Judgement, RunCheck, RunContext } from '../checks/check.ts'
import { aboutDataset } from '../checks/check.ts'
import { checkedColumn, described, isColumn, isOpenable } from '../checks/receiver.ts'
import type { Dataset, DatasetColumn } from '../dataset/dataset.ts'
import { tagColumns } from '../dataset/opened.ts'
import { hiddenSlice } from '../dataset/sliceWords.ts'
import { AssayError } from '../errors.ts'
import { rowCount } from '../metrics/rowCount.ts'
import { type Compared, comparePairs } from './comparePairs.ts'
import { checkedDriftOptions, type DriftOptions, settingOf } from './options.ts'
import { type Pairing, pairColumns, type Sides, sidesOf } from './pairs.ts'
import { type Plan, planPairs } from './planPairs.ts'
import { judgeDrift } from './verdict.ts'

/**
 * The data still has the distribution of a reference, column by column. Each column gets one result: `fail` (drift)
 * when the effect is surely above the limit, `pass` when it is surely not, `inconclusive` when there are too few rows
 * to tell. Surely means with `confidence`, for any number of rows: fails over all columns of the call together, each pass
 * by itself. Rows are taken to be independent of each other. Missing values, new and lost categories are part of a
 * distribution. A column that the current data lacks fails; one that only it has is listed. `vacuous` when a side has
 * no rows.
 *
 * Numbers and times are compared by Kolmogorov-Smirnov's D, text by the largest change of a share, booleans by Cramér's
 * V; `method` overrides.
 */
export function noDriftFrom(
  current: Dataset | DatasetColumn,
  reference: Dataset | DatasetColumn,
  options?: DriftOptions,
): CheckGroup {
  const checked = checkedDriftOptions(options)
  const sides = sidesOf(sideOf(current, 'the current data'), sideOf(reference, 'the reference'))
  if (sides.columns && (checked.columns || checked.except)) {
    throw new AssayError('wrong-argument', 'noDriftFrom got one column and the option columns or except', {
      hint: 'compare the datasets, or leave the option out',
    })
  }
  const info = infoOf(sides, sides.columns?.current, checked)
  return {
    ...info,
    type: 'group',
    inputs: [sides.current, sides.reference],
    expand: (context) => expand(sides, checked, context),
  }
}

function sideOf(value: unknown, what: string): { dataset: Dataset; column?: DatasetColumn } {
  if (isOpenable(value)) return { dataset: value }
  if (isColumn(value)) return { dataset: value.dataset, column: checkedColumn(value, 'noDriftFrom') }
  throw new AssayError('wrong-argument', `noDriftFrom got ${described(value)} as ${what}`, {
    hint: 'it compares datasets or columns: dataset(…) or dataset(…).column(…)',
  })
}

function infoOf({ current, reference, columns }: Sides, column: string | undefined, options: DriftOptions): CheckInfo {
  const other = columns && columns.reference !== columns.current ? `.${columns.reference}` : ''
  const labelled = (slice: string | undefined) =>
    `${reference.name}${other}${slice === undefined ? '' : ` where ${slice}`}`
  const label = labelled(reference.slice)
  const hidden = hiddenSlice(reference)
  const named = (slice: string) => ({ reference: labelled(slice), title: `no drift from ${labelled(slice)}` })
  const { limit, method, confidence, alpha, columns: only, except, onInconclusive, severity } = options
  const own = <T extends string | number>(setting: T | Readonly<Record<string, T>> | undefined): unknown =>
    column === undefined ? setting : settingOf(setting, column)
  const against = aboutDataset(reference, columns ? [columns.reference] : [])
  const about = aboutDataset(current, column === undefined ? [] : [column], {
    asked: { against: against.question.follows },
    limits: {
      against: against.question.about,
      limit: own(limit),
      method: own(method),
      // How sure a verdict is depends on how many columns are asked together.
      columns: only && new Set(only),
      except: except && new Set(except),
      confidence: own(confidence),
      alpha,
      onInconclusive: own(onInconclusive),
      severity,
    },
  })
  const { name, source } = reference.identity
  return {
    kind: 'noDriftFrom',
    family: 'drift',
    subject: { ...about.subject, reference: label, referenceOf: { name, source } },
    question: about.question,
    title: `no drift from ${label}`,
    expected: 'no drift',
    ...(hidden ? { discreet: [{ columns: hidden.columns, ...named(hidden.words) }] } : {}),
    ...(options.severity ? { severity: options.severity } : {}),
  }
}

async function expand(sides: Sides, options: DriftOptions, context: RunContext): Promise<readonly Check[]> {
  const { current: mine, reference: theirs } = sides
  const member: Member = (column, run, more = {}) => ({
    ...infoOf(sides, column, options),
    ...more,
    type: 'run',
    inputs: [mine, theirs],
    run: async () => run(),
  })
  const empty = await emptySide(sides, context)
  if (empty) return [member(sides.columns?.current, () => empty)]
  const [current, reference] = await Promise.all([context.relation(mine), context.relation(theirs)])
  const pairing = pairColumns(sides, current.columns, reference.columns, options)
  shareTags(pairing, mine, theirs)
  const { signal } = context
  const plans = await planPairs(pairing.pairs, current, reference, options, signal)
  // The verdict of a column depends on how many others were asked: all are compared when the first is.
  let compared: ReturnType<typeof comparePairs> | undefined
  const members = plans.map((plan, i) => {
    const limits = plan.kind === 'plan' ? statement(plan) : {}
    return member(
      plan.pair.current.name,
      async () => {
        compared ??= comparePairs(plans, { options, signal })
        const all = await compared
        const alone = all.every(({ kind }) => kind === 'undecided')
        return judgeDrift(all[i] as Compared, options, {
          alone,
          columns: [plan.pair.current.name, plan.pair.reference.name],
        })
      },
      limits,
    )
  })
  return [...members, ...oneSided(pairing, member)]
}

/** What is personal on one side is so on the other. */
function shareTags({ pairs }: Pairing, mine: Dataset, theirs: Dataset): void {
  const personal = pairs.filter(
    ({ current, reference }) => mine.pii.includes(current.name) || theirs.pii.includes(reference.name),
  )
  tagColumns(
    mine,
    personal.map(({ current }) => current.name),
  )
  tagColumns(
    theirs,
    personal.map(({ reference }) => reference.name),
  )
}

type Member = (
  column: string | undefined,
  run: () => Judgement | Promise<Judgement>,
  more?: Pick<CheckInfo, 'limit' | 'remark'> & { readonly expected?: string },
) => RunCheck

function statement({ method, limit }: Extract<Plan, { kind: 'plan' }>): Parameters<Member>[2] {
  return { expected: `${method.unit} at most ${exactText(limit)}`, limit: { max: limit } }
}

function oneSided({ lost, extra }: Pairing, member: Member): readonly Check[] {
  // That a column is there is another question than whether it moved: who waives the one has not waived the other.
  const missing = lost.map((name) => {
    const check = member(name, () => ({
      status: 'fail',
      measured: 'the column is missing',
      message: `the reference has the column ${JSON.stringify(name)}, the current data has not`,
    }))
    const { question } = check
    return { ...check, question: { ...question, limits: { ...question.limits, present: true } } }
  })
  if (extra.length === 0) return missing
  const names = extra.map((name) => JSON.stringify(name)).join(', ')
  const judgement: Judgement = {
    status: 'warn',
    blocking: false,
    measured: 'not compared: the reference has no such column',
    message: `only the current data has ${names}; name ${extra.length === 1 ? 'it' : 'them'} in \`except\` if that is fine`,
  }
  const more = member(extra.join(', '), () => judgement, { remark: true })
  return [...missing, more]
}

async function emptySide({ current, reference }: Sides, context: RunContext): Promise<Judgement | undefined> {
  const [{ rows: here }, { rows: there }] = await Promise.all([
    context.measure(current, { rows: rowCount() }),
    context.measure(reference, { rows: rowCount() }),
  ])
  if (here > 0 && there > 0) return undefined
  const side = here === 0 ? (there === 0 ? 'both sides have' : 'the current data has') : 'the reference has'
  return {
    status: 'vacuous',
    measured: `nothing to compare: ${side} no rows`,
    message: `${side} no rows, so nothing was shown`,
  }
}
