import { type Dataset } from '../dataset/dataset.ts'
import { anyPersonal, hiddenSlice, shownSlice } from '../dataset/sliceWords.ts'
import type { Relation } from '../engine/engine.ts'
import { outliving } from '../engine/lost.ts'
import { workingWith } from '../engine/meanwhile.ts'
import { AssayError, discreetMessage, firstLine, hasCode } from '../errors.ts'
import type { Metric, MetricContext } from '../metrics/metric.ts'
import { measuredSegments } from '../metrics/measuredSegments.ts'
import type { CheckResult, Group, Lineage, Severity, Status, Subject } from '../results/checkResult.ts'
import { type History, historyOf, readHistory } from '../results/history.ts'
import { type Discreet, discreetly, redacted, type Telling } from '../results/discreet.ts'
import { runInstant } from '../results/clock.ts'
import { resultIds } from '../results/resultId.ts'
import { withWaivers } from '../results/withWaivers.ts'
import {
  type Check,
  type CheckGroup,
  type CheckInfo,
  type Judgement,
  type MeasuredCheck,
  type RunCheck,
  type RunContext,
  type MetricValues,
  noted,
} from './check.ts'
import { checkedChecks, checkedEvaluateOptions, type EvaluateOptions } from './evaluateArguments.ts'
import { checkFilteredCells } from './filteredCells.ts'
import { measure } from './measure.ts'
import { evidenced, isRemark, nothingJudged, ownMembers } from './evidence.ts'
import { sampleOf } from './rows/samples.ts'
import { unreadOf, wellFormed } from './kinds/wellFormed.ts'
import { elapsed } from '../realTimers.ts'
import { isWideText } from '../cells/cell.ts'
import { isWide, MANY_COLUMNS } from '../engine/narrowing.ts'
import { holdRows, holdRowsAgain, fingerprintOf, relationOf, rootOf } from '../dataset/opened.ts'

export type { EvaluateOptions } from './evaluateArguments.ts'

/**
 * Judges checks and returns a result for each, in order; a group yields one per member, and a `vacuous` one when no
 * member judges anything. Never throws for what a check finds: a check that cannot run becomes an `error` result and
 * leaves the others alone. Throws AssayError `wrong-argument` when there is no check to judge.
 */
export async function evaluate(checks: Check | readonly Check[], options?: EvaluateOptions): Promise<CheckResult[]> {
  const list = checkedChecks(checks)
  const { waivers = [], ...others } = checkedEvaluateOptions(options)
  const context = judging(others)
  const roots = newRoots()
  const counts = countsByDataset(list)
  const datasets = [...counts.keys()]
  await Promise.all([...counts].map(heldIfAsked))
  const results = (await Promise.all(list.map((check) => judged(check, context, roots)))).flat()
  // Only now is all known that schemas and contracts among the checks say of columns.
  for (const dataset of datasets) evaluations.set(dataset, (evaluations.get(dataset) ?? 0) + 1)
  const all = [...results, ...(await unread(roots, context))].map(withoutPersonal)
  return [...withWaivers(all, waivers, context.now)]
}

/** How often checks of a dataset were judged. */
const evaluations = new WeakMap<Dataset, number>()

/** How many checks there are of each dataset: a group is about as many as there are columns. */
function countsByDataset(checks: readonly Check[]): ReadonlyMap<Dataset, number> {
  const counts = new Map<Dataset, number>()
  for (const { type, inputs = [] } of checks) {
    for (const dataset of new Set(inputs.map(rootOf)))
      counts.set(dataset, (counts.get(dataset) ?? 0) + (type === 'group' ? MANY_COLUMNS : 1))
  }
  return counts
}

/**
 * Who asks again goes on asking, and reads a text file once for all that is to come; so does who asks of a file what
 * others have asked of. Much that is asked of many columns is answered by few queries, for which only their texts are
 * better held. A fault of that is no answer.
 */
