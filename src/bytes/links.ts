import { lstatSync, readlinkSync, realpathSync } from 'node:fs'
import path from 'node:path'

/** What tells the links on the way to folders, by path: many files lie in one. */
export type LinkKeys = Map<string, string>

/** Links behind each other that are followed at most, as systems do. */
const MOST = 40
/** Links of processes and devices are made when they are looked at. */
const MADE_UP = /^\/(?:proc|dev)(?:\/|$)/

/**
 * What tells the symbolic links on the way to a whole path from what they were: one that led elsewhere for a while and leads
 * back is another one. Empty where there are none.
 */
export function linksTo(place: string, known: LinkKeys, followed = 0): string {
  const folder = path.dirname(place)
  if (folder === place || followed > MOST || MADE_UP.test(place)) return ''
  const onTheWay = known.get(folder) ?? linksTo(folder, known, followed)
  known.set(folder, onTheWay)
  const link = linkAt(place, folder)
  return link ? `${onTheWay} ${link.key}${linksTo(link.target, known, followed + 1)}` : onTheWay
}

function linkAt(place: string, folder: string): { readonly key: string; readonly target: string } | undefined {
  try {
    const stat = lstatSync(place, { bigint: true, throwIfNoEntry: false })
    if (!stat?.isSymbolicLink()) return undefined
    const { dev, ino, ctimeNs } = stat
    return { key: `${dev} ${ino} ${ctimeNs}`, target: path.resolve(realpathSync(folder), readlinkSync(place)) }
  } catch {
    return undefined
  }
}
