import path from 'node:path'
import type { Reporter, TestModule, TestRunEndReason, Vitest } from 'vitest/node'
import { firstLine } from '../src/errors.ts'
import type { CheckResult } from '../src/results/checkResult.ts'
import { runDocument } from '../src/results/collect.ts'
import { environmentOf, gitState, titleOf } from '../src/results/environment.ts'
import type { DatasetSummary, RunDocument } from '../src/results/runDocument.ts'
import { type AssayMeta, decodeDataset, decodeResult } from '../src/results/transport.ts'
import { waiverNotes } from '../src/results/waiverNotes.ts'
import type { Waiver } from '../src/results/waivers.ts'
import { obsoleteContracts } from './obsoleteContracts.ts'
import { takeInstant } from './instant.ts'
import { Watched } from './watched.ts'

/** Where the quality report goes. */
export interface ReportOptions {
  /** Folder of the report, relative to the vitest root; default `report`. `false` writes none. */
  readonly report?: string | false
  /** Title of the report; default: the name in package.json, else the root folder's. */
  readonly title?: string
}

type Meta = { readonly assay?: AssayMeta }

/** The vitest reporter: puts the results of all workers together and writes the report, beside the user's reporters. */
export class AssayReporter implements Reporter {
  /** The waivers of the project, as the plugin read them. */
  waivers: readonly Waiver[] = []
  private readonly options: ReportOptions
  private vitest: Vitest | undefined
  private start = 0
  /** Which test files read which data. */
  readonly watched = new Watched()

  constructor(options: ReportOptions = {}) {
    this.options = options
  }

  onInit(vitest: Vitest): void {
    this.vitest = vitest
    this.watched.start(vitest)
  }

  onTestRunStart(): void {
    this.start = performance.now()
    if (this.vitest) takeInstant(this.vitest)
  }

  onTestModuleEnd(module: TestModule): void {
    this.watched.add(module)
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    _errors: readonly unknown[] = [],
    reason: TestRunEndReason = 'passed',
  ): Promise<void> {
    const { vitest } = this
    if (!vitest || this.options.report === false || shardOnly(vitest)) return
    // In watch mode a run may hold one file; what the others found last still stands.
    const run = await this.document(vitest.config.watch ? vitest.state.getTestModules() : modules, vitest, reason)
    // A project without a single check has nothing to report, and its last report is not its business.
    if (run.results.length === 0) return
    const folder = path.resolve(vitest.config.root, this.options.report ?? 'report')
    const [{ writeReport }, { terminal }, { tellGithub }] = await Promise.all([
      import('./folder.ts'),
      import('./terminal.ts'),
      import('./github.ts'),
    ])
    const color = Boolean(process.stderr.isTTY) && !process.env.NO_COLOR
    const ending = await writeReport(folder, run).then(
      (page) => terminal(run, { color, report: path.relative(process.cwd(), page) || page }),
      (error: unknown) => `${terminal(run, { color })}\n[assay] ${firstLine(error)}`,
    )
    // stderr: `--reporter=json` owns stdout.
    process.stderr.write(`${ending}\n`)
    await tellGithub(run, { root: vitest.config.root, failuresShown: annotatesFailures(vitest) })
  }

  private async document(
    modules: readonly TestModule[],
    vitest: Vitest,
    reason: TestRunEndReason,
  ): Promise<RunDocument> {
    const results: CheckResult[] = []
    const datasets: DatasetSummary[] = []
    const notes: string[] = []
    const tests = { passed: 0, failed: 0, skipped: 0 }
    const root = vitest.config.root
    for (const module of modules) {
      const { assay } = module.meta() as Meta
      datasets.push(...(assay?.datasets ?? []).map(decodeDataset))
      notes.push(...(assay?.notes ?? []), ...unfinished(module))
      for (const entry of assay?.results ?? []) results.push(relativeTo(root, decodeResult(entry)))
      for (const test of module.children.allTests()) {
        const own = ((test.meta() as Meta).assay?.results ?? []).map((entry) => relativeTo(root, decodeResult(entry)))
        results.push(...own)
        const { state } = test.result()
        // A test that a check failed is told by that check.
        const ordinary = own.length === 0 || (state === 'failed' && !own.some(({ blocking }) => blocking))
        if (ordinary && state !== 'pending') tests[state]++
      }
    }
    const at = process.env.ASSAY_NOW ?? new Date().toISOString()
    const wholeSuite = reason !== 'interrupted' && (await isWholeSuite(modules, vitest))
    if (this.waivers.length > 0) notes.push(...waiverNotes(this.waivers, results, { now: new Date(at), wholeSuite }))
    for (const file of wholeSuite ? await obsoleteContracts(modules, root) : [])
      notes.push(`contract ${file} is obsolete: no test used it; delete it if nothing needs it`)
    return runDocument({
      at,
      title: this.options.title ?? titleOf(root),
      durationMs: Math.round(performance.now() - this.start),
      environment: environmentOf(`vitest ${vitest.version}`),
      ...(await gitState(root)),
      results,
      datasets,
      tests,
      notes,
    })
  }
}

/** What a worker that died took with it. */
function unfinished(module: TestModule): string[] {
  const states = [...module.children.allTests()].map((test) => test.result().state)
  const pending = states.filter((state) => state === 'pending').length
  const lost = states.length === 0 && ['pending', 'queued'].includes(module.state())
  if (pending === 0 && !lost) return []
  const what = lost ? 'none of its tests has' : `${pending} of its ${states.length} tests have no result, and none has`
  return [`${module.relativeModuleId} did not finish (its worker stopped): ${what} checks in this report`]
}

/** A shard hands its results over in its blob; only the run that merges them writes the report. */
function shardOnly(vitest: Vitest): boolean {
  return vitest.config.shard !== undefined && !vitest.config.mergeReports
}

/** vitest's own reporter for GitHub Actions annotates each failed test with its message, at our line. */
function annotatesFailures({ config }: Vitest): boolean {
  return config.reporters.some((reporter) =>
    Array.isArray(reporter) ? reporter[0] === 'github-actions' : reporter.constructor.name === 'GithubActionsReporter',
  )
}

/** Whether every test of the project had its chance: no filter, no shard, no `.only`, no file that failed to load. */
async function isWholeSuite(modules: readonly TestModule[], vitest: Vitest): Promise<boolean> {
  const { testNamePattern, project } = vitest.config
  if (testNamePattern || project.length > 0) return false
  for (const module of modules) {
    const all = [...module.children.allTests(), ...module.children.allSuites()]
    if (module.errors().length > 0 || all.some(({ options }) => options.mode === 'only')) return false
  }
  return modules.length >= (await vitest.globTestSpecifications()).length
}

function relativeTo(root: string, result: CheckResult): CheckResult {
  const { where } = result
  return where ? { ...result, where: { ...where, file: path.relative(root, where.file) } } : result
}
