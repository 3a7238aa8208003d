import { currentSignal, stoppedForGood } from '../engine/running.ts'
import { hasCode } from '../errors.ts'
import { keptValue } from '../engine/keptValue.ts'
import { stateOfFiles } from './fileState.ts'

/** What was found out about files; `copies` are the temporary files it is read from. */
export interface Look {
  readonly copies: readonly object[]
}

/** What a look without temporary files is made of again in another process. */
interface Remaking<T, D> {
  parts(look: T): D
  of(parts: D): T
}

interface Known<T> {
  readonly state: string
  /** Dropped once others came, where it has temporary files: then it is there for as long as somebody holds it. */
  strong: Promise<T> | undefined
  weak: WeakRef<object> | undefined
}

/** How many looks with temporary files are kept although nobody may hold them any more. */
const KEPT = 8

/**
 * Looks at files once in a process, and where looks can be remade once for all workers of a vitest run, for as long as their
 * sizes and times stay and the same is asked of them.
 */
export class Looks<T extends Look> {
  private readonly known = new Map<string, Known<T>>()

  async at<D>(
    files: readonly string[],
    question: unknown,
    look: () => Promise<T>,
    remaking?: Remaking<T, D>,
  ): Promise<T> {
    const state = stateOfFiles(files)
    if (state === undefined) return look()
    const about = [files, process.cwd(), question]
    const key = JSON.stringify(about)
    const before = this.known.get(key)
    const held = before?.state === state ? (before.strong ?? (before.weak?.deref() as T | undefined)) : undefined
    const entry: Known<T> = {
      state,
      strong: Promise.resolve(held ?? (remaking ? shared({ files, state, about }, look, remaking) : look())),
      weak: held === undefined ? undefined : before?.weak,
    }
    // The latest stands last.
    this.known.delete(key)
    this.known.set(key, entry)
    try {
      const result = (await entry.strong) as T
      entry.weak = new WeakRef(result)
      if (result.copies.length > 0) this.letGo()
      return result
    } catch (error) {
      if (this.known.get(key) === entry) this.known.delete(key)
      // Whoever asked first was stopped, which is no answer for the others.
      if (held === undefined || !hasCode(error, 'aborted') || currentSignal()?.aborted || stoppedForGood(error))
        throw error
      return this.at(files, question, look, remaking)
    }
  }

  /** A look that is not done has no weak reference yet, and stays. */
  private letGo(): void {
    const copied = [...this.known.values()].filter(({ strong, weak }) => {
      const look = strong && (weak?.deref() as T | undefined)
      return look !== undefined && look.copies.length > 0
    })
    for (const entry of copied.slice(0, Math.max(0, copied.length - KEPT))) entry.strong = undefined
  }
}

interface Looked {
  readonly files: readonly string[]
  readonly state: string
  readonly about: unknown
}

/** A look that any worker of the run has had. */
async function shared<T extends Look, D>(
  { files, state, about }: Looked,
  look: () => Promise<T>,
  remaking: Remaking<T, D>,
): Promise<T> {
  let own: T | undefined
  const same = (): boolean => stateOfFiles(files) === state
  const keeping = { folder: process.env.ASSAY_KEPT, about: ['look', state, about], same }
  const parts = await keptValue(keeping, async () => {
    own = await look()
    return own.copies.length > 0 ? undefined : remaking.parts(own)
  })
  return own ?? (parts === undefined ? look() : remaking.of(parts))
}
