import * as timers from 'node:timers'

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
  const { performance, Date } = globalThis
  const elapsed = performance.now.bind(performance)
  const now = Date.now.bind(Date)
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

export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, nextTick, elapsed, now } = (holder[
  key
] ??= captured())
