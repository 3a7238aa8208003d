import { existsSync } from 'node:fs'
import path from 'node:path'
import { isSql } from '../sql/sql.ts'
import { isRemote, withoutSecrets } from '../bytes/address.ts'

/**
 * The file's name without its endings; of a list, the first file's; of a glob, the part that is the same for all. A table of
 * a file of several is called as it is called there.
 */
export function nameOf(source: unknown, table?: string): string {
  if (table !== undefined) return table
  const first = Array.isArray(source) ? (source as readonly unknown[])[0] : source
  if (isSql(first)) return 'query'
  if (typeof first !== 'string') return 'records'
  if (isRemote(first)) return nameOfFile(withoutSecrets(first))
  const glob = existsSync(first) ? -1 : first.search(/[*?[{]/)
  return glob < 0 ? nameOfFile(first) : nameOfGlob(first.slice(0, glob))
}

/** The name that all files of a glob begin with; where there is none, their folder's. */
function nameOfGlob(fixed: string): string {
  const inFolder = fixed === '' || /[\\/]$/.test(fixed)
  const begun = inFolder ? '' : path.basename(fixed).replace(/[-_.\s=]+$/, '')
  return begun || path.basename(path.resolve(inFolder ? fixed : path.dirname(fixed)))
}

const nameOfFile = (file: string): string => path.parse(path.basename(file).replace(/\.(gz|zst)$/i, '')).name
