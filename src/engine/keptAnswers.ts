import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Bindable, Guard, Replacement } from '../sql/sql.ts'
import type { Value } from './engine.ts'
import { keptValue } from './keptValue.ts'

type Rows = readonly (readonly Value[])[]

/** Functions whose answer is another one each time. */
const VOLATILE =
  /\b(random|setseed|uuid\w*|gen_random_uuid|now|today|ago|current_\w+|get_current_\w+|localtime\w*|transaction_timestamp|txid_current|nextval|currval|in_search_path|pg_\w+|write_log|sleep_ms)\b|\b(age|error|stats|user)\W*\(/i

/** Whether a query may say something else of the same data the next time. */
export const isVolatile = (text: string): boolean => VOLATILE.test(text)

/** Whether its text tells all that a query depends on but the state of what it reads: no table of this engine is in it. */
export const isTelling = (text: string): boolean => !/\bassay_/.test(text) && !isVolatile(text)

const states = new WeakMap<Guard, () => string | undefined>()

/** Says how to tell the state of what a guard watches: the same text for the same content, in any process of this machine. */
export function stateOf(guard: Guard, state: () => string | undefined): Guard {
  states.set(guard, state)
  return guard
}

/** What temporary files of this process hold, by path: another process has the same under another name. */
const contents = new Map<string, string>()

/** Says what a temporary file holds, as a text that is the same for the same bytes in any process; undefined once it is gone. */
export function fileHolds(file: string, content: string | undefined): void {
  if (content === undefined) contents.delete(file)
  else contents.set(file, content)
}

/** A value as any process has it: of a temporary file what it holds, and not where. */
export const everywhere = (value: Bindable): string => contents.get(String(value)) ?? String(value)

/** A query as its answer is kept by, whatever stands in for parts of it when it runs. */
export interface KeptQuery {
  readonly text: string
  readonly params?: readonly Bindable[] | undefined
  readonly guards: ReadonlySet<Guard>
  readonly standIns?: ReadonlySet<Replacement>
}

/**
 * The answer to a query that is watched by guards, kept for all workers of a vitest run and, in watch mode, for its next
 * ones: by the text of the query and the state of all it reads. What took no time is not kept, nor is what is read from a
 * table of this engine, a file that changes at this moment, or a function that answers anew each time.
 */
export async function keptAnswer(
  { text, params, guards, standIns }: KeptQuery,
  version: string,
  ask: () => Promise<Rows>,
): Promise<Rows> {
  const { ASSAY_KEPT: folder } = process.env
  if (folder === undefined) return ask()
  const before = statesOf(guards)
  if (before === undefined || !isTelling(text)) return ask()
  const about = [version, before, text, params?.map(everywhere)]
  // What must be made first takes its time again.
  const always = (standIns?.size ?? 0) > 0
  return keptValue({ folder, about, always, same: () => statesOf(guards) === before }, ask)
}

/** Answers that are kept at most. */
const MOST = 5000

/** Removes the oldest answers where there are too many. */
export async function keepFew(folder: string, most = MOST): Promise<void> {
  const names = await readdir(folder).catch((): string[] => [])
  if (names.length <= most) return
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name)
      return { file, time: (await stat(file).catch(() => undefined))?.mtimeMs ?? 0 }
    }),
  )
  const oldest = files.sort((a, b) => a.time - b.time).slice(0, files.length - most)
  await Promise.all(oldest.map(({ file }) => rm(file, { force: true })))
}

/** What tells the state of all that guards watch; undefined while nothing does, and where they watch nothing. */
export function statesOf(guards: ReadonlySet<Guard>): string | undefined {
  const found = [...guards].map((guard) => states.get(guard)?.())
  return found.length === 0 || found.includes(undefined) ? undefined : found.join('\n')
}
