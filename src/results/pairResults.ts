import { type CheckResult, statusOrder } from './checkResult.ts'
import { bareName, statedOf } from './resultId.ts'

/** A question in two runs. */
export interface ResultPair {
  readonly before?: CheckResult
  readonly after?: CheckResult
}

/**
 * Pairs the questions of two runs, whatever the order they were asked in: by id, then what is left by its trend, so that
 * a changed limit, other cases and another version of a model are followed, then by its words and what it states of data,
 * so that data that moved is. A key pairs only what it names once in each run. A question that was asked several times goes by its worst result.
 */
export function pairResults(before: readonly CheckResult[], after: readonly CheckResult[]): readonly ResultPair[] {
  const old = worstOfEach(before)
  const now = worstOfEach(after)
  const pairs = new Map<CheckResult, CheckResult>()
  for (const key of keys) {
    const [left, right] = [byKey(old, key), byKey(now, key)]
    for (const [text, results] of right) {
      const [was, is] = [left.get(text), results]
      if (was?.length !== 1 || is.length !== 1) continue
      pairs.set(is[0] as CheckResult, was[0] as CheckResult)
      old.delete(was[0] as CheckResult)
      now.delete(is[0] as CheckResult)
    }
  }
  const order = worstOfEach(after)
  const rest = [...old].map((result) => ({ before: result }))
  return [...[...order].map((result) => pairOf(pairs.get(result), result)), ...rest]
}

const pairOf = (before: CheckResult | undefined, after: CheckResult): ResultPair =>
  before ? { before, after } : { after }

/** The worst result of each question, where each first stands. */
function worstOfEach(results: readonly CheckResult[]): Set<CheckResult> {
  const worst = new Map<string, CheckResult>()
  for (const result of results) {
    const other = worst.get(result.id)
    if (!other || badness(result) > badness(other)) worst.set(result.id, result)
  }
  return new Set(worst.values())
}

const badness = ({ blocking, status }: CheckResult): number => (blocking ? 100 : 0) - statusOrder.indexOf(status)

function byKey(results: ReadonlySet<CheckResult>, key: (result: CheckResult) => unknown): Map<string, CheckResult[]> {
  const lists = new Map<string, CheckResult[]>()
  for (const result of results) {
    const text = JSON.stringify(key(result))
    lists.set(text, [...(lists.get(text) ?? []), result])
  }
  return lists
}

type Key = (result: CheckResult) => unknown

const place: Key = ({ where }) => [where?.file, where?.test]
const own: Key = ({ subject }) => [nameAlone(subject), subject.source]
const words: Key = ({ subject, kind, negated, trend }) => {
  const { type, column, slice, capability } = subject
  const name = nameAlone(subject)
  const own = [type, kind, column, slice, capability, negated]
  return [...own, type === 'model' ? bareName(name) : name, statedOf(trend)]
}

/** From the surest to the loosest. */
const keys: readonly Key[] = [
  ({ id }) => id,
  (result) => [result.trend, own(result), place(result)],
  (result) => [result.trend, own(result)],
  (result) => [result.trend, place(result)],
  ({ trend }) => trend,
  (result) => [words(result), result.title, place(result)],
  (result) => [words(result), result.title],
  (result) => [words(result), place(result)],
  (result) => words(result),
]

/** The name of a subject without the source that a run puts behind a name that several have. */
export function nameAlone({ name, source }: { readonly name: string; readonly source?: string }): string {
  const behind = ` (${source})`
  return source !== undefined && name.endsWith(behind) ? name.slice(0, -behind.length) : name
}
