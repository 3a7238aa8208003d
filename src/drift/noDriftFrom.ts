import { exactText } from '../words/text/numbers.ts'
import type { Check, CheckGroup, CheckInfo, Judgement, RunCheck, RunContext } from '../checks/check.ts'
import { aboutDataset } from '../checks/check.ts'
import { checkedColumn, described, isColumn, isOpenable } from '../checks/receiver.ts'
import type { Dataset, DatasetColumn } from '../dataset/dataset.ts'
import { rootOf, tagColumns } from '../dataset/opened.ts'
import { hiddenSlice } from '../dataset/sliceWords.ts'
import { AssayError, nearest } from '../errors.ts'
import { rowCount } from '../metrics/rowCount.ts'
import { alikeRows, clusterColumns } from './alikeRows.ts'
import type { Compare } from './comparedAs.ts'
import { bySegment } from './bySegment.ts'
import { type Compared, comparePairs, type JudgedFinding } from './comparePairs.ts'
import { findingsOf, judgeFinding, statedBy } from './findingVerdict.ts'
import { checkedDriftOptions, type DriftOptions, settingOf } from './options.ts'
import { type Pairing, pairColumns, type Sides, sidesOf } from './pairs.ts'
import { type Plan, planPairs } from './planPairs.ts'
import { namesIn, roleOf } from './roles.ts'
import { DRIFT_PROFILE, type DriftProfile } from './frozen/driftProfile.ts'
import { isThawed, leftOutOf, thaw } from './frozen/thaw.ts'
import { joined } from './together.ts'
import { judgeDrift } from './verdict.ts'
import { zonesDiffer, zoneWords } from './zones.ts'

/**
 * The data still has the distribution of a reference, column by column. Each column gets one result: `fail` (drift)
 * when the effect is surely above the limit, `pass` when it is surely not, `inconclusive` when there are too few rows
 * to tell. Surely means with `confidence`, for any number of rows: fails over all columns of the call together, each pass
 * by itself. Rows are taken to be independent of each other. Missing values, new and lost categories are part of a
 * distribution. A column that the current data lacks fails; one that only it has is listed. `vacuous` when a side has
 * no rows.
 *
 * Numbers and times are compared by Kolmogorov-Smirnov's D, text by the largest change of a share, booleans by Cramér's
 * V, times that move on by hour and weekday; `method` overrides. A reference may be what `freeze` made of one, or its path. The datasets' keys are left out. Identifiers are
 * listed once as not compared.
 */
export function noDriftFrom(
  current: Dataset | DatasetColumn,
  reference: Dataset | DatasetColumn | DriftProfile | string,
  options?: DriftOptions,
): CheckGroup {
  const checked = checkedDriftOptions(options)
  const thawed = typeof reference === 'string' || isProfile(reference) ? thaw(reference) : reference
  const sides = sidesOf(sideOf(current, 'the current data'), sideOf(thawed, 'the reference'))
  if (sides.columns && (checked.columns || checked.except)) {
    throw new AssayError('wrong-argument', 'noDriftFrom got one column and the option columns or except', {
      hint: 'compare the datasets, or leave the option out',
    })
  }
  const { segmentBy, clusterBy } = checked
  if ((segmentBy ?? clusterBy) !== undefined && isThawed(sides.reference))
    throw new AssayError(
      'wrong-argument',
      `noDriftFrom got ${segmentBy === undefined ? 'clusterBy' : 'segmentBy'}, and a frozen reference has no rows`,
      { hint: 'compare with the data it was made of' },
    )
  const about = [sides.current, sides.reference].map(placeOf).join(' ')
  const whole = comparison(sides, checked, about)
  if (segmentBy === undefined) return whole
  // Within a segment its column has one value.
  const within = { ...checked, except: [...(checked.except ?? []), segmentBy] }
  const name = JSON.stringify(segmentBy)
  return bySegment(whole, sides, segmentBy, (here, there) =>
    comparison({ ...sides, current: here, reference: there }, within, `${about} by ${name}`),
  )
}

