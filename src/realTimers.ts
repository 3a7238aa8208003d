import * as timers from 'node:timers'
import { runInNewContext } from 'node:vm'

/**
 * The timers and clocks of the machine. A test may put fakes in their place at any time, also before a module of ours
 * that loads late; what judges data and models must go on all the same, so no other file uses the globals.
 */
export interface RealTimers {
  readonly setTimeout: typeof globalThis.setTimeout
  readonly clearTimeout: typeof globalThis.clearTimeout
  readonly setInterval: typeof globalThis.setInterval
  readonly clearInterval: typeof globalThis.clearInterval
  readonly setImmediate: typeof globalThis.setImmediate
  readonly queueMicrotask: typeof globalThis.queueMicrotask
  readonly nextTick: typeof process.nextTick
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number
  /** Milliseconds since 1970. */
  readonly now: () => number
}

// Fakes may still be in place when another test file, or another copy of the package, loads this module.
const key = Symbol.for('assay.realTimers')
const holder = process as unknown as Record<symbol, RealTimers | undefined>

function captured(): RealTimers {
  // Fake timers carry their clock.
  const faked = 'clock' in globalThis.setTimeout
  const { performance } = globalThis
  const elapsed = performance.now.bind(performance)
  // A test may have put another Date in place without timers: then that of a realm of its own, which takes time to make.
  let clock = isNative(Date.now) ? Date.now : undefined
  const now = () => (clock ??= runInNewContext('Date.now') as () => number)()
  return {
    setTimeout: faked ? timers.setTimeout : globalThis.setTimeout,
    clearTimeout: faked ? timers.clearTimeout : globalThis.clearTimeout,
    setInterval: faked ? timers.setInterval : globalThis.setInterval,
    clearInterval: faked ? timers.clearInterval : globalThis.clearInterval,
    setImmediate: faked ? timers.setImmediate : globalThis.setImmediate,
    queueMicrotask: globalThis.queueMicrotask,
    nextTick: process.nextTick,
    elapsed: faked ? () => Number(process.hrtime.bigint()) / 1e6 : elapsed,
    now,
  }
}

/** Whether a function is the machine's own; one that was bound has no name. */
const isNative = (own: () => number): boolean =>
  Function.prototype.toString.call(own) === 'function now() { [native code] }'

const real: RealTimers = (holder[key] ??= captured())

export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, elapsed, now } = real

let under = 0
let putBack: (() => void)[] = []

/**
 * Runs work during which what comes next comes by itself: Node's own streams ask `process.nextTick`, and packages that
 * read files `setImmediate`, by their global names. Timers and clocks stay as the test has them.
 */
export async function withRealTicks<T>(work: () => Promise<T>): Promise<T> {
  if (under++ === 0) {
    putBack = [
      ...lend(globalThis, 'setImmediate', real.setImmediate),
      ...lend(globalThis, 'queueMicrotask', real.queueMicrotask),
      ...lend(process, 'nextTick', real.nextTick),
    ]
  }
  try {
    return await work()
  } finally {
    if (--under === 0) for (const back of putBack) back()
  }
}

/** Puts the real function in the place of a fake one; returns how to undo that, unless the test has done so meanwhile. */
function lend<K extends string>(
  owner: Record<K, unknown>,
  name: K,
  own: (...args: never[]) => unknown,
): (() => void)[] {
  const fake = owner[name]
  if (fake === own) return []
  const lent = (...args: never[]): unknown => own(...args)
  owner[name] = lent
  return [
    () => {
      if (owner[name] === lent) owner[name] = fake
    },
  ]
}
