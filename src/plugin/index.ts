import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vitest/config'
import type { Reporter, TestProject, Vitest } from 'vitest/node'
import { AssayReporter, type ReportOptions } from '../../reporters/vitest.ts'

/** Options of the vitest plugin. */
export interface AssayOptions extends ReportOptions {
  /** What becomes of an assertion that was not awaited: `settle` (default) counts its verdict, `error` fails the test. */
  readonly unawaited?: 'settle' | 'error'
}

const setup = fileURLToPath(
  new URL(`../../matchers/setup${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
)
const name = 'assay'
const reporters = new WeakMap<Vitest, AssayReporter>()

/**
 * The one line in `vitest.config.ts`: registers the matchers in every test file and adds the quality report to the
 * reporters the project has.
 */
export default function assay(options: AssayOptions = {}): Plugin {
  return {
    name,
    // vitest 4 gives inline projects none of the root's plugins; vitest 5 does, and warns about a second copy.
    async config(config) {
      const projects = (config as { test?: { projects?: unknown[] } }).test?.projects
      if (!process.env.VITEST || !projects) return
      const { version } = await import('vitest/node')
      if (!version.startsWith('4.')) return
      for (const project of projects as { extends?: unknown; plugins?: unknown[] }[]) {
        if (typeof project !== 'object' || project === null || project.extends) continue
        const plugins = (project.plugins ?? []).flat(9) as { name?: string }[]
        if (!plugins.some((plugin) => plugin?.name === name))
          project.plugins = [...(project.plugins ?? []), assay(options)]
      }
    },
    configureVitest({ vitest, project }) {
      refuseBrowser(project)
      if (!project.config.setupFiles.includes(setup)) project.config.setupFiles.push(setup)
      project.config.env = { ...project.config.env, ...workerEnvironment(vitest, options) }
      let reporter = reporters.get(vitest)
      if (!reporter) {
        reporter = new AssayReporter(options)
        reporters.set(vitest, reporter)
        vitest.config.watchTriggerPatterns = [...(vitest.config.watchTriggerPatterns ?? []), reporter.watchPattern()]
      }
      const list = vitest.config.reporters as unknown as (Reporter | readonly unknown[])[]
      if (options.report !== false && !list.includes(reporter)) list.push(reporter)
    },
  }
}

function refuseBrowser(project: TestProject): void {
  if (!project.config.browser?.enabled) return
  throw new Error(
    `[assay] the project "${project.name}" runs in a browser, where data files cannot be read. Put assay() only in projects that run in Node.`,
  )
}

/** One instant for all workers, and each worker's share of the machine. */
function workerEnvironment(vitest: Vitest, options: AssayOptions): Record<string, string> {
  const workers = Number(vitest.config.maxWorkers) || availableParallelism()
  return {
    ASSAY_NOW: process.env.ASSAY_NOW ?? (process.env.ASSAY_NOW = new Date().toISOString()),
    ASSAY_WORKERS: String(workers),
    ...(options.unawaited ? { ASSAY_UNAWAITED: options.unawaited } : {}),
    ...(options.report === false ? { ASSAY_REPORT: 'off' } : {}),
  }
}
