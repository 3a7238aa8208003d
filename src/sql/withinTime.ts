import { readFileSync } from 'node:fs'
import vm from 'node:vm'
import { AssayError, stoppedError } from '../errors.ts'
import { elapsed, setImmediate } from '../realTimers.ts'

let realm: { readonly script: vm.Script; readonly context: { work: unknown } } | undefined

/** Milliseconds after which other work of the process gets its turn. */
const SLICE = 100
/** Clocks of processor time are coarse, and some of a thread's work is done by others. */
const NEARLY = 0.95

/**
 * Runs synchronous work on one value, and stops it when it has used `seconds` of processor time: a JavaScript pattern
 * that backtracks can take longer than anybody waits, and nothing else interrupts it. A busy machine takes nothing away.
 * Work that is stopped too early begins anew, so it must be such that it may. `what` says whose work it is. Throws
 * AssayError `wrong-argument` when the time is used up.
 */
export function withinTime<T>(what: string, work: () => T, seconds = 5): T {
  for (let wall = seconds * 1000; ; wall *= 2) {
    const before = processorTime()
    const done = ran(work, wall)
    if (done) return done.result
    if (processorTime() - before >= NEARLY * seconds * 1000) throw tooSlow(what, seconds)
  }
}

/**
 * Runs synchronous work on each of many values, with the limit of `withinTime` for each of them. The event loop gets its
 * turn in between, where `signal` can stop it.
 */
export async function eachWithinTime<V, R>(
  what: string,
  values: readonly V[],
  work: (value: V) => R,
  { seconds = 5, signal }: { readonly seconds?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<R[]> {
  const results: R[] = []
  const slice = (): void => {
    const until = elapsed() + SLICE
    do results.push(kept(work(values[results.length] as V)))
    while (results.length < values.length && elapsed() < until)
  }
  const wall = seconds * 1000 + SLICE
  while (results.length < values.length) {
    const before = processorTime()
    // Stopped after its last value, it has done its work.
    if (!ran(slice, wall) && results.length < values.length) {
      // The value at which it was stopped began before the slice was over.
      if (processorTime() - before >= NEARLY * wall) throw tooSlow(what, seconds)
      results.push(withinTime(what, () => kept(work(values[results.length] as V)), seconds))
    }
    if (results.length === values.length) break
    await new Promise<void>((resolve) => void setImmediate(resolve))
    if (signal?.aborted) throw stoppedError(signal)
  }
  return results
}

/** The work's result; undefined when it was stopped. */
function ran<T>(work: () => T, milliseconds: number): { readonly result: T } | undefined {
  realm ??= { script: new vm.Script('work()'), context: vm.createContext({ work: undefined }) as { work: unknown } }
  const { script, context } = realm
  const outer = context.work
  context.work = work
  try {
    return { result: script.runInContext(context, { timeout: Math.ceil(milliseconds) }) as T }
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw cause
    return undefined
  } finally {
    context.work = outer
  }
}

/** A promise that fails before it is waited for is no unhandled rejection. */
function kept<R>(result: R): R {
  if (result instanceof Promise) result.catch(() => {})
  return result
}

/** Milliseconds of processor time of this thread; of the whole process where the system does not tell. */
function processorTime(): number {
  const ofThread = (process as { threadCpuUsage?: () => NodeJS.CpuUsage }).threadCpuUsage
  if (ofThread) return milliseconds(ofThread.call(process))
  if (process.platform !== 'linux') return milliseconds(process.cpuUsage())
  try {
    // The name, in brackets, may hold spaces; then fields 3 and following, the times in hundredths of a second.
    const fields = readFileSync('/proc/thread-self/stat', 'latin1').split(') ').at(-1)?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return milliseconds(process.cpuUsage())
  }
}

const milliseconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000

function tooSlow(what: string, seconds: number): AssayError {
  return new AssayError('wrong-argument', `${what} took more than ${seconds} seconds of processor time on one value`, {
    hint: 'a pattern such as (a+)+$ backtracks without end on some texts: write it without a repetition inside a repetition',
  })
}
