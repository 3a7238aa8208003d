import { AsyncLocalStorage } from 'node:async_hooks'
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AssayMeta } from '../src/results/transport.ts'
import type { Limit } from './track.ts'

/** The parts of a vitest task, a test or a test file, that Assay reads and writes. */
export interface Task {
  readonly id: string
  readonly name: string
  readonly fullTestName?: string
  readonly timeout?: number
  readonly result?: { readonly retryCount?: number } | undefined
  readonly file: Task & { readonly filepath: string }
  meta: { assay?: AssayMeta }
}

export interface CurrentTest {
  readonly task: Task
  readonly signal: AbortSignal
  readonly limit: Limit
}

const key = Symbol.for('assay.currentTest')
const holder = globalThis as unknown as Record<symbol, AsyncLocalStorage<CurrentTest> | undefined>

/**
 * The test a piece of code runs in; in hooks of a whole file, the file. vitest's own state names another test when
 * `test.concurrent` uses the global `expect`; async-local storage is exact, for every attempt of a retried test.
 */
export const currentTest: AsyncLocalStorage<CurrentTest> = (holder[key] ??= new AsyncLocalStorage())

const ended = new WeakSet<Task>()

/** Says that the task runs, maybe once more. */
export function begin(task: Task): void {
  ended.delete(task)
}

/** Says that nothing waits for assertions of the task any more. */
export function end(task: Task): void {
  ended.add(task)
}

/** Whose assertion this is: the test's, or its file's once the test has ended. Undefined when no one is left to hold it. */
export function owner(task: Task | undefined): Task | undefined {
  if (!task || !ended.has(task)) return task
  return ended.has(task.file) ? undefined : task.file
}

/** Adds an entry to what the test, or its file, hands to the reporter. */
export function pushMeta(task: Pick<Task, 'id' | 'meta'>, kind: keyof AssayMeta, entry: string): void {
  const meta = task.meta.assay ?? {}
  const entries = meta[kind] ?? []
  if (kind !== 'results' && entries.includes(entry)) return
  task.meta.assay = { ...meta, [kind]: [...entries, entry] }
  if (kind === 'begun' || kind === 'opened') writeDown(task.id, entry)
}

/** Notes what a test turned to in a file, since a worker that is killed hands nothing over. */
function writeDown(test: string, entry: string): void {
  const { ASSAY_JOURNAL } = process.env
  if (ASSAY_JOURNAL === undefined) return
  try {
    mkdirSync(ASSAY_JOURNAL, { recursive: true })
    appendFileSync(join(ASSAY_JOURNAL, String(process.pid)), `${JSON.stringify({ test, entry })}\n`)
  } catch {
    // A full disk is no reason to fail a test; only the report of a killed worker says less.
  }
}
