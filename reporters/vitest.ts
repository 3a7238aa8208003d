import path from 'node:path'
import type { Reporter, TestModule, TestRunEndReason, TestSpecification, Vitest } from 'vitest/node'
import { firstLine } from '../src/errors.ts'
import { runDocument } from '../src/results/collect.ts'
import { readJournal, removeJournal } from '../src/results/journal.ts'
import type { NamedSubject, RunDocument } from '../src/results/runDocument.ts'
import type { Waiver } from '../src/results/waivers.ts'
import { takeInstant } from './instant.ts'
import { markUnfinished } from './unfinished.ts'
import { hasDamagedBlob } from './run/mergedBlobs.ts'
import { addToBlob } from './run/blobFile.ts'
import { endedLater } from './run/endedLater.ts'
import { errorText, type ThrownError } from './run/errorText.ts'
import { type EndedRun, readRun, readTests, usesAssay } from './run/readRun.ts'
import { Watched } from './watched.ts'

/** Where the quality report goes. */
export interface ReportOptions {
  /**
   * Folder of the report, relative to the vitest root; default `report`. `false` writes none.
   * @example assay({ report: 'quality' })
   */
  readonly report?: string | false
  /**
   * Title of the report; default: the name in package.json, else the root folder's.
   * @example assay({ title: 'Orders' })
   */
  readonly title?: string
}

type Outputs = Pick<typeof import('./folder.ts'), 'hasReport' | 'writeReport'> &
  Pick<typeof import('./github.ts'), 'tellGithub' | 'tellGithubNow'> &
  Pick<typeof import('./terminal.ts'), 'terminal'>

/** The vitest reporter: puts the results of all workers together and writes the report, beside the user's reporters. */
export class AssayReporter implements Reporter {
  /** The waivers of each file of them, as the plugin read them; what is wrong with it, while vitest watches: none holds. */
  readonly waivers = new Map<string, readonly Waiver[] | Error>()
  private readonly options: ReportOptions
  private readonly journal: string | undefined
  private vitest: Vitest | undefined
  private start = 0
  /** When a run began whose blob says of no failure. */
  private passed: number | undefined
  /** What a run is told with; loaded while it runs. */
  private outputs: Outputs | undefined
  private specifications: readonly TestSpecification[] = []
  /** A run that began and has not ended. */
  private running = false
  /** Whether any run began. */
  private began = false
  /** How many errors nobody caught when the last run ended. */
  private uncaught = 0
  /** A run that is over, but for the thresholds of coverage. */
  private waiting: RunDocument | undefined
  /** The run that was told last. */
  private last: RunDocument | undefined
  /** Which test files read which data. */
  readonly watched = new Watched()

  /** `journal` is the folder in which workers note what their tests turn to. */
  constructor(options: ReportOptions = {}, journal?: string) {
    this.options = options
    this.journal = journal
  }

  /** Called when vitest is configured: it may end before it runs anything. */
  attach(vitest: Vitest): void {
    this.vitest = vitest
    process.once('exit', (code) => this.lastWord(code))
    if (this.options.report !== false) void this.load()
  }

  onInit(vitest: Vitest): void {
    this.vitest = vitest
    this.watched.start(vitest)
  }

  onTestRunStart(specifications: readonly TestSpecification[] = []): void {
    this.start = performance.now()
    this.specifications = specifications
    this.running = true
    this.began = true
    const { vitest } = this
    if (!vitest) return
    takeInstant(vitest)
    if (this.options.report === false || vitest.config.watch || reportsElsewhere(vitest)) return
    markUnfinished(this.folder(vitest), process.env.ASSAY_NOW ?? new Date().toISOString())
  }

  async onTestModuleQueued(module: TestModule): Promise<void> {
    await this.watched.begin(module)
  }

  async onTestModuleEnd(module: TestModule): Promise<void> {
    await this.watched.add(module)
  }

