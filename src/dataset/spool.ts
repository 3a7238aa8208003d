import { rmSync } from 'node:fs'
import { mkdtemp, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A temporary file that lives as long as the process. */
export interface Spool {
  readonly path: string
  write(bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

let folder: Promise<string> | undefined
let spools = 0

/** Starts a temporary file in a folder of this process, which is removed when the process exits or is stopped. */
export async function createSpool(ending: string): Promise<Spool> {
  folder ??= createFolder()
  const file = path.join(await folder, `${++spools}.${ending}`)
  const handle = await open(file, 'wx', 0o600)
  return {
    path: file,
    // A single write may take fewer bytes than it was given.
    write: (bytes) => handle.writeFile(bytes),
    close: () => handle.close(),
  }
}

async function createFolder(): Promise<string> {
  const created = await mkdtemp(path.join(tmpdir(), 'assay-spool-'))
  const remove = (): void => rmSync(created, { recursive: true, force: true })
  process.once('exit', remove)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const stopped = (): void => {
      remove()
      process.off(signal, stopped)
      // With nobody else to decide what the signal means, it means what it would have without us.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
    }
    process.on(signal, stopped)
  }
  return created
}