async function heldIfAsked([dataset, count]: readonly [Dataset, number]): Promise<void> {
  const isAgain = (evaluations.get(dataset) ?? 0) > 0
  const isMuch = count >= MANY_COLUMNS
  try {
    const relation = isMuch ? await relationOf(dataset) : undefined
    const isOfMany = relation !== undefined && isWide(relation)
    if (isOfMany ? isWideText(relation) : isAgain) await holdRows(dataset)
    else if (!isOfMany) await holdRowsAgain(dataset)
  } catch {}
}

const aboutDatasets = new WeakMap<CheckResult, readonly Dataset[]>()
/** What is personal beside columns of the datasets. */
const personalBeside = new WeakMap<CheckResult, readonly string[]>()

function withoutPersonal(result: CheckResult): CheckResult {
  const datasets = aboutDatasets.get(result) ?? []
  const subject = sourced(result.subject, datasets)
  const columns = datasets.flatMap(({ pii }) => pii)
  return redacted({ ...result, subject }, [...new Set([...columns, ...(personalBeside.get(result) ?? [])])])
}

/** The subject with its sources as they are told now. */
function sourced(subject: Subject, datasets: readonly Dataset[]): Subject {
  const { type, source, referenceOf } = subject
  const [own] = datasets
  const other = datasets.findLast(({ name }) => name === referenceOf?.name)
  return {
    ...subject,
    ...(type === 'dataset' && source !== undefined && own ? { source: own.identity.source } : {}),
    ...(referenceOf && other ? { referenceOf: { name: other.name, source: other.identity.source } } : {}),
  }
}

/** The whole datasets behind checks, those of which `wellFormed` was asked, and those whose source may be at fault. */
interface Roots {
  readonly seen: Set<Dataset>
  readonly covered: Set<Dataset>
  readonly doubtful: Set<Dataset>
}
const newRoots = (): Roots => ({ seen: new Set(), covered: new Set(), doubtful: new Set() })

/** A result for each source that could not be read whole: what was judged leaves something out. */
async function unread({ seen, covered, doubtful }: Roots, context: Judging): Promise<CheckResult[]> {
  const roots = [...seen].filter((root) => doubtful.has(root) && !covered.has(root))
  const results = await Promise.all(
    roots.map(async (root) =>
      (await isReadWhole(root, context)) ? [] : judged(wellFormed(root), context, newRoots()),
    ),
  )
  return results.flat().filter(({ status }) => status !== 'pass')
}

/** Whether all of a source is known to have been read, which is so of most, and takes no verdict to say. */
async function isReadWhole(root: Dataset, { signal }: Judging): Promise<boolean> {
  try {
    return (await unreadOf(root, { signal })) === undefined
  } catch {
    return false
  }
}

/** What is at hand while checks are judged, and the earlier results of each. */
type Judging = Omit<RunContext, 'history'>

function judging({ signal, now = runInstant(), history = process.env.ASSAY_HISTORY }: EvaluateOptions): Judging {
  const kept = (): History | undefined =>
    history === undefined ? undefined : typeof history === 'string' ? readHistory(history) : historyOf(history)
  return {
    signal,
    now,
    keepsHistory: history !== undefined,
    past: ({ kind, subject, question }) =>
      kept()?.of({ kind, subject, trend: resultIds(kind, subject, question).trend }) ?? [],
    relation: (dataset) => relationOf(dataset),
    measure: async (dataset, metrics) => (await measure(await relationOf(dataset), metrics, signal)).values as never,
    segments: async (dataset, column, most, metrics) =>
      measuredSegments(column, most, { metrics, relation: await relationOf(dataset), options: { signal } }),
  }
}

/** What a check has at hand; earlier results are read when it asks for them. */
function contextOf(check: CheckInfo, context: Judging): RunContext {
  return {
    ...context,
    get history() {
      return context.past(check)
    },
  }
}