  /** While vitest watches: a test file is gone. */
  onTestRemoved(file?: string): void {
    if (file !== undefined) this.watched.remove(file)
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    errors: readonly unknown[] = [],
    reason: TestRunEndReason = 'passed',
  ): Promise<void> {
    const { vitest } = this
    this.uncaught = errors.length
    await this.watched.save()
    if (!vitest || this.options.report === false || reportsElsewhere(vitest)) {
      this.running = false
      if (errors.length === 0 && modules.every((module) => module.ok()))
        this.passed = performance.timeOrigin + this.start
      this.forget()
      return
    }
    // In watch mode a run may hold one file; what the others found last still stands. A merge names a file once for
    // each blob that holds it, and vitest 4 none that ran in another folder.
    const { watch, mergeReports } = vitest.config
    const all = watch || mergeReports ? vitest.state.getTestModules() : modules
    const run = await readRun(this.ended(vitest, all, errors, reason))
    this.running = false
    await this.load()
    if (!this.isWanted(run, all)) return
    if (!watch) process.exitCode ||= run.outcome.exitCode
    if (coverageIsJudged(vitest)) this.waiting = run
    else await this.tell(run, vitest)
  }

  /** vitest holds coverage to its thresholds after the run has ended. */
  async onFinishedReportCoverage(): Promise<void> {
    const { vitest, waiting } = this
    if (!vitest || !waiting) return
    this.waiting = undefined
    await this.tell(withCoverage(waiting, process.exitCode), vitest)
  }

  /**
   * What is said of an error that nobody caught and that came after the run had ended, as when a fixture of a worker is torn
   * down: vitest tells it nobody, and ends with exit code 0.
   */
  private lateError({ state, config }: Vitest): string | undefined {
    if (this.running || !this.began || config.watch || config.dangerouslyIgnoreUnhandledErrors) return undefined
    const error = state.getUnhandledErrors()[this.uncaught]
    if (error === undefined) return undefined
    return `an error that nobody caught came ${AFTER}: ${errorText(error as ThrownError, config.root)}`
  }

  /** What only the end of the process shows: its exit code, or that the run never ended. */
  private lastWord(exitCode: number): void {
    const { vitest, last, outputs } = this
    const late = vitest && this.lateError(vitest)
    const code = exitCode || (late === undefined ? 0 : 1)
    process.exitCode = code
    if (vitest && code !== 0 && this.passed !== undefined && !coverageIsJudged(vitest)) {
      const { index = 1, count = 1 } = vitest.config.shard ?? {}
      addToBlob(
        vitest,
        this.passed,
        `shard ${index}/${count} ended with exit code ${code}, for a reason outside of its tests`,
      )
    }
    if (!vitest || !outputs || vitest.config.watch || reportsElsewhere(vitest)) {
      if (late !== undefined) tellAlone(late)
      return this.forget()
    }
    // A merge of blobs judges coverage without a word.
    let run = this.waiting && withCoverage(this.waiting, code)
    if (this.running || (!this.began && code !== 0)) {
      const modules = vitest.state.getTestModules()
      const reason = this.running ? 'interrupted' : 'failed'
      run = runDocument(readTests(this.ended(vitest, modules, vitest.state.getUnhandledErrors(), reason)))
      if (!this.isWanted(run, modules)) return
    } else if (!run && last && exitFails(last, code)) {
      run = endedLater(last, code, late ?? `the process ended with exit code ${code} ${AFTER}`)
    }
    if (!run) {
      if (late !== undefined) tellAlone(late)
      return
    }
    process.stderr.write(`${this.write(run, vitest, outputs)}\n`)
    outputs.tellGithubNow(run, { root: vitest.config.root, failuresShown: annotatesFailures(vitest) })
  }

  private forget(): void {
    if (this.journal !== undefined) removeJournal(this.journal)
  }

  private async load(): Promise<void> {
    const [{ hasReport, writeReport }, { tellGithub, tellGithubNow }, { terminal }] = await Promise.all([
      import('./folder.ts'),
      import('./github.ts'),
      import('./terminal.ts'),
    ])
    this.outputs = { hasReport, writeReport, tellGithub, tellGithubNow, terminal }
  }

