import { ofSource } from '../../cells/held.ts'
import { aboutDataset, type Judgement, type RunCheck } from '../../checks/check.ts'
import { judgeRows, rowExpectation } from '../../checks/forms/judgeRows.ts'
import { sampleOf } from '../../checks/rows/samples.ts'
import type { Dataset } from '../../dataset/dataset.ts'
import { recordsOf, relationOf, versionOf } from '../../dataset/opened.ts'
import type { Relation } from '../../engine/engine.ts'
import { throwIfStopped } from '../../engine/stopping.ts'
import { AssayError } from '../../errors.ts'
import { eachWithinTime } from '../../sql/withinTime.ts'
import { cellPages, withNumbers } from './pages.ts'
import { type PageRow, readingsOf } from './readings.ts'
import type { SchemaRowRule } from './rowRule.ts'
import { pointer } from '../json.ts'
import { judgesOf, type PageJudge, type Tallies } from './pageJudge.ts'
import { FindingTally } from './tally.ts'

/** Processor time that one row may take. */
const SECONDS = 10
/** Rows of which it is kept what is wrong with them until it is counted: fewer where there is much. */
const FEW_ROWS = 300
const MANY_ROWS = 2000
const MANY_FINDINGS = 20_000

/** What rules found in the rows. */
interface Outcome {
  readonly relation: Relation
  readonly tallies: Tallies
}

/**
 * One pass over the rows of a dataset for all rules that the engine cannot judge: rows are read once, on their original
 * values, in pages of bounded size. What goes wrong with one rule is an error of that rule.
 */
export class RowPass {
  private readonly dataset: Dataset
  private readonly rules: SchemaRowRule[] = []
  private outcome: Promise<Outcome> | undefined
  private readonly answered = new Set<SchemaRowRule>()

  constructor(dataset: Dataset) {
    this.dataset = dataset
  }

  /** The check of a rule; all checks are made before the first one runs. */
  check(rule: SchemaRowRule): RunCheck {
    const { dataset } = this
    const { kind, title, expected, discreet, columns, mostly, severity } = rule
    const personal = discreet && {
      ...discreet,
      columns: columns.map(({ name }) => name),
      expected: rowExpectation(discreet.expected, mostly),
    }
    this.rules.push(rule)
    return {
      type: 'run',
      kind,
      family: rule.family ?? 'schema',
      ...aboutDataset(dataset, rule.subject, {
        statement: rule.statement,
        limits: { ...rule.limits, mostly, severity },
      }),
      title,
      expected: rowExpectation(expected, mostly),
      severity,
      ...(personal ? { discreet: [personal] } : {}),
      inputs: [dataset],
      run: ({ signal }) => this.judgement(rule, signal),
    }
  }

  private async judgement(rule: SchemaRowRule, signal: AbortSignal | undefined): Promise<Judgement> {
    const { relation, tallies } = await this.once(rule, signal)
    const tally = tallies.get(rule) as FindingTally | AssayError
    if (tally instanceof AssayError) throw tally
    return judgementOf(rule, tally, this.dataset, relation, signal)
  }

  /** The pass that is under way or done; a new one for a rule that was told its outcome, and after one that failed. */
  private once(rule: SchemaRowRule, signal: AbortSignal | undefined): Promise<Outcome> {
    if (this.answered.has(rule)) this.outcome = undefined
    if (!this.outcome) {
      this.answered.clear()
      const outcome = judgeAll(this.dataset, this.rules, signal)
      outcome.catch(() => {
        if (this.outcome === outcome) this.outcome = undefined
      })
      this.outcome = outcome
    }
    this.answered.add(rule)
    return this.outcome
  }
}

async function judgeAll(
  dataset: Dataset,
  rules: readonly SchemaRowRule[],
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  // Asked together the source is looked at once: to know that records are what they were takes a walk over them.
  const [opened, version, records] = await Promise.all([relationOf(dataset), versionOf(dataset), recordsOf(dataset)])
  const relation = withNumbers(opened)
  const readings = readingsOf(relation, records)
  const tallies: Tallies = new Map(rules.map((rule) => [rule, tallyOf(rule)]))
  let judges = judgesOf(rules, readings, tallies)
  const pages =
    (await readings.pages?.(signal)) ??
    cellPages(relation.jsonRows ? ofSource(relation) : relation, readings.cells, signal)
  for await (const page of pages) {
    const left: PageJudge[] = []
    for (const judge of judges) left.push(...(await judged(judge, page, signal)))
    judges = left
    if (judges.length === 0) break
    throwIfStopped(signal)
  }
  if (records && (await versionOf(dataset)) !== version)
    throw new AssayError('changed', `the records of ${JSON.stringify(dataset.name)} changed while they were judged`)
  return { relation, tallies }
}

function tallyOf({ ofRows = false, judging }: SchemaRowRule): FindingTally {
  return new FindingTally(judging.values === 'together' ? { within: pointer('', judging.column) } : { ofRows })
}

/** Judges a page; returns what is to judge the next one. */
async function judged(
  judge: PageJudge,
  page: readonly PageRow[],
  signal: AbortSignal | undefined,
): Promise<readonly PageJudge[]> {
  let done = 0
  try {
    for (let count = FEW_ROWS; done < page.length; ) {
      const rows = page.slice(done, done + count)
      const verdicts = await eachWithinTime(judge.title, rows, (row) => judge.work(row), { seconds: SECONDS, signal })
      let findings = 0
      for (const [i, verdict] of verdicts.entries()) {
        // Waiting for what is there already costs more than most judgements.
        findings += judge.tell(verdict instanceof Promise ? await verdict : verdict, Number(rows[i]?.[0]))
      }
      done += rows.length
      const most = (rows.length * MANY_FINDINGS) / Math.max(1, findings)
      count = Math.max(FEW_ROWS, Math.min(MANY_ROWS, Math.floor(most), 4 * count))
    }
    return [judge]
  } catch (error) {
    if (!(error instanceof AssayError) || error.code === 'aborted') throw error
    const apart: PageJudge[] = []
    for (const single of await judge.stumbled(error)) apart.push(...(await judged(single, page.slice(done), signal)))
    return apart
  }
}

/** A rule's verdict from what was found in all rows, with the first rows that break it. */
async function judgementOf(
  { ofRows = false, columns, mostly }: SchemaRowRule,
  tally: FindingTally,
  dataset: Dataset,
  relation: Relation,
  signal: AbortSignal | undefined,
): Promise<Judgement> {
  const { rows, absent, broken } = tally
  const judgement = judgeRows({ rows, missing: absent, broken, mostly, nulls: 'ignore' })
  if (judgement.status !== 'fail') return judgement
  const there = relation.columns.map(({ name }) => name)
  const names = columns.map(({ name }) => name).filter((name) => there.includes(name))
  const marked = ofRows ? tally.columns.filter((name) => names.includes(name)) : names
  const failing = await sampleOf(dataset, relation, { where: tally.sampled, marked, total: broken }, { signal })
  return {
    ...judgement,
    message: tally.inWords(),
    evidence: [failing],
    discreet: [{ columns: names, message: tally.inWords({ keywordsOnly: true }) }],
  }
}
