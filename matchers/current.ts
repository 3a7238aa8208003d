import { AsyncLocalStorage } from 'node:async_hooks'
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Dataset } from '../src/dataset/dataset.ts'
import { runStamp } from '../src/results/runStamp.ts'
import type { AssayMeta } from '../src/results/transport.ts'
import type { Begun } from './startedAssertion.ts'

/** The parts of a vitest task, a test or a test file, that Assay reads and writes. */
export interface Task {
  readonly id: string
  readonly name: string
  readonly fullTestName?: string
  readonly timeout?: number
  readonly result?: TaskResult | undefined
  readonly file: Task & { readonly filepath: string }
  meta: { assay?: AssayMeta }
}

interface TaskResult {
  readonly state?: string
  /** The test skipped itself: vitest drops what else it came to. */
  readonly pending?: boolean
  readonly retryCount?: number
  readonly repeatCount?: number
  readonly errors?: readonly { readonly message?: string; readonly stack?: string }[]
}

/** One attempt of a test, or the run of a test file outside of its tests: what assertions belong to. */
export interface Scope {
  readonly task: Task
  /** The scope of the test's file; undefined for the file itself. */
  readonly file: Scope | undefined
  /** Aborts when the test is stopped. */
  readonly signal: AbortSignal
  /** Milliseconds that assertions nobody waited for may take; undefined: as long as it takes. */
  readonly limit: number | undefined
  stop(reason: Error): void
  readonly begun: Begun[]
  /** Errors of assertions whose test had ended when it turned out that nobody handles them. */
  readonly stray: unknown[]
  /** What the test was told to fail by before its attempt was over. */
  readonly thrown: unknown[]
  readonly datasets: Set<Dataset>
  /** How many errors earlier attempts left with the task. */
  readonly earlier: number
  /** The test is over; what it did not wait for is being waited for. */
  settling: boolean
  /** Nothing waits for assertions of the scope any more. */
  ended: boolean
  /** This is the inside of an assertion: what begins there is ours, not the test's. */
  readonly inside?: boolean
}

interface Current {
  readonly storage: AsyncLocalStorage<Scope>
  readonly scopes: WeakMap<Task, Scope>
  file: Scope | undefined
  /** Stands for the file while it is collected, and becomes its scope. */
  collected: Scope | undefined
}

const key = Symbol.for('assay.currentTest')
// Of the process: in vm pools every test file has a global object of its own.
const holder = process as unknown as Record<symbol, Current | undefined>
const current: Current = (holder[key] ??= {
  storage: new AsyncLocalStorage(),
  scopes: new WeakMap(),
  file: undefined,
  collected: undefined,
})

/**
 * The test a piece of code runs in; in hooks of a whole file, the file. vitest's own state names another test when
 * `test.concurrent` uses the global `expect`; async-local storage is exact, for every attempt of a retried test.
 */
export const currentScope: AsyncLocalStorage<Scope> = current.storage

/** Begins the scope of a test's attempt or of a file. */
export function openScope(task: Task, options: Pick<Scope, 'signal' | 'limit' | 'stop'>): Scope {
  const file = task === task.file ? undefined : current.file
  const scope: Scope = {
    task,
    file,
    ...options,
    begun: [],
    stray: [],
    thrown: [],
    datasets: new Set(),
    earlier: task.result?.errors?.length ?? 0,
    settling: false,
    ended: false,
  }
  current.scopes.set(task, scope)
  if (!file) {
    current.file = scope
    if (current.collected) Object.setPrototypeOf(current.collected, scope)
    current.collected = undefined
  }
  return scope
}

type Inject = (key: string) => unknown

let inject: Inject = () => undefined

/** Takes over how vitest hands out what the main process provides: another copy of it would know of nothing. */
export function takeProvided(own: Inject): void {
  inject = own
}

/** What the main process provides to its workers; undefined where it does not. */
export const provided: Inject = (key) => inject(key)

/** A test file is about to be collected: the one before it holds nothing any more. */
export function collectFile(): void {
  current.file = undefined
  current.collected = Object.create({ ended: false }) as Scope
}

/**
 * The scope of the code that starts something. What starts while a file is collected, and all that follows it, is the
 * file's, wherever it goes on.
 */
export function scopeOfStart(): Scope | undefined {
  const scope = currentScope.getStore()
  if (!current.collected || (scope && holderOf(scope))) return scope
  currentScope.enterWith(current.collected)
  return current.collected
}

/** The scope in which code runs that async-local storage does not know: of the test that vitest names, else the file's. */
export function scopeOf(task: Task | undefined): Scope | undefined {
  return (task && current.scopes.get(task)) ?? current.file
}

/** Who holds an assertion of this scope: the scope, or its file's once it has ended. Undefined when no one is left. */
export function holderOf(scope: Scope): Scope | undefined {
  if (!scope.ended) return scope
  return scope.file && holderOf(scope.file)
}

/** Runs work of ours in the scope. */
export function insideOf<T>(scope: Scope, work: () => T): T {
  return currentScope.run(Object.create(scope, { inside: { value: true } }) as Scope, work)
}

/** Adds an entry to what the test, or its file, hands to the reporter. */
export function pushMeta(task: Pick<Task, 'id' | 'meta'>, kind: keyof AssayMeta, entry: string): void {
  const meta = task.meta.assay ?? {}
  const entries = meta[kind] ?? []
  if (kind !== 'results' && entries.includes(entry)) return
  task.meta.assay = { ...meta, run: [runStamp(process.env.ASSAY_VERSION ?? '')], [kind]: [...entries, entry] }
  if (kind === 'begun' || kind === 'opened') writeDown(task.id, entry)
}

/** Notes what a test turned to in a file, since a worker that is killed hands nothing over. */
function writeDown(test: string, entry: string): void {
  const { ASSAY_JOURNAL } = process.env
  if (ASSAY_JOURNAL === undefined) return
  const write = () => appendFileSync(join(ASSAY_JOURNAL, String(process.pid)), `${JSON.stringify({ test, entry })}\n`)
  try {
    write()
  } catch {
    try {
      mkdirSync(ASSAY_JOURNAL, { recursive: true })
      write()
    } catch {
      // A full disk is no reason to fail a test; only the report of a killed worker says less.
    }
  }
}
