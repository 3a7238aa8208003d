import path from 'node:path'
import type { TestCase, TestModule, TestSuite } from 'vitest/node'
import { countText } from '../../src/words/text/numbers.ts'
import type { CheckResult, Problem } from '../../src/results/index.ts'
import { visible } from '../../src/words/text/visible.ts'
import type { AssayMeta } from '../../src/results/transport.ts'
import { errorPlace, errorText, type ThrownError } from './errorText.ts'
import { moduleFile, moduleRoot } from './moduleRoot.ts'
import { NotRun, type NotRunContext, SHOWN_NAMES, stopText } from './notRun.ts'
import { begunOf, distinct, undecidedBy } from './undecided.ts'

/** What the tests and files of a run say of themselves. */
export interface TestsRead {
  readonly problems: readonly Problem[]
  readonly tests: { readonly found: number; readonly ran: number }
  readonly files: { readonly found: number; readonly ran: number }
}

/** Hands over the results that a test, or a file's own hooks, have. */
export type ResultsOf = (entity: TestCase | TestModule) => readonly CheckResult[]

type Meta = { readonly assay?: AssayMeta }

/** Everything that failed or did not run beside the checks, worst first. */
export function readProblems(
  modules: readonly TestModule[],
  errors: readonly unknown[],
  resultsOf: ResultsOf,
  context: NotRunContext,
): TestsRead {
  const notRun = new NotRun(context)
  const failed: Problem[] = []
  const workers: Problem[] = []
  const open: Problem[] = []
  const idle: TestModule[] = []
  const tests = { found: 0, ran: 0 }
  const files = { found: modules.length, ran: 0 }
  for (const module of modules) {
    const all = [...module.children.allTests()]
    const states = new Map(all.map((test) => [test, test.result().state]))
    const lost = all.length === 0 && ['pending', 'queued'].includes(module.state())
    const pending = all.filter((test) => states.get(test) === 'pending')
    tests.found += all.length
    tests.ran += all.filter((test) => ['passed', 'failed'].includes(states.get(test) as string)).length
    if (!lost && (all.length > 0 || module.errors().length === 0)) files.ran++
    failed.push(...brokenHooks(module, resultsOf))
    for (const test of all) {
      const state = states.get(test)
      if (state === 'failed') failed.push(...brokenTest(test, resultsOf(test)))
      else if (state === 'passed') open.push(...unjudged(test))
      else if (state === 'skipped' && !cutOff(test)) notRun.add(test)
    }
    if (context.interrupted) {
      for (const test of pending) notRun.add(test)
      if (lost) idle.push(module)
    } else if (lost || pending.length > 0) workers.push(stopped(module, pending, resultsOf, context))
  }
  return {
    problems: [
      ...failed,
      ...withErrors(workers, errors, modules, context),
      ...open,
      ...idleFiles(idle, context),
      ...notRun.problems(),
    ],
    tests,
    files,
  }
}

/** Errors of a file and of its suites: it cannot be loaded, or a hook of it threw. */
function brokenHooks(module: TestModule, resultsOf: ResultsOf): Problem[] {
  const root = moduleRoot(module)
  const all = [...module.children.allTests()]
  // What a test that skipped itself failed by fails its file.
  const results = [module, ...all.filter((test) => test.result().state === 'skipped')].flatMap(resultsOf)
  const loads = module.children.size > 0
  const tested = all.flatMap(resultsOf)
  const undecided = undecidedBy((module.meta() as Meta).assay, results, tested)
  return [module, ...module.children.allSuites()].flatMap((owner: TestModule | TestSuite) => {
    const kept = [...owner.children.allTests()].filter(
      (test) => test.result().state === 'skipped' && test.options.mode === 'run',
    )
    return owner
      .errors()
      .filter((error) => !toldBy(error, results))
      .map(
        (error, i): Problem => ({
          kind: loads ? 'hook' : 'file',
          text: errorText(error, root),
          blocking: true,
          ...place(error, module.moduleId, root),
          ...(i === 0 ? counted(kept) : {}),
          ...(owner.type === 'suite' ? { test: owner.fullName } : {}),
          ...(i === 0 && owner === module && undecided.length > 0 ? { undecided } : {}),
        }),
      )
  })
}

/** What a failed test says that no check of it has said, and what it left undecided. */
function brokenTest(test: TestCase, results: readonly CheckResult[]): Problem[] {
  const root = moduleRoot(test.module)
  const undecided = undecidedBy((test.meta() as Meta).assay, results)
  const left = undecided.length > 0 ? { undecided } : {}
  const errors = (test.result().errors ?? []).filter((error) => !toldBy(error, results))
  const file = test.module.moduleId
  const problems = errors.map(
    (error, i): Problem => ({
      kind: 'test',
      text: errorText(error, root),
      blocking: true,
      test: test.fullName,
      ...place(error, file, root),
      ...(i === 0 ? left : {}),
    }),
  )
  if (problems.length > 0) return problems
  const blocked = results.some(({ blocking }) => blocking)
  if (blocked && undecided.length === 0) return []
  const text = blocked ? 'its test failed before it was judged' : 'the test failed without an error'
  return [
    {
      kind: blocked ? 'unjudged' : 'test',
      text,
      blocking: true,
      test: test.fullName,
      file: moduleFile(test.module),
      ...left,
    },
  ]
}

