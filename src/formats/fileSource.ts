import { existsSync } from 'node:fs'
import path from 'node:path'
import { throwIfStopped } from '../engine/stopping.ts'
import { letRead } from './lockedEngine.ts'
import { matchingFiles } from './matchingFiles.ts'
import type { DeclaredOption } from './option.ts'
import type { NamedFile } from '../bytes/unpacked.ts'
import type { OpenOptions, OpenedSource, SourceKind } from './source.ts'
import { sizeOf } from '../bytes/files.ts'
import { unpackedBytes } from '../bytes/unpackedBytes.ts'
import { fileStates } from '../bytes/fileState.ts'
import { portablePath } from '../bytes/address.ts'
import { checkNoPointer } from '../bytes/pointers.ts'

/** One file format. */
export interface FileFormat<O> {
  readonly name: string
  /** Endings without the leading dot, lower case, e.g. `csv`; `compressed` ones may carry `.gz` or `.zst` after them. */
  readonly endings: readonly string[]
  readonly compressed?: boolean
  /** The options of its own. */
  readonly options: DeclaredOption<O>
  /** Throws an AssayError for options that cannot be together. */
  check?(options: OpenOptions<O>): void
  /** Whether the options say that files are of this format, whatever their ending. */
  claims?(options: OpenOptions<O>): boolean
  /** Files beside a file that belong to it. */
  beside?(file: string): readonly string[]
  /** Opens one or more files of the format, in order, as one relation; each exists and is a file. */
  open(files: readonly NamedFile[], options: OpenOptions<O>, signal?: AbortSignal): Promise<OpenedSource>
}

/** A format of files as a source: files of the machine, and bytes from elsewhere that lie in temporary ones. */
export interface FileKind<O = object> extends SourceKind<O> {
  openFiles(files: readonly NamedFile[], options: OpenOptions<O>, signal?: AbortSignal): Promise<OpenedSource>
}

/** A file's ending without compression, lower case and without its dot: `csv` of `a/B.CSV.gz`. */
export function endingOf(file: string): string {
  return path.extname(bare(file)).slice(1).toLowerCase()
}

const bare = (file: string): string => file.replace(/\.(gz|zst)$/i, '')

/** A source of files of one format: a path, a glob, or a list of them. */
export function fileSource<O>({
  name,
  endings,
  compressed = false,
  options: taken,
  check,
  claims,
  beside,
  open,
}: FileFormat<O>): FileKind<O> {
  const fits = (file: string): boolean => endings.includes(endingOf(file)) && (compressed || bare(file) === file)
  return {
    name,
    options: taken,
    ...(check ? { check } : {}),
    reads: `${endings.map((ending) => `.${ending}`).join(' ')} files`,
    accepts: (source, options) => {
      const named = patternsOf(source)
      if (named === undefined) return false
      const { format } = options
      if (format !== undefined) return format === name || endings.includes(format)
      return claims?.(options) || named.every(fits)
    },
    label: (source) => (patternsOf(source) ?? []).map(portablePath).join(', '),
    identity: { exact: (source) => (patternsOf(source) ?? []).map(portablePath) },
    files: expand,
    patterns: (source) => (patternsOf(source) ?? []).filter(isGlob),
    async snapshot(source) {
      const files = await expand(source)
      const states = await fileStates(files.flatMap((file) => [file, ...(beside?.(file) ?? [])]))
      const globs = (patternsOf(source) ?? []).some(isGlob)
      const asNow = async (): Promise<boolean> => String(await expand(source)) === String(files)
      return {
        intact: () => states.same(),
        state: () => states.state(),
        same: () => states.same() && (!globs || asNow()),
      }
    },
    async open(source, options, signal) {
      const files = await expand(source)
      for (const file of files) {
        throwIfStopped(signal)
        await checkNoPointer(file, await sizeOf(file))
      }
      return open(
        files.map((file) => ({ file, path: file })),
        options,
        signal,
      )
    },
    async openFiles(files, options, signal) {
      const opened = await open(files, options, signal)
      return {
        ...opened,
        bytes: () => unpackedBytes(files.map(({ path: place }) => place)),
        relation: (engine, asked) => {
          for (const { path: place } of files) letRead(engine, place)
          return opened.relation(engine, asked)
        },
      }
    },
  }
}

function patternsOf(source: unknown): readonly string[] | undefined {
  if (typeof source === 'string') return [source]
  const list = Array.isArray(source) && source.length > 0 && source.every((one) => typeof one === 'string')
  return list ? (source as string[]) : undefined
}

/** The files that paths and globs name, sorted within each glob. A path that exists stands for itself, brackets and all. */
async function expand(source: unknown): Promise<readonly string[]> {
  const files: string[] = []
  for (const pattern of patternsOf(source) ?? []) {
    const matching = isGlob(pattern) ? await matchingFiles(pattern) : []
    // A glob that matches nothing is looked up as a path, whose error names the folder and what is near.
    files.push(...(matching.length > 0 ? matching : [pattern]))
  }
  return [...new Set(files)]
}

const isGlob = (pattern: string): boolean => /[*?[{]/.test(pattern) && !existsSync(pattern)
