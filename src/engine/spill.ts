import { randomUUID } from 'node:crypto'
import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { isRunning } from '../isRunning.ts'
import { temporaryFolder } from './temporary.ts'

const folders = new Set<string>()

/**
 * Where an engine spills, one for each: two would write over each other's files. The engine makes the folder when it
 * spills and removes it when it is closed. In a run of vitest it lies in the folder of the main process, so that a worker
 * whose engine never spills makes none. Empty, which is nowhere, where nothing can be kept.
 */
export function spillFolder(): string {
  try {
    const folder = path.join(sharedFolder() ?? temporaryFolder(), `spill-${process.pid}-${randomUUID()}`)
    if (folders.size === 0) process.once('exit', () => folders.forEach(remove))
    folders.add(folder)
    return folder
  } catch {
    return ''
  }
}

/** Removes what processes that were killed have spilled into a folder. */
export function removeSpilled(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = /^spill-(\d+)-/.exec(name) ?? []
    if (pid !== undefined && !isRunning(Number(pid))) remove(path.join(folder, name))
  }
}

/** The folder of the main process of a vitest run; undefined elsewhere, and where it has none. */
function sharedFolder(): string | undefined {
  const { ASSAY_CLAIMS: claims } = process.env
  return claims ? path.dirname(claims) : undefined
}

const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true })
