import { createHook, type HookCallbacks } from 'node:async_hooks'
import { elapsed } from '../src/realTimers.ts'
import { holderOf, type Scope, scopeOfStart } from './current.ts'

/** Something that a test started and that has not ended: code may follow it. */
export interface Leftover {
  /** When it ends, on the clock of `elapsed`; 0 where that is not known, as with files. */
  readonly due: number
  readonly ms: number | undefined
  /** Its code mentions `expect`. */
  readonly asserts: boolean
}

interface Resource {
  /** Of timers and immediates: they have been cleared, or were called. */
  readonly _destroyed?: boolean
  readonly _idleTimeout?: number
  readonly _repeat?: unknown
  readonly _onTimeout?: unknown
  readonly ondone?: unknown
  hasRef?(): boolean
}

interface Started {
  readonly scope: Scope
  readonly type: string
  readonly resource: Resource
  readonly at: number
}

/** What ends by itself, with one call back. Sockets, servers, watchers and workers may stay open for ever. */
const once = new Set([
  'Timeout',
  'Immediate',
  'FSREQCALLBACK',
  'FSREQPROMISE',
  'GETADDRINFOREQWRAP',
  'GETNAMEINFOREQWRAP',
  'QUERYWRAP',
  'TCPCONNECTWRAP',
  'PIPECONNECTWRAP',
  'RANDOMBYTESREQUEST',
  'PBKDF2REQUEST',
  'SCRYPTREQUEST',
])
/** What ends by itself after several. */
const several = new Set(['HTTPCLIENTREQUEST', 'PROCESSWRAP'])
/** Jobs that also run at once, and then are over without a word. */
const maybeSync = new Set(['RANDOMBYTESREQUEST', 'PBKDF2REQUEST', 'SCRYPTREQUEST'])

interface Followed {
  readonly started: Map<number, Started>
  following: boolean
}

const key = Symbol.for('assay.leftovers')
const holder = process as unknown as Record<symbol, Followed | undefined>
const followed: Followed = (holder[key] ??= { started: new Map(), following: false })

/** Whether anything of this process uses Assay, so that tests are followed. */
export const followsLeftovers = (): boolean => followed.following

/** Entries after which those of cleared timers are looked for. */
const MANY = 1000

/** Follows what tests start, from now on. */
export function followLeftovers(): void {
  if (followed.following) return
  followed.following = true
  const { started } = followed
  // Told of the end of all, Node follows each promise until it is collected: a third of the cost of a small test file.
  const ends = createHook({ destroy: (id) => void started.delete(id) })
  let many = MANY
  const hooks: HookCallbacks = {
    init(id, type, _trigger, resource) {
      // Of a hundred things that begin, ninety-nine are promises.
      if (type === 'PROMISE') return
      if (!once.has(type) && !several.has(type)) return
      const scope = scopeOfStart()
      if (!scope || scope.inside) return
      if (several.has(type)) ends.enable()
      if (started.size >= many) {
        forgetCleared()
        many = MANY + 2 * started.size
      }
      started.set(id, { scope, type, resource: resource as Resource, at: type === 'Timeout' ? elapsed() : 0 })
    },
    after(id) {
      if (started.size === 0) return
      const one = started.get(id)
      if (one && !several.has(one.type) && typeof one.resource._repeat !== 'number') started.delete(id)
    },
  }
  // What no type of Node 20 knows yet: promises are no leftovers.
  createHook({ ...hooks, trackPromises: false } as HookCallbacks).enable()
}

/** Timers that are cleared say so themselves. */
function forgetCleared(): void {
  for (const [id, { resource }] of followed.started) if (resource._destroyed === true) followed.started.delete(id)
}

/** What a test, or a file, left running; for a file also what its tests started after they had ended. */
export function leftoversOf(scope: Scope): Leftover[] {
  forgetCleared()
  const all = [...followed.started.values()]
  return all.filter((one) => isOf(one, scope)).map(leftover)
}

function isOf({ scope, resource, type }: Started, wanted: Scope): boolean {
  if (maybeSync.has(type) && typeof resource.ondone !== 'function') return false
  // By the list of what was begun: what stands for a file while it is collected is another object.
  if (holderOf(scope)?.begun !== wanted.begun) return false
  // An interval never ends, and a timer without a claim on the process is not for us to wait for.
  return resource.hasRef?.() !== false && !/\bcall\.(bind|apply)\(this/.test(String(resource._onTimeout))
}

function leftover({ resource, at }: Started): Leftover {
  const { _idleTimeout: ms, _repeat, _onTimeout } = resource
  const repeats = typeof _repeat === 'number'
  return {
    due: ms === undefined ? 0 : repeats ? Infinity : at + ms,
    ms,
    asserts: /\bexpect\b/.test(typeof _onTimeout === 'function' ? String(_onTimeout) : ''),
  }
}