  private ended(
    vitest: Vitest,
    modules: readonly TestModule[],
    errors: readonly unknown[],
    reason: TestRunEndReason,
  ): EndedRun {
    const { specifications, options, journal } = this
    const read = [...this.waivers.values()]
    const waivers = read.flatMap((known) => (known instanceof Error ? [] : known))
    const waiversError = read.find((known) => known instanceof Error)
    const turned = journal === undefined ? new Map<string, readonly NamedSubject[]>() : readJournal(journal)
    this.forget()
    const durationMs = Math.round(performance.now() - this.start)
    const title = options.title
    return { vitest, modules, specifications, errors, reason, durationMs, waivers, waiversError, turned, title }
  }

  /** A project without a data or model test has nothing to report, unless an earlier report would now say too much. */
  private isWanted(run: RunDocument, modules: readonly TestModule[]): boolean {
    const { vitest, outputs } = this
    if (run.results.length > 0 || usesAssay(modules)) return true
    if (!vitest) return false
    return outputs?.hasReport(this.folder(vitest)) === true || (modules.length === 0 && hasDamagedBlob(vitest.config))
  }

  private folder({ config }: Vitest): string {
    return path.resolve(config.root, this.options.report || 'report')
  }

  private async tell(run: RunDocument, vitest: Vitest): Promise<void> {
    const { outputs } = this
    if (!outputs) return
    this.last = run
    // stderr: `--reporter=json` owns stdout.
    process.stderr.write(`${this.write(run, vitest, outputs)}\n`)
    await outputs.tellGithub(run, { root: vitest.config.root, failuresShown: annotatesFailures(vitest) })
  }

  /** Writes the report and returns what the terminal shows. */
  private write(run: RunDocument, vitest: Vitest, { terminal, writeReport }: Outputs): string {
    const color = Boolean(process.stderr.isTTY) && !process.env.NO_COLOR
    try {
      const { page } = writeReport(this.folder(vitest), run)
      return terminal(run, { color, report: path.relative(process.cwd(), page) || page })
    } catch (error) {
      return `${terminal(run, { color })}\n[assay] ${firstLine(error)}`
    }
  }
}

const AFTER = 'after the tests had ended'
const COVERAGE = 'the run ended with an exit code that is not 0 after coverage was judged: it is below its thresholds'

/** Says what no report says. */
const tellAlone = (text: string): void => void process.stderr.write(`[assay] ${text}\n`)

const exitFails = (run: RunDocument, code: unknown): boolean => Number(code ?? 0) !== 0 && run.outcome.exitCode === 0

const withCoverage = (run: RunDocument, code: unknown): RunDocument =>
  exitFails(run, code) ? endedLater(run, Number(code), COVERAGE) : run

/** Whether vitest judges coverage once the tests have ended: `onFinishedReportCoverage` is then called. */
function coverageIsJudged({ config, state }: Vitest): boolean {
  const { coverage, watch } = config
  if (watch || !coverage.enabled || !('thresholds' in coverage) || !coverage.thresholds) return false
  return state.getCountOfFailedTests() === 0 || coverage.reportOnFailure
}

/**
 * A shard hands its results over in its blob, and only the run that merges them writes the report; benchmarks judge
 * nothing.
 */
function reportsElsewhere({ config, mode }: Vitest): boolean {
  if ((mode as string) === 'benchmark') return true
  return config.shard !== undefined && !config.mergeReports && hasReporter(config, 'blob', 'BlobReporter')
}

/** vitest's own reporter for GitHub Actions annotates each failed test with its message, at our line. */
function annotatesFailures({ config }: Vitest): boolean {
  return hasReporter(config, 'github-actions', 'GithubActionsReporter')
}

function hasReporter({ reporters }: Vitest['config'], name: string, className: string): boolean {
  return reporters.some((reporter) =>
    Array.isArray(reporter) ? reporter[0] === name : reporter.constructor.name === className,
  )
}
