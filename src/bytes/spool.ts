import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { fileHolds } from '../engine/keptAnswers.ts'
import { whenIdle } from '../engine/running.ts'
import { temporaryError, temporaryFolder } from '../engine/temporary.ts'

/** A temporary file. It goes when nobody holds this object any more, and at the latest with its thread or process. */
export interface Spool {
  readonly path: string
  write(bytes: Uint8Array): Promise<void>
}

const key = Symbol.for('assay.spools')
const holder = process as unknown as Record<symbol, Spools | undefined>

interface Spools {
  count: number
  readonly dropped: FinalizationRegistry<string>
}

// Of the process, not of this module: a context of vitest's vm pools that is dropped takes its registries with it.
const spools = (holder[key] ??= {
  count: 0,
  // A query that began while the object was held may still read the file.
  dropped: new FinalizationRegistry((file) =>
    whenIdle(() => {
      fileHolds(file, undefined)
      rmSync(file, { force: true })
    }),
  ),
})

/**
 * Fills a temporary file. `what` names in errors what is kept in it, e.g. `a copy of "orders.csv.gz"`. When `fill` throws
 * nothing is left behind; an AssayError says so when the folder for temporary files is missing, full or read-only.
 */
export async function spooled(ending: string, what: string, fill: (spool: Spool) => Promise<void>): Promise<Spool> {
  let file: string | undefined
  try {
    file = path.join(temporaryFolder(what), `${++spools.count}.${ending}`)
    const handle = await open(file, 'wx', 0o600)
    const failed = (cause: unknown): never => {
      throw temporaryError(cause, what)
    }
    // Workers and runs that keep answers know copies again by what they hold.
    const hash = process.env.ASSAY_KEPT === undefined ? undefined : createHash('sha256')
    const spool: Spool = {
      path: file,
      write: (bytes) => {
        hash?.update(bytes)
        // A single write may take fewer bytes than it was given.
        return handle.writeFile(bytes).catch(failed)
      },
    }
    await fill(spool).finally(() => handle.close().catch(failed))
    if (hash) fileHolds(file, `a copy ${hash.digest('hex')}`)
    spools.dropped.register(spool, file)
    return spool
  } catch (cause) {
    if (file !== undefined) rmSync(file, { force: true })
    throw temporaryError(cause, what)
  }
}