/** The comparison of two sides; those `about` the same are corrected together. */
function comparison(sides: Sides, options: DriftOptions, about: string): CheckGroup {
  return {
    ...infoOf(sides, sides.columns?.current, options),
    type: 'group',
    inputs: [sides.current, sides.reference],
    expand: (context) => expand(sides, options, about, context),
  }
}

const isProfile = (value: unknown): value is DriftProfile =>
  typeof value === 'object' && value !== null && 'assay' in value && value.assay === DRIFT_PROFILE

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
  const named = (slice: string) => ({ reference: labelled(slice), title: titled(role, labelled(slice)) })
  const { limit, method, confidence, alpha, columns: only, except, roles = {}, onInconclusive, severity } = options
  const { findings, clusterBy, compat } = options
  const role = roleOf(roles, column)
  const own = <T extends string | number>(setting: T | Readonly<Record<string, T>> | undefined): unknown =>
    column === undefined ? setting : settingOf(setting, column)
  const against = aboutDataset(reference, columns ? [columns.reference] : [])
  const about = aboutDataset(current, column === undefined ? [] : [column], {
    asked: { against: against.question.follows },
    limits: {
      against: against.question.about,
      limit: own(limit),
      method: own(method),
      findings: findings && { ...findings },
      // How sure a verdict is depends on how many columns are asked together.
      columns: only && new Set(only),
      except: except && new Set(except),
      roles: options.roles && { ...roles, time: new Set(namesIn(roles.time)), ignore: new Set(namesIn(roles.ignore)) },
      clusterBy,
      compat,
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
    title: titled(role, label),
    expected: 'no drift',
    ...(hidden ? { discreet: [{ columns: hidden.columns, ...named(hidden.words) }] } : {}),
    ...(options.severity ? { severity: options.severity } : {}),
  }
}

const titled = (role: string | undefined, label: string): string => `no ${role ? `${role} ` : ''}drift from ${label}`

async function expand(
  sides: Sides,
  options: DriftOptions,
  about: string,
  context: RunContext,
): Promise<readonly Check[]> {
  const seat = joined(about)
  const { current: mine, reference: theirs } = sides
  const member: Member = (column, run, more = {}) => ({
    ...infoOf(sides, column, options),
    ...more,
    type: 'run',
    inputs: [mine, theirs],
    run: async () => run(),
  })
  try {
    const empty = await emptySide(sides, context)
    if (empty) return [member(sides.columns?.current, () => empty)]
    const [current, reference] = await Promise.all([context.relation(mine), context.relation(theirs)])
    const pairing = pairColumns(sides, current.columns, reference.columns, options)
    shareTags(pairing, mine, theirs)
    const { signal } = context
    const plans = await planPairs(pairing.pairs, current, reference, options, signal)
    // The verdict of a column depends on how many others were asked: all are compared at once.
    const compared = await comparePairs(plans, { options, signal, seat })
    const zones = zonesDiffer(pairing.pairs)
    const keys = [...mine.key, ...theirs.key]
    const alike =
      options.clusterBy === undefined ? await alikeIn(plans, compared, keys, { current, reference, signal }) : undefined
    return [
      ...judgedMembers(plans, compared, options, member),
      ...oneSided(pairing, leftOutOf(theirs), member),
      ...listedOnce(plans, compared, member),
      ...(zones.length > 0
        ? [
            remark(
              zones.map((pair) => pair.current.name).join(', '),
              'times with and without a zone',
              zoneWords(zones),
              member,
            ),
          ]
        : []),
      ...(alike ? [remark(alike.column, 'rows are not independent', alike.message, member)] : []),
    ]
  } finally {
    // Nobody may wait for a call that came to nothing.
    seat.leave()
  }
}

const places = new WeakMap<Dataset, number>()
let placed = 0

/** Tells datasets, and the slices of each, apart. */
function placeOf(dataset: Dataset): string {
  const root = rootOf(dataset)
  const place = places.get(root) ?? ++placed
  places.set(root, place)
  return `${place} ${JSON.stringify(dataset.slice ?? null)}`
}

function judgedMembers(
  plans: readonly Plan[],
  compared: readonly Compared[],
  options: DriftOptions,
  member: Member,
): readonly Check[] {
  const judged = plans.flatMap((plan, i) => {
    const found = compared[i] as Compared
    return found.kind === 'apart'
      ? []
      : [{ plan, found, columns: [plan.pair.current.name, plan.pair.reference.name] as const }]
  })
  const alone = judged.every(({ found }) => found.kind === 'undecided')
  return [
    ...judged.map(({ plan, found, columns }) =>
      member(
        columns[0],
        () => judgeDrift(found, options, { alone, columns }),
        plan.kind === 'plan' ? statement(plan) : {},
      ),
    ),
    ...judged.flatMap(({ found, columns }) =>
      findingsOf(found, options, columns[0]).map((finding) => findingMember(finding, options, columns, member)),
    ),
  ]
}

/** What is said of rows that are alike, by the columns that were compared. */
async function alikeIn(
  plans: readonly Plan[],
  compared: readonly Compared[],
  keys: readonly string[],
  { current, reference, signal }: Pick<Compare, 'current' | 'reference'> & { readonly signal: AbortSignal | undefined },
) {
  const measured = plans.flatMap(({ pair }, i) => {
    const found = compared[i] as Compared
    return found.kind === 'compared' ? [{ column: pair.current.name, measured: found }] : []
  })
  return alikeRows(measured, clusterColumns(current, keys, reference), current, signal)
}

/** Something that whoever reads the verdicts should know, and that fails nothing. */
function remark(columns: string, measured: string, message: string, member: Member): Check {
  return member(columns, () => ({ status: 'warn', blocking: false, measured, message }), { remark: true })
}

/** A result for what was found beside the effect: another question than the effect, which may be waived by itself. */
function findingMember(
  finding: JudgedFinding,
  options: DriftOptions,
  columns: readonly [string, string],
  member: Member,
): Check {
  const { unit, limit } = finding
  const check = member(columns[0], () => judgeFinding(finding, options, columns), {
    expected: statedBy(finding),
    limit: { max: limit },
  })
  const { question } = check
  return { ...check, question: { ...question, asked: { ...question.asked, finding: unit } } }
}

/** One remark for all columns of which no distribution is expected. */
function listedOnce(plans: readonly Plan[], compared: readonly Compared[], member: Member): readonly Check[] {
  const apart = plans.flatMap(({ pair }, i) => {
    const found = compared[i] as Compared
    return found.kind === 'apart' ? [{ name: pair.current.name, why: found.why }] : []
  })
  if (apart.length === 0) return []
  const reasons = apart.map(({ name, why }) => `${JSON.stringify(name)} (${why})`).join(', ')
  const judgement: Judgement = {
    status: 'skipped',
    blocking: false,
    measured: 'not compared',
    message: `no distribution is expected of ${reasons}`,
  }
  return [member(apart.map(({ name }) => name).join(', '), () => judgement, { remark: true })]
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

function oneSided({ lost, extra: only }: Pairing, leftOut: ReadonlySet<string>, member: Member): readonly Check[] {
  const extra = only.filter((name) => !leftOut.has(name))
  // That a column is there is another question than whether it moved: who waives the one has not waived the other.
  const missing = lost.map((name) => {
    const other = extra.find((one) => one.toLowerCase() === name.toLowerCase()) ?? nearest(name, extra)
    const hint = other === undefined ? '' : `\n  hint: it has ${JSON.stringify(other)}: is that the one?`
    const check = member(name, () => ({
      status: 'fail',
      measured: 'the column is missing',
      message: `the reference has the column ${JSON.stringify(name)}, the current data has not${hint}`,
    }))
    const { question } = check
    return { ...check, question: { ...question, limits: { ...question.limits, present: true } } }
  })
  if (extra.length === 0) return missing
  const names = extra.map((name) => JSON.stringify(name)).join(', ')
  const message = `only the current data has ${names}; name ${extra.length === 1 ? 'it' : 'them'} in \`except\` if that is fine`
  const more = remark(extra.join(', '), 'not compared: the reference has no such column', message, member)
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
