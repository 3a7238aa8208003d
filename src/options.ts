import { AssayError, kindOf, nearestHint } from './errors.ts'

/**
 * The options that stand on the object itself, without what its prototype holds: a polluted prototype sets no option.
 * `what` is whose options they are, as it is written (`where()`). Undefined stands for none. Throws an AssayError for
 * what is no plain object, and for a name that is not known, with the nearest one that is.
 */
export function ownOptions<O extends object>(what: string, options: O | undefined, known: readonly string[]): O {
  const own: Record<string, unknown> = Object.create(null)
  if (options === undefined) return own as O
  if (!isPlainObject(options))
    throw new AssayError('wrong-argument', `${what} got ${kindOf(options)} as options`, {
      hint: known.length > 0 ? `give an object, with any of ${known.join(', ')}` : 'leave it out',
    })
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name)) throw unknownOption(what, name, known)
    own[name] = value
  }
  return own as O
}

function unknownOption(what: string, name: string, known: readonly string[]): AssayError {
  return new AssayError('wrong-argument', `${what} does not know the option ${JSON.stringify(name)}`, {
    hint: nearestHint(name, known, `it knows ${[...known].sort().join(', ')}`, String),
  })
}

/** Whether a value is an object as literals and JSON make them, of this realm or another. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value) as object | null
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf'))
}

/** Whether a value is an object of whatever class, and no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is one to wait for: a promise, of whatever library. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}

/** A copy that has its own members alone, whatever a prototype that others share holds. */
export function withOwnMembers<T extends object>(value: T): T {
  return Object.assign(Object.create(null), value) as T
}
