import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

const WAY = 'aes-256-gcm'
const KEY = 32
const NONCE = 12
const TAG = 16

/**
 * What the processes of a run know, and nothing on disk: what they keep for each other can be read by nobody else, also
 * where it is left behind, and what was changed, cut or taken from elsewhere is told from what they wrote.
 */
export const newSeal = (): string => randomBytes(KEY).toString('base64url')

/** A name for what is kept, which says nothing of what it is about; undefined in a process that keeps nothing. */
export function sealedName(about: string): string | undefined {
  const { ASSAY_SEAL: seal } = process.env
  return seal ? createHmac('sha256', seal).update(about).digest('hex') : undefined
}

/** What is kept in a folder under a name; undefined where nothing is, or nothing that this run wrote. */
export async function readSealed(folder: string, name: string): Promise<Buffer | undefined> {
  const file = path.join(folder, name)
  // Most often there is none, which a look tells in a hundredth of the time that an error takes.
  if (!existsSync(file)) return undefined
  try {
    const whole = await readFile(file)
    const bytes = createDecipheriv(WAY, key(), whole.subarray(0, NONCE), { authTagLength: TAG })
    bytes.setAAD(Buffer.from(name)).setAuthTag(whole.subarray(NONCE, NONCE + TAG))
    return Buffer.concat([bytes.update(whole.subarray(NONCE + TAG)), bytes.final()])
  } catch {
    return undefined
  }
}

/** Keeps it under its name once it is whole: workers read while others write. */
export async function writeSealed(folder: string, name: string, bytes: Buffer): Promise<void> {
  const nonce = randomBytes(NONCE)
  const sealed = createCipheriv(WAY, key(), nonce, { authTagLength: TAG }).setAAD(Buffer.from(name))
  const content = [sealed.update(bytes), sealed.final()]
  const file = path.join(folder, name)
  const part = `${file}.${process.pid}.${process.hrtime.bigint()}`
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    await writeFile(part, Buffer.concat([nonce, sealed.getAuthTag(), ...content]), { mode: 0o600 })
    await rename(part, file)
  } catch (cause) {
    // What was written before the disk was full would keep it full.
    await rm(part, { force: true }).catch(() => {})
    throw cause
  }
}

const key = (): Buffer => Buffer.from(process.env.ASSAY_SEAL ?? '', 'base64url')