/** Assertions of a passing test whose errors were caught: nothing was judged. */
function unjudged(test: TestCase): Problem[] {
  const begun = begunOf((test.meta() as Meta).assay)
  if (begun.length === 0) return []
  const matchers = [...new Set(begun.map(({ matcher }) => matcher))].join(', ')
  return [
    {
      kind: 'unjudged',
      text: `${matchers} began and has no verdict, and the test passed`,
      blocking: false,
      test: test.fullName,
      file: moduleFile(test.module),
      undecided: distinct(begun),
    },
  ]
}

/** Whether a failed hook around a skipped test kept it from running: one that has results skipped itself. */
function cutOff(test: TestCase): boolean {
  if (test.options.mode !== 'run' || (test.meta() as Meta).assay?.results?.length) return false
  let owner: TestCase['parent'] | undefined = test.parent
  while (owner) {
    if (owner.errors().length > 0) return true
    owner = owner.type === 'suite' ? owner.parent : undefined
  }
  return false
}

function stopped(
  module: TestModule,
  pending: readonly TestCase[],
  resultsOf: ResultsOf,
  { turned }: NotRunContext,
): Problem {
  // What a worker tells vitest of a test it begins may be lost with it; what the test turned to is noted at once.
  const known = pending.filter((test) => test.diagnostic() !== undefined || turned.has(test.id))
  const running = known.length === 0 && pending.length === 1 ? pending : known
  const undecided = distinct(
    [module, ...pending].flatMap((entity) => [
      ...undecidedBy((entity.meta() as Meta).assay, resultsOf(entity)),
      ...(turned.get(entity.id) ?? []),
    ]),
  )
  return {
    kind: 'worker',
    text:
      pending.length > 0
        ? 'the worker stopped before its tests had ended'
        : 'the worker stopped before its tests were known',
    blocking: true,
    file: moduleFile(module),
    ...(running.length === 1 && running[0] ? { test: running[0].fullName } : {}),
    ...counted(pending),
    ...(undecided.length > 0 ? { undecided } : {}),
  }
}

/** How many tests there are, and what the first are called; nothing of none. */
const counted = (tests: readonly TestCase[]): Pick<Problem, 'tests' | 'names'> =>
  tests.length === 0 ? {} : { tests: tests.length, names: tests.slice(0, SHOWN_NAMES).map(({ fullName }) => fullName) }

/** Puts errors that nobody caught beside the workers that stopped; an error of the pool is told with its one worker. */
function withErrors(
  workers: readonly Problem[],
  errors: readonly unknown[],
  modules: readonly TestModule[],
  context: NotRunContext,
): Problem[] {
  const { vitest } = context
  const blocking = !vitest.config.dangerouslyIgnoreUnhandledErrors
  const pool = errors.filter(isPoolError)
  const rootOf = (file: string | undefined): string => {
    const module = modules.find(({ moduleId }) => moduleId === file)
    return module ? moduleRoot(module) : context.root
  }
  const joined = workers.length === 1 && pool.length === 1
  const stops = workers.map((worker) => ({
    ...worker,
    blocking,
    ...(joined ? { text: `${worker.text}: ${errorText(causeOf(pool[0] as ThrownError), context.root)}` } : {}),
  }))
  const rest = errors
    .filter((error) => !(joined && isPoolError(error)))
    .map((thrown): Problem => {
      const error = thrown as ThrownError & { VITEST_TEST_NAME?: string; VITEST_TEST_PATH?: string }
      const test = error?.VITEST_TEST_NAME
      const root = rootOf(error?.VITEST_TEST_PATH)
      return {
        kind: 'unhandled',
        text: isPoolError(error) ? errorText(causeOf(error), root) : errorText(error, root),
        blocking,
        ...(test ? { test } : {}),
        ...place(error ?? {}, error?.VITEST_TEST_PATH, root),
      }
    })
  return [...stops, ...rest]
}

const isPoolError = (error: unknown): boolean =>
  (error as ThrownError | undefined)?.message?.startsWith('[vitest-pool]') === true
const causeOf = (error: ThrownError): ThrownError => (error.cause as ThrownError | undefined) ?? error

function idleFiles(modules: readonly TestModule[], context: NotRunContext): Problem[] {
  if (modules.length === 0) return []
  const names = modules.map(moduleFile)
  return [
    {
      kind: 'left-out',
      text: `${countText(names.length, 'test file')} did not run: ${stopText(context)}`,
      blocking: false,
      ...(names.length === 1 ? { file: names[0] as string } : {}),
      names: names.slice(0, SHOWN_NAMES),
    },
  ]
}

/** Whether a check's own result says what an error says: the error's text is made of those results. */
function toldBy(error: ThrownError, results: readonly CheckResult[]): boolean {
  const blocking = results.filter((result) => result.blocking)
  const message = error.message ?? ''
  return (
    blocking.length > 0 &&
    (/^\d+ assertions failed/.test(message) || blocking.some(({ title }) => message.includes(visible(title))))
  )
}

function place(
  error: ThrownError,
  testFile: string | undefined,
  root: string,
): Pick<Problem, 'file' | 'line' | 'column'> {
  const found = errorPlace(error, testFile)
  return found ? { ...found, file: path.relative(root, found.file) } : {}
}
