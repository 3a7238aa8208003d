import type { Engine } from '../engine/engine.ts'
import { AssayError, hasCode } from '../errors.ts'
import path from 'node:path'
import { id, join, literal, sql } from '../sql/sql.ts'
import { literalPath } from '../bytes/files.ts'
import { isRemote } from '../bytes/address.ts'

const copies = new WeakMap<Engine, string[]>()

/** Lets an engine read a temporary copy of a file of its datasets, also once it is locked. */
export function letRead(engine: Engine, copy: string): void {
  const known = copies.get(engine)
  if (known) known.push(copy)
  else copies.set(engine, [copy])
}

/** From now on the engine reads these files, copies it was let read, and nothing else, writes nothing, loads nothing, and stays like that. */
export async function lock(engine: Engine, named: readonly string[] = []): Promise<void> {
  const files = [...named, ...(copies.get(engine) ?? [])]
  // A path with brackets is asked for as it is and as a glob that means just it.
  const paths = new Set(files.flatMap((file) => (isRemote(file) ? [file] : [path.resolve(file), literalPath(file)])))
  const allowed = join([...paths].map((file) => literal(file)))
  await engine.query(sql`set allowed_paths = [${allowed}]`)
  await engine.query(sql`set enable_external_access = false`)
  await engine.query(sql`set ${id('lock_configuration')} = true`)
}

/** What a locked engine refused, in our words; undefined for another error. */
export function refusal(error: unknown, subject: string): AssayError | undefined {
  if (!hasCode(error, 'query-failed')) return undefined
  // The engine's own error is not always kept; its first line is in ours.
  const words = error.cause instanceof Error ? `${error.cause.message}\n${error.message}` : error.message
  const file = /Permission Error: Cannot access (?:file|directory) "([^\n]*?)" - /.exec(words)?.[1]
  if (file !== undefined)
    return new AssayError('wrong-argument', `${subject} may not read ${JSON.stringify(file)}`, {
      hint: 'a query reads only the datasets that stand in it: dataset(sql`select … from ${orders}`)',
      cause: error,
    })
  const table = /Table with name (.*?) does not exist/.exec(words)?.[1]
  if (table !== undefined)
    return new AssayError('wrong-argument', `${subject} reads ${JSON.stringify(table)}, which is not there`, {
      hint: 'tables of a query are datasets: dataset(sql`select … from ${orders}`)',
      cause: error,
    })
  if (!/Permission Error|configuration has been locked|disabled through configuration/.test(words)) return undefined
  return new AssayError('wrong-argument', `${subject} may only read its datasets: ${words.split('\n', 1)[0]}`, {
    cause: error,
  })
}
