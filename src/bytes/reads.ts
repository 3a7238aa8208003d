import { statSync } from 'node:fs'
import path from 'node:path'

/** What a dataset is called, and where its rows come from. */
interface NamedSource {
  readonly name: string
  readonly source: string
}

/** A dataset that is about to be used. */
export interface ReadDataset extends NamedSource {
  files(): Promise<readonly string[]>
  /** Says that columns are personal, for everybody who reads the same data. */
  tag(columns: readonly string[]): void
}

/** Hears which files and globs the code reads. */
export interface ReadListener {
  /** The absolute path of a file. */
  file(path: string): void
  /** An absolute glob (`*`, `**`, `?`, `[abc]`, `{a,b}`), or a folder when it ends in a slash: files that match it later count too. */
  pattern(glob: string): void
  /** A dataset whose rows are about to be used; they wait for what is promised. */
  dataset?(dataset: ReadDataset): Promise<void> | undefined
  /** Whether the code awaits more than one answer, one after another, as far as that can be told. */
  awaits?(): Promise<boolean>
}

const key = Symbol.for('assay.readListeners')

function listeners(): Set<ReadListener> {
  const holder = globalThis as unknown as Record<symbol, Set<ReadListener> | undefined>
  holder[key] ??= new Set()
  return holder[key]
}

/** Tells the listener of every file and glob that is read from now on; returns how to stop. */
export function onRead(listener: ReadListener): () => void {
  listeners().add(listener)
  return () => listeners().delete(listener)
}

/** Tells the listeners that a file is about to be read, or was just written. */
export function fileRead(file: string): void {
  for (const listener of listeners()) listener.file(path.resolve(file))
}

/** Tells the listeners that the rows of a dataset are about to be used, and resolves when they may be. */
export async function datasetRead(dataset: ReadDataset): Promise<void> {
  const waits = [...listeners()].flatMap((listener) => listener.dataset?.(dataset) ?? [])
  if (waits.length > 0) await Promise.all(waits)
}

/** Whether answers are awaited one after another, as far as a listener can tell: what is read for one serves the next. */
export async function areAwaited(): Promise<boolean> {
  for (const listener of listeners()) if (await listener.awaits?.()) return true
  return false
}

/** Tells the listeners that all files of a glob or, with a slash at its end, of a folder are about to be read. */
export function patternRead(glob: string): void {
  const absolute = path.resolve(glob) + (/[/\\]$/.test(glob) ? '/' : '')
  for (const listener of listeners()) listener.pattern(absolute)
}

/** Windows moves the time of a file's entry for reasons of its own. */
const usesEntry = process.platform !== 'win32'

/**
 * When a file last changed, in ms; 0 for one that is not there. Where the system keeps one it is a time that nobody can
 * set: a file that is replaced by one of the same age has changed.
 */
export function changeTime(file: string): number {
  try {
    const { ctimeMs, mtimeMs } = statSync(file)
    return usesEntry ? ctimeMs : mtimeMs
  } catch {
    return 0
  }
}
