import { afterAll, afterEach, aroundEach, expect } from 'vitest'
import { onFileRead } from '../src/dataset/files.ts'
import { type CurrentTest, currentTest, pushMeta, type Task } from './current.ts'
import { matchers } from './index.ts'
import type { LazyMatcher } from './lazy.ts'
import { settle, track } from './track.ts'

interface State {
  readonly isNot: boolean
  readonly soft?: boolean
  readonly poll?: boolean
  readonly assertion?: object
  readonly task?: Task
}

function method(name: string, matcher: LazyMatcher<readonly unknown[]>) {
  return function assay(this: State, received: unknown, ...args: readonly unknown[]): Promise<never> {
    const { isNot, soft = false, poll = false, assertion: object } = this
    if (!object)
      throw new TypeError(
        `expect.${name}() reads data, so it is asynchronous and cannot be used inside another matcher; write: await expect(dataset).${name}(…)`,
      )
    const task = currentTest.getStore()?.task ?? this.task
    if (soft && task && this.task && task !== this.task) {
      throw new Error(
        'expect.soft in a concurrent test needs the expect of the test context: test.concurrent(name, async ({ expect }) => …)',
      )
    }
    const at = frames(assay)
    const outcome = import('./assertion.ts').then(({ assertion }) =>
      assertion({ name, received, args, isNot, at, task, polled: poll ? object : undefined }, matcher),
    )
    const label = `expect${soft ? '.soft' : ''}(…)${isNot ? '.not' : ''}.${name}(${args.length > 0 ? '…' : ''})`
    return track(outcome, { task, soft, label, at }) as Promise<never>
  }
}

/** The stack from the user's line on: `own` and everything above it is ours or vitest's. */
function frames(own: (...args: never) => unknown): string {
  const holder: { stack?: string } = {}
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 30
  Error.captureStackTrace(holder, own)
  Error.stackTraceLimit = limit
  return (holder.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !line.includes(import.meta.url.replace(/^file:\/\//, '')))
    .filter((line) => !/node_modules\/(@vitest|vitest|chai)\/|new Promise \(<anonymous>\)/.test(line))
    .join('\n')
}

const methods = Object.entries(matchers).map(([name, matcher]) => [
  name,
  method(name, matcher as unknown as LazyMatcher<readonly unknown[]>),
])
expect.extend(Object.fromEntries(methods) as Parameters<typeof expect.extend>[0])

// Files read outside a test, at the top of a file or in beforeAll, belong to the whole file.
const readOutside = new Set<string>()
onFileRead((file) => {
  const task = currentTest.getStore()?.task
  if (task) pushMeta(task, 'files', file)
  else readOutside.add(file)
})

aroundEach(async (run, { task, signal }) => {
  // A retried test starts anew: results of the failed attempt are not its results.
  const owner = task as unknown as Task
  const { files } = owner.meta.assay ?? {}
  if (owner.meta.assay) owner.meta.assay = files ? { files } : {}
  await currentTest.run({ task: owner, signal } satisfies CurrentTest, run)
})

afterEach(async ({ task }) => {
  const errors = await settle(task, process.env.ASSAY_UNAWAITED === 'error' ? 'error' : 'settle')
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} assertions failed`)
})

const PROFILE_TIMEOUT = 600_000

// vitest reads the names of the first parameter as fixtures to provide, so it must be an empty pattern.
afterAll(async ({}, suite) => {
  const file = ((suite as { file?: unknown }).file ?? suite) as Task['file']
  for (const path of readOutside) pushMeta(file, 'files', path)
  readOutside.clear()
  const { takeUsed } = await import('./used.ts')
  const used = takeUsed(file.filepath)
  if (used.length === 0 || process.env.ASSAY_REPORT === 'off') return
  const { describeDatasets } = await import('./describe.ts')
  await describeDatasets(used, (kind, entry) => pushMeta(file, kind, entry))
}, PROFILE_TIMEOUT)