async function judged(check: Check, context: Judging, roots: Roots, whole?: Whole): Promise<CheckResult[]> {
  const start = elapsed()
  if (check.type === 'group') {
    const alone = (judgement: Judgement): CheckResult =>
      toResult(check, judgement, { datasets: [] }, start, check.inputs ?? [])
    try {
      const members = await outliving(() => check.expand(contextOf(check, context)))
      const own = whole ?? wholeOf(check)
      const results = (await Promise.all(members.map((member) => judged(member, context, roots, own)))).flat()
      if (!members.every(isRemark)) return results
      return [...results, alone(nothingJudged(check))]
    } catch (error) {
      return [alone(judgementOf(error))]
    }
  }
  const datasets = check.inputs ?? []
  for (const dataset of datasets) roots[check.kind === 'wellFormed' ? 'covered' : 'seen'].add(rootOf(dataset))
  // Meanwhile: what it takes to know the data again needs nothing that the check finds.
  const lineage = lineageOf(datasets, roots)
  let judgement: Judgement
  try {
    const filtered = outliving(() => Promise.all(datasets.map((dataset) => checkFilteredCells(dataset, context))))
    filtered.catch(() => {})
    judgement = await outliving(() =>
      check.type === 'measured' ? judgeMeasured(check, context) : (check as RunCheck).run(contextOf(check, context)),
    )
    await filtered
  } catch (error) {
    judgement = await withSource(judgementOf(error), error, datasets, context)
  }
  judgement = evidenced(check, judgement)
  return [toResult(check, judgement, { ...(await lineage), ...judgement.lineage }, start, datasets, whole)]
}

/** The question that members of a group are a part of, with what it says instead where columns are personal. */
interface Whole {
  readonly group: Group
  readonly discreet: readonly Discreet[]
}

function wholeOf({ kind, subject, question, title, discreet = [] }: CheckGroup): Whole {
  return {
    group: { id: resultIds(kind, subject, question).id, kind, title },
    discreet: discreet.flatMap((one) => (one.title === undefined ? [] : [{ columns: one.columns, group: one.title }])),
  }
}

async function judgeMeasured(check: MeasuredCheck, judging: Judging): Promise<Judgement> {
  const opened = await relationOf(check.inputs[0])
  return workingWith(opened, () => judgeRelation(check, opened, judging))
}

async function judgeRelation(
  check: MeasuredCheck,
  opened: Relation,
  { signal, now, past }: Judging,
): Promise<Judgement> {
  let relation = (await check.read?.(opened, { signal })) ?? opened
  const about = (): MetricContext => ({ dialect: relation.engine.dialect, columns: relation.columns })
  let measured = await measure(relation, check.metrics(about()), signal)
  const again = (await check.reread?.(measured.values, relation, { signal })) ?? relation
  if (again !== relation) {
    relation = again
    measured = await measure(relation, check.metrics(about()), signal)
  }
  const context = about()
  const exact = check.exact?.(measured.values, context)
  if (exact) {
    const more = await measure(relation, exact as Record<string, Metric>, signal)
    measured = { values: { ...measured.values, ...more.values }, sql: [...measured.sql, ...more.sql] }
  }
  const { values, sql } = measured
  const first = check.judge(values, {
    ...context,
    now,
    get history() {
      return past(check)
    },
  })
  if (['pass', 'vacuous', 'inconclusive'].includes(first.status)) return { sql, ...first }
  const judgement = await explained(check, first, values, relation, signal)
  const failing = judgement.evidence ? undefined : check.failing?.(values, context)
  if (!failing || failing.total === 0) return { sql, ...judgement }
  return { sql, ...judgement, evidence: [await sampleOf(check.inputs[0], relation, failing, { signal })] }
}

/** A failure with what another look at the rows says of it. */
async function explained(
  check: MeasuredCheck,
  judgement: Judgement,
  values: MetricValues<Record<string, Metric>>,
  relation: Relation,
  signal: AbortSignal | undefined,
): Promise<Judgement> {
  if (judgement.status !== 'fail' || judgement.message !== undefined) return judgement
  const note = await check.explain?.(values, relation, { signal })
  return note === undefined ? judgement : noted(judgement, note, columnsOf(check))
}

const columnsOf = ({ subject: { column } }: CheckInfo): readonly string[] | 'any' =>
  column === undefined ? 'any' : [column]

