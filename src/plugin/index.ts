import { mkdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vitest/config'
import type { Reporter, TestProject, Vitest } from 'vitest/node'
import { EngineHost } from '../engine/host/engineHost.ts'
import { keepFew } from '../engine/keptAnswers.ts'
import { newSeal } from '../engine/sealedFile.ts'
import { removeSpilled } from '../engine/spill.ts'
import { sweepTemporaries, temporarySubfolder } from '../engine/temporary.ts'
import { stopThreadsOnExit } from '../engine/threads.ts'
import { cacheFolder } from '../../reporters/cacheFolder.ts'
import { blobKeeper } from '../../reporters/run/blobKeeper.ts'
import { AssayReporter } from '../../reporters/vitest.ts'
import { compileCache } from './compileCache.ts'
import { HISTORY_FILE } from '../results/history.ts'
import { type AssayOptions, checkOptions } from './options.ts'
import { runOptions } from './runOptions.ts'
import { budgetEnvironment, budgetKeeper, runBudgetOf } from './runBudget.ts'
import { ownVersion } from '../results/environment.ts'
import { PROVIDED_WAIVERS, readWaivers, WAIVERS_FILE } from '../results/waivers.ts'

export type { AssayOptions } from './options.ts'

const isSource = import.meta.url.endsWith('.ts')
const install = fileURLToPath(new URL(`../../matchers/install${isSource ? '.ts' : '.js'}`, import.meta.url))
const hostFile = fileURLToPath(new URL('../engine/host/hostProcess.js', import.meta.url))
// A module of its own, not a file: a setup file in node_modules is evaluated once per worker, so that with
// `isolate: false` only the first test file of a worker would get its hooks.
const setup = 'virtual:assay/setup'
const name = 'assay'
let guarded = false
const seal = newSeal()
const reporters = new WeakMap<Vitest, AssayReporter>()
const sharing = new WeakSet<Vitest>()
const claimFolders = new WeakMap<Vitest, string>()

/**
 * The one line in `vitest.config.ts`: registers the matchers in every test file and adds the quality report to the
 * reporters the project has. Throws AssayError `wrong-argument` for options that are wrong.
 */
export default function assay(options: AssayOptions = {}): Plugin {
  checkOptions(options)
  return {
    name,
    api: { options },
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
    resolveId: (id) => (id === setup ? id : undefined),
    load: (id) =>
      id === setup
        ? `import * as vitest from 'vitest'\nimport { install } from ${JSON.stringify(install)}\ninstall(vitest)\n`
        : undefined,
    async configureVitest({ vitest, project }) {
      refuseBrowser(project)
      if (!project.config.setupFiles.includes(setup)) project.config.setupFiles.push(setup)
      const list = vitest.config.reporters as unknown as (Reporter | readonly unknown[])[]
      const whole = runOptions(vitest, name)
      const budget = runBudgetOf(whole.budget)
      let claims = claimFolders.get(vitest)
      if (claims === undefined) {
        claims = claimFolder()
        claimFolders.set(vitest, claims)
        list.push(claimKeeper(claims))
        // Before the reporter that writes the blob.
        list.unshift(blobKeeper(`${claims}-journal`))
        if (budget) list.push(budgetKeeper(vitest, budget, budgetFile(claims)))
      }
      const { hookTimeout, testTimeout } = project.config
      project.config.env = {
        ...compileCache(vitest),
        ASSAY_ASKED: askedFolder(vitest),
        ...project.config.env,
        ...workerEnvironment(vitest, { ...options, ...whole }),
        ASSAY_CLAIMS: claims,
        ASSAY_ROOT: project.config.root,
        ...(budget ? budgetEnvironment(budget, budgetFile(claims)) : {}),
        ...(claims === '' ? {} : { ASSAY_KEPT: keptFolder(claims), ASSAY_SEAL: seal }),
        ASSAY_HOOK_TIMEOUT: String(hookTimeout > 0 && testTimeout > 0 ? Math.max(hookTimeout, testTimeout) : 0),
      }
      let reporter = reporters.get(vitest)
      if (whole.report !== false) project.config.env.ASSAY_JOURNAL = `${claims}-journal`
      if (!reporter) {
        if (!guarded) stopThreadsOnExit()
        guarded = true
        reporter = new AssayReporter(whole, `${claims}-journal`)
        reporters.set(vitest, reporter)
        reporter.attach(vitest)
        const { watched } = reporter
        vitest.config.watchTriggerPatterns = [...(vitest.config.watchTriggerPatterns ?? []), watched.pattern]
      }
      await reporter.watched.plan(vitest, project)
      await provideWaivers(vitest, project, options, reporter)
      if (!list.includes(reporter)) list.push(reporter)
      if (!sharing.has(vitest)) {
        sharing.add(vitest)
        list.push(sharer(vitest))
      }
    },
  }
}

/** Where no temporary files can be kept there is no such folder, and workers do not hear of each other. */
function claimFolder(): string {
  try {
    return temporarySubfolder('claims')
  } catch {
    return ''
  }
}

/** Where answers of queries are kept for all workers and, in watch mode, all runs; it goes with the main process. */
const keptFolder = (claims: string): string => `${claims}-kept`

/** Where workers keep what models were asked and what that cost. */
const budgetFile = (claims: string): string => (claims === '' ? '' : `${claims}-budget.json`)

/** Where workers say for the next run whose rows were asked for again; empty where nothing is kept. */
function askedFolder(vitest: Vitest): string {
  const folder = cacheFolder(vitest)
  return folder === undefined ? '' : path.join(folder, 'asked')
}

/** Keeps the folder in which the workers of one run tell each other whose data each contract file is held to, and clears up after them. */
function claimKeeper(folder: string): Reporter {
  const remove = () => (folder === '' ? undefined : rm(folder, { recursive: true, force: true }))
  return {
    onTestRunStart: async () => {
      await remove()
      if (folder !== '') await mkdir(folder, { recursive: true })
    },
    onTestRunEnd: async () => {
      await remove()
      if (folder !== '') {
        await keepFew(keptFolder(folder))
        removeSpilled(path.dirname(folder))
      }
      // A worker that was killed or terminated removed nothing.
      sweepTemporaries()
    },
  }
}

function refuseBrowser(project: TestProject): void {
  if (!project.config.browser?.enabled) return
  throw new Error(
    `[assay] the project "${project.name}" runs in a browser, where data files cannot be read. Put assay() only in projects that run in Node: in \`plugins\` of each of them, and not at the root, whose plugins other projects get, too.`,
  )
}

/**
 * Hands the waivers to the workers; in watch mode a changed file is read again and everything runs again. One that is
 * wrong then, as a file may be while it is edited, fails the run and does not end the watching.
 */
async function provideWaivers(
  vitest: Vitest,
  project: TestProject,
  options: AssayOptions,
  reporter: AssayReporter,
): Promise<void> {
  const file = path.resolve(vitest.config.root, options.waivers ?? WAIVERS_FILE)
  // Typed for the keys that a project declares; this one is ours alone.
  const give = project.provide as (key: string, value: unknown) => void
  const provide = async () => {
    const waivers = await readWaivers(file, { optional: options.waivers === undefined }).catch(withoutStack)
    reporter.waivers.set(file, waivers)
    give(PROVIDED_WAIVERS, waivers)
  }
  await provide()
  if (!vitest.config.forceRerunTriggers.includes(file)) vitest.config.forceRerunTriggers.push(file)
  reporter.watched.share(file)
  vitest.onTestsRerun(() =>
    provide().catch((error: Error) => {
      reporter.waivers.set(file, error)
      give(PROVIDED_WAIVERS, [])
    }),
  )
}

/** What is wrong with a file is told by the message; where our code found it helps nobody. */
function withoutStack(error: Error): never {
  error.stack = `${error.name}: ${error.message}`
  throw error
}

/** What the workers of a run have together: the machine, of which each gets its part, and a host of engines. */
function sharer(vitest: Vitest): Reporter {
  const host = new EngineHost(hostFile)
  vitest.onClose(() => host.close())
  return {
    onTestRunStart: async (files) => {
      // In a run of few files the workers that there are share the machine, not all there could be.
      const workers = String(Math.max(1, Math.min(mostWorkers(vitest), files.length)))
      const hosted = usesHost(vitest, files.length) ? vitest.projects.filter(isApart) : []
      const place = hosted.length > 0 ? await host.listen() : undefined
      for (const project of vitest.projects) {
        const ASSAY_ENGINE = (hosted.includes(project) && place) || ''
        project.config.env = { ...project.config.env, ASSAY_WORKERS: workers, ASSAY_ENGINE }
      }
    },
    onTestRunEnd: async () => {
      if (!vitest.config.watch) await host.close()
    },
  }
}

/**
 * Whether more than one worker starts an engine, one after another where not at once. On Windows what a process listens at
 * is open to other users.
 */
const usesHost = (vitest: Vitest, files: number): boolean =>
  process.platform !== 'win32' && !isSource && (files > 1 || vitest.config.watch)

/** Whether each test file has a process of its own. */
const isApart = ({ config }: TestProject): boolean => config.pool === 'forks' && config.isolate

const mostWorkers = (vitest: Vitest): number => Number(vitest.config.maxWorkers) || availableParallelism()

/** Each worker's share of the machine, and what the options ask of it. */
function workerEnvironment(vitest: Vitest, options: AssayOptions): Record<string, string> {
  return {
    ASSAY_WORKERS: String(mostWorkers(vitest)),
    ASSAY_VERSION: ownVersion(),
    ...(options.unawaited ? { ASSAY_UNAWAITED: options.unawaited } : {}),
    ...(options.report === false
      ? { ASSAY_REPORT: 'off' }
      : { ASSAY_HISTORY: path.resolve(vitest.config.root, options.report || 'report', HISTORY_FILE) }),
    ...(options.profile ? { ASSAY_PROFILE: options.profile } : {}),
  }
}
