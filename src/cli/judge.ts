import path from 'node:path'
import type { Command as Parser } from 'commander'
import { resultBlock } from '../words/resultBlock.ts'
import type { Check } from '../checks/check.ts'
import { evaluate } from '../checks/evaluate.ts'
import { summary } from '../profile/summary.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { stoppedError } from '../errors.ts'
import type { CheckResult } from '../results/checkResult.ts'
import { runInstant } from '../results/clock.ts'
import { runDocument } from '../results/collect.ts'
import { HISTORY_FILE } from '../results/history.ts'
import { environmentOf, titleOf } from '../results/environment.ts'
import { gitState } from '../results/gitState.ts'
import type { DatasetSummary, RunDocument } from '../results/runDocument.ts'
import { visible, visibleJson } from '../words/text/visible.ts'
import { waiverNotes } from '../results/waiverNotes.ts'
import { readWaivers, WAIVERS_FILE } from '../results/waivers.ts'
import { exit, type ExitCode } from './command.ts'
import type { Context } from './context.ts'
import { withProgress, type Progress, withQueryProgress } from './progress.ts'
import { elapsed } from '../realTimers.ts'

/** Results shown in full; the rest is counted, and stands in the report and the JSON. */
const SHOWN = 20

/** What is judged. */
export interface Judging {
  readonly checks: readonly Check[]
  readonly datasets: readonly Dataset[]
  /** How far the work is, where it is not the engine's. */
  readonly progress?: (() => Progress | undefined) | undefined
}

/** Declares where the waivers are and where the report goes. */
export function declareJudging(parser: Parser): Parser {
  return parser
    .option('--waivers <file>', `known failures that are accepted (default: ${WAIVERS_FILE}, where it exists)`)
    .option('--report <folder>', 'write the report there: index.html, report.json and summary.md')
}

/** The options of commands that judge. */
export interface JudgingOptions {
  readonly report?: string
  readonly waivers?: string
}

/** Judges checks, prints what does not hold, writes the report, and says how the process ends. */
export async function judge(
  { checks, datasets, progress }: Judging,
  { report, waivers: file }: JudgingOptions,
  context: Context,
): Promise<ExitCode> {
  const start = elapsed()
  const { signal } = context
  const now = runInstant()
  const waivers = await readWaivers(file ?? WAIVERS_FILE, { optional: file === undefined })
  const history = report === undefined ? {} : { history: path.resolve(report, HISTORY_FILE) }
  const evaluated = (): Promise<CheckResult[]> => evaluate(checks, { signal, now, waivers, ...history })
  const results = progress
    ? await withProgress(checks.map(({ subject }) => subject.name).join(', '), context, progress, evaluated)
    : await withQueryProgress(datasets, context, evaluated)
  if (signal.aborted) throw stoppedError(signal)
  const described: DatasetSummary[] = []
  const kept = report !== undefined || context.json
  if (kept) {
    await withQueryProgress(datasets, context, async () => {
      for (const dataset of datasets) described.push(await summary(dataset, { signal }))
    })
  }
  const code = exitCodeOf(results)
  const none = { found: 0, ran: 0 }
  const run = runDocument({
    at: now.toISOString(),
    title: titleOf(process.cwd()),
    durationMs: Math.round(elapsed() - start),
    environment: environmentOf('assay'),
    ...(kept ? await gitState(process.cwd()) : {}),
    results,
    datasets: described,
    outcome: { status: code === exit.holds ? 'passed' : 'failed', exitCode: code, tests: none, files: none },
    problems: [],
    tests: { passed: 0, failed: 0, skipped: 0 },
    notes: waiverNotes(waivers, results, { now, wholeSuite: false }),
  })
  await conclude(run, report, context)
  if (process.env.GITHUB_ACTIONS === 'true') {
    const { tellGithub } = await import('../../reporters/index.ts')
    await tellGithub(run, { root: process.cwd(), failuresShown: false })
  }
  return code
}

/** Prints a run and writes its report. */
async function conclude(judged: RunDocument, report: string | undefined, context: Context): Promise<void> {
  let page: string | undefined
  let run = judged
  if (report !== undefined) {
    const { writeReport } = await import('../../reporters/index.ts')
    const written = writeReport(path.resolve(report), run)
    page = path.relative(process.cwd(), written.page)
    run = written.run
  }
  if (context.json) {
    const { json } = await import('../results/json.ts')
    context.write(visibleJson(json(run)))
  }
  if (context.quiet)
    for (const result of run.results)
      if (result.blocking && result.status === 'error') process.stderr.write(`${resultBlock(result)}\n`)
  if (context.json || context.quiet) return
  const [{ isBad, terminal, verdicts }, { needsAttention, statusGlyph }, { worstFirst }] = await Promise.all([
    import('../../reporters/index.ts'),
    import('../words/status.ts'),
    import('../results/worstFirst.ts'),
  ])
  const open = worstFirst(run.results).filter(needsAttention)
  for (const result of open.slice(0, SHOWN)) context.print(`${block(result, context)}\n`)
  if (open.length > SHOWN)
    context.print(`… and ${open.length - SHOWN} more: --report <folder> or --json has them all\n`)
  const subjects = new Set(run.results.map(({ subject }) => subject.name))
  const good = verdicts(run).filter((verdict) => !isBad(verdict) && subjects.has(verdict.name))
  for (const { status, name, text } of good.slice(0, SHOWN))
    context.print(
      ` ${context.paint(status === 'pass' ? 'green' : 'cyan', statusGlyph[status])} ${context.paint('bold', visible(name))} ${visible(text)}`,
    )
  context.write(terminal(run, { color: context.color, most: 0, ...(page === undefined ? {} : { report: page }) }))
}

function block(result: CheckResult, context: Context): string {
  const [title = '', ...lines] = resultBlock(result).split('\n')
  const style = result.blocking ? 'red' : result.status === 'warn' ? 'yellow' : 'cyan'
  return [context.paint(style, title), ...lines].join('\n')
}

/** 2 when anything could not be found out, else 1 when anything fails. */
function exitCodeOf(results: readonly CheckResult[]): ExitCode {
  if (results.some(({ status, blocking }) => blocking && status === 'error')) return exit.couldNotRun
  return results.some(({ blocking }) => blocking) ? exit.fails : exit.holds
}
