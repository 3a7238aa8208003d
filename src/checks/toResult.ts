import type { Dataset } from '../dataset/dataset.ts'
import { anyPersonal, hiddenSlice, shownSlice } from '../dataset/sliceWords.ts'
import { elapsed } from '../realTimers.ts'
import type { CheckResult, Group, Lineage, Severity, Status, Subject } from '../results/checkResult.ts'
import { type Discreet, discreetly, redacted, type Telling } from '../results/discreet.ts'
import { resultIds } from '../results/resultId.ts'
import type { CheckGroup, CheckInfo, Judgement } from './check.ts'
import { ownMembers } from './evidence.ts'

const aboutDatasets = new WeakMap<CheckResult, readonly Dataset[]>()
/** What is personal beside columns of the datasets. */
const personalBeside = new WeakMap<CheckResult, readonly string[]>()

export function withoutPersonal(result: CheckResult): CheckResult {
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

/** The question that members of a group are a part of, with what it says instead where columns are personal. */
export interface WholeQuestion {
  readonly group: Group
  readonly discreet: readonly Discreet[]
}

export function wholeOf({ kind, subject, question, title, discreet = [] }: CheckGroup): WholeQuestion {
  return {
    group: { id: resultIds(kind, subject, question).id, kind, title },
    discreet: discreet.flatMap((one) => (one.title === undefined ? [] : [{ columns: one.columns, group: one.title }])),
  }
}

/** What the words of slices say where columns are personal. */
function ofSlices(datasets: readonly Dataset[]): readonly Discreet[] {
  const [dataset] = datasets
  const hidden = dataset && hiddenSlice(dataset)
  if (!hidden || hidden.columns.length === 0) return []
  const known = anyPersonal(hidden.columns, dataset.pii)
  return [{ columns: hidden.columns, slice: known ? (shownSlice(dataset) as string) : hidden.words }]
}

export function toResult(
  check: CheckInfo,
  judgement: Judgement,
  lineage: Lineage,
  start: number,
  datasets: readonly Dataset[],
  whole?: WholeQuestion,
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