/** What was thrown as a judgement: our sentence first, the engine's words after it. */
function judgementOf(error: unknown): Judgement {
  const message =
    error instanceof AssayError
      ? error.message
      : `unexpected ${error instanceof Error ? error.name : 'error'}: ${firstLine(error)}`
  // What was not asked for want of money shows nothing, whatever too little evidence may mean elsewhere.
  return {
    ...(hasCode(error, 'spent-budget')
      ? { status: 'inconclusive', blocking: true, measured: 'not asked' }
      : { status: 'error', measured: 'could not run' }),
    message,
    discreet: [{ columns: 'any', message: discreetMessage(error) }],
  }
}

/** A query that failed says which file cannot be read, where that is why. */
async function withSource(
  judgement: Judgement,
  error: unknown,
  datasets: readonly Dataset[],
  { signal }: Judging,
): Promise<Judgement> {
  if (!hasCode(error, 'query-failed')) return judgement
  for (const dataset of datasets) {
    const relation = await outliving(() => relationOf(dataset)).catch(() => undefined)
    const why = await relation?.diagnose?.({ signal }).catch(() => undefined)
    if (why !== undefined) return { ...judgement, message: why }
  }
  return judgement
}

/** Never rejects. */
async function lineageOf(datasets: readonly Dataset[], { doubtful }: Roots): Promise<Lineage> {
  const known = await Promise.all(
    datasets.map(async (dataset) => {
      // A file that cannot be read has no fingerprint; why is said by the verdict.
      const [fingerprint, relation] = await Promise.all([
        outliving(() => fingerprintOf(dataset)).catch(() => undefined),
        outliving(() => relationOf(dataset)).catch(() => undefined),
      ])
      if (relation?.findings) doubtful.add(rootOf(dataset))
      const part = relation?.part
      const source = part === undefined ? dataset.source : `${dataset.source} (${part})`
      return { relation, described: { name: dataset.name, source, ...(fingerprint ? { fingerprint } : {}) } }
    }),
  )
  const [{ relation } = { relation: undefined }] = known
  return { datasets: known.map(({ described }) => described), ...(relation ? { engine: relation.engine.version } : {}) }
}

/** What the words of slices say where columns are personal. */
function ofSlices(datasets: readonly Dataset[]): readonly Discreet[] {
  const [dataset] = datasets
  const hidden = dataset && hiddenSlice(dataset)
  if (!hidden || hidden.columns.length === 0) return []
  const known = anyPersonal(hidden.columns, dataset.pii)
  return [{ columns: hidden.columns, slice: known ? (shownSlice(dataset) as string) : hidden.words }]
}

function toResult(
  check: CheckInfo,
  judgement: Judgement,
  lineage: Lineage,
  start: number,
  datasets: readonly Dataset[],
  whole?: Whole,
): CheckResult {
  const { severity = 'error' } = ownMembers(check)
  const { status: outcome, blocking, lineage: _, discreet = [], evidence = [], ...measured } = ownMembers(judgement)
  const status: Status = outcome === 'fail' && severity === 'warn' ? 'warn' : outcome
  const { kind, family, subject, title, expected, limit, discreet: ofCheck = [], personal = [] } = ownMembers(check)
  const telling = [...ofSlices(datasets), ...ofCheck, ...discreet, ...(whole?.discreet ?? [])]
  const result: Telling = {
    ...resultIds(kind, subject, check.question),
    kind,
    family,
    subject,
    title,
    status,
    blocking: blocking ?? isBlocking(status, severity),
    severity,
    expected,
    ...(limit ? { limit } : {}),
    ...measured,
    evidence,
    ...(whole ? { group: whole.group } : {}),
    lineage,
    ms: Math.round((elapsed() - start) * 100) / 100,
    scans: judgement.sql?.length ?? 0,
    ...(telling.length > 0 ? { [discreetly]: telling } : {}),
  }
  aboutDatasets.set(result, datasets)
  if (personal.length > 0) personalBeside.set(result, personal)
  return result
}

function isBlocking(status: Status, severity: Severity): boolean {
  if (status === 'error') return true
  return severity === 'error' && (status === 'fail' || status === 'vacuous')
}
