import { currentScope, holderOf, insideOf, scopeOf, type Task } from './current.ts'
import { type LazyMatcher, loadedOnce } from './index.ts'
import { track } from './track.ts'

/** What vitest gives a matcher as `this`. */
interface State {
  readonly isNot: boolean
  readonly soft?: boolean
  readonly poll?: boolean
  readonly assertion?: object
  readonly task?: Task
  readonly snapshotState?: unknown
}

/** What judges loads with the first assertion. */
const judges = loadedOnce(() => import('./assertion.ts'))

/** A matcher as the function that `expect.extend` takes. */
export function method(name: string, matcher: LazyMatcher<readonly unknown[]>) {
  return function assay(this: State, received: unknown, ...args: readonly unknown[]): Promise<never> {
    const { isNot, soft = false, poll = false, assertion: object, snapshotState } = this
    if (!object)
      throw new TypeError(
        `expect.${name}() reads data, so it is asynchronous and cannot be used inside another matcher; write: await expect(dataset).${name}(…)`,
      )
    const asking = currentScope.getStore() ?? scopeOf(this.task)
    const scope = asking?.task && holderOf(asking)
    if (!asking || !scope) {
      const when = asking?.task ? `after its test file had ended` : 'outside of a test'
      throw new Error(
        `expect(…).${name}(…) was called ${when}, where its verdict counts for nothing: put it into a test`,
      )
    }
    if (soft && this.task && asking.task !== this.task) {
      throw new Error(
        'expect.soft in a concurrent test needs the expect of the test context: test.concurrent(name, async ({ expect }) => …)',
      )
    }
    const at = frames(assay)
    const call = {
      name,
      received,
      args,
      isNot,
      at,
      scope,
      asking: asking.task,
      polled: poll ? object : undefined,
      snapshotState,
    }
    const outcome = insideOf(scope, () => judges().then(({ assertion }) => assertion(call, matcher)))
    const label = `expect${soft ? '.soft' : ''}(…)${isNot ? '.not' : ''}.${name}(${args.length > 0 ? '…' : ''})`
    const softTold = soft && scope.task === asking.task
    return track(outcome, { scope, soft, softTold, polled: poll, label, at }) as Promise<never>
  }
}

/** Frames of these files are ours, whoever called. */
const ownFolder = new URL('.', import.meta.url).href.replace(/^file:\/\//, '')

/** The stack from the user's line on: `own` and everything above it is ours or vitest's. */
function frames(own: (...args: never) => unknown): string {
  const holder: { stack?: string } = {}
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 30
  Error.captureStackTrace(holder, own)
  Error.stackTraceLimit = limit
  return (holder.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !line.includes(ownFolder))
    .filter((line) => !/node_modules\/(@vitest|vitest|chai)\/|new Promise \(<anonymous>\)/.test(line))
    .join('\n')
}
