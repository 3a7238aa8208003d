import type { Dataset } from '../dataset/dataset.ts'
import { rootOf } from '../dataset/opened.ts'
import { outliving } from '../engine/lost.ts'
import { nothingLeft } from '../engine/nothingLeft.ts'
import { currentSignal, stoppedBy } from '../engine/running.ts'
import { elapsed } from '../realTimers.ts'
import type { CheckResult } from '../results/checkResult.ts'
import { withWaivers } from '../results/withWaivers.ts'
import type { Check, Judgement, RunCheck } from './check.ts'
import { checkedChecks, checkedEvaluateOptions, type EvaluateOptions } from './evaluateArguments.ts'
import { evidenced, isRemark, nothingJudged } from './evidence.ts'
import { checkFilteredCells } from './filteredCells.ts'
import { countsByDataset, holdIfAsked, wereJudged } from './holdIfAsked.ts'
import { judgeMeasured } from './judgeMeasured.ts'
import { judgementOf, withSource } from './judgementOf.ts'
import { contextOf, judgingContext, type JudgingContext } from './judgingContext.ts'
import { unreadOf, wellFormed } from './kinds/wellFormed.ts'
import { lineageOf } from './lineageOf.ts'
import { toResult, type WholeQuestion, wholeOf, withoutPersonal } from './toResult.ts'
import { withRemarks } from './remarks.ts'

export type { EvaluateOptions } from './evaluateArguments.ts'

/**
 * Judges checks and returns a result for each, in order; a group yields one per member, and a `vacuous` one when no
 * member judges anything. Never throws for what a check finds: a check that cannot run becomes an `error` result and
 * leaves the others alone. Throws AssayError `wrong-argument` when there is no check to judge.
 */
export async function evaluate(checks: Check | readonly Check[], options?: EvaluateOptions): Promise<CheckResult[]> {
  const list = checkedChecks(checks)
  const { waivers = [], ...others } = checkedEvaluateOptions(options)
  const { rejects, forget } = nothingLeft()
  const context = { ...judgingContext(others), nothingLeft: rejects }
  try {
    const results = await stoppedWith(others.signal, () => allJudged(list, context))
    return [...withWaivers(results, waivers, context.now)]
  } finally {
    forget()
  }
}

interface EndingContext extends JudgingContext {
  /** Rejects where nothing can be answered any more. */
  readonly nothingLeft: Promise<never>
}

/** Whatever is asked stops with the signal, as it does with that of the work around it. */
function stoppedWith<T>(signal: AbortSignal | undefined, work: () => T): T {
  const outer = currentSignal()
  return signal ? stoppedBy(outer ? AbortSignal.any([outer, signal]) : signal, work) : work()
}

async function allJudged(list: readonly Check[], context: EndingContext): Promise<CheckResult[]> {
  const roots = newRoots()
  const counts = countsByDataset(list)
  await holdIfAsked(counts)
  const results = (await Promise.all(list.map((check) => judged(check, context, roots)))).flat()
  wereJudged(counts.keys())
  // Only now is all known that schemas and contracts among the checks say of columns.
  return [...results, ...(await unread(roots, context))].map(withoutPersonal)
}

/** The whole datasets behind checks, those of which `wellFormed` was asked, and those whose source may be at fault. */
interface Roots {
  readonly seen: Set<Dataset>
  readonly covered: Set<Dataset>
  readonly doubtful: Set<Dataset>
}
const newRoots = (): Roots => ({ seen: new Set(), covered: new Set(), doubtful: new Set() })

/** A result for each source that could not be read whole: what was judged leaves something out. */
async function unread({ seen, covered, doubtful }: Roots, context: EndingContext): Promise<CheckResult[]> {
  const roots = [...seen].filter((root) => doubtful.has(root) && !covered.has(root))
  const results = await Promise.all(
    roots.map(async (root) =>
      (await isReadWhole(root, context)) ? [] : judged(wellFormed(root), context, newRoots()),
    ),
  )
  return results.flat().filter(({ status }) => status !== 'pass')
}

/** Whether all of a source is known to have been read, which is so of most, and takes no verdict to say. */
async function isReadWhole(root: Dataset, { signal }: JudgingContext): Promise<boolean> {
  try {
    return (await unreadOf(root, { signal })) === undefined
  } catch {
    return false
  }
}

async function judged(
  check: Check,
  context: EndingContext,
  roots: Roots,
  whole?: WholeQuestion,
): Promise<CheckResult[]> {
  const start = elapsed()
  if (check.type === 'group') {
    const alone = (judgement: Judgement): CheckResult =>
      toResult(check, judgement, { datasets: [] }, start, check.inputs ?? [])
    try {
      const members = await Promise.race([
        outliving(() => check.expand(contextOf(check, context))),
        context.nothingLeft,
      ])
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
  const lineage = lineageOf(datasets, (dataset) => roots.doubtful.add(rootOf(dataset)))
  let judgement: Judgement
  try {
    const filtered = outliving(() => Promise.all(datasets.map((dataset) => checkFilteredCells(dataset, context))))
    filtered.catch(() => {})
    const work = outliving(() =>
      check.type === 'measured'
        ? judgeMeasured(check, context)
        : withRemarks(() => (check as RunCheck).run(contextOf(check, context))),
    )
    judgement = await Promise.race([work, context.nothingLeft])
    await filtered
  } catch (error) {
    judgement = await withSource(judgementOf(error), error, datasets, context)
  }
  judgement = evidenced(check, judgement)
  return [toResult(check, judgement, { ...(await lineage), ...judgement.lineage }, start, datasets, whole)]
}
