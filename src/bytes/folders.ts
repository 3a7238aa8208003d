import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'

/**
 * Makes a folder and those it lies in, where they are missing. Throws the system's error where one cannot be made, or is
 * something else: Node 20's own `recursive` never ends on a file system that answers "not there" to the making of a folder.
 */
export function makeFolder(folder: string): void {
  const isFolder = (place: string) => statSync(place, { throwIfNoEntry: false })?.isDirectory()
  const missing: string[] = []
  let place = path.resolve(folder)
  while (isFolder(place) === undefined && path.dirname(place) !== place) {
    missing.unshift(place)
    place = path.dirname(place)
  }
  for (const each of missing.length > 0 || isFolder(place) ? missing : [place])
    try {
      mkdirSync(each)
    } catch (cause) {
      // Another process may have made it meanwhile.
      if (!isFolder(each)) throw cause
    }
}
