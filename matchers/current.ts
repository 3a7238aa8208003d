import { AsyncLocalStorage } from 'node:async_hooks'
import type { AssayMeta } from '../src/results/transport.ts'

/** The parts of a vitest task that Assay reads and writes. */
export interface Task {
  readonly id: string
  readonly name: string
  readonly fullTestName?: string
  readonly file: { readonly filepath: string; meta: { assay?: AssayMeta } }
  meta: { assay?: AssayMeta }
}

export interface CurrentTest {
  readonly task: Task
  readonly signal: AbortSignal | undefined
}

const key = Symbol.for('assay.currentTest')
const holder = globalThis as unknown as Record<symbol, AsyncLocalStorage<CurrentTest> | undefined>

/**
 * The test a piece of code runs in. vitest's own state names another test when `test.concurrent` uses the global
 * `expect`; async-local storage is exact, for every attempt of a retried test.
 */
export const currentTest: AsyncLocalStorage<CurrentTest> = (holder[key] ??= new AsyncLocalStorage())

/** Adds an entry to what the test, or its file, hands to the reporter. */
export function pushMeta(owner: { meta: { assay?: AssayMeta } }, kind: keyof AssayMeta, entry: string): void {
  const meta = owner.meta.assay ?? {}
  const entries = meta[kind] ?? []
  if (kind === 'files' && entries.includes(entry)) return
  owner.meta.assay = { ...meta, [kind]: [...entries, entry] }
}
