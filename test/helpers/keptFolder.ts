import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'
import { newSeal } from '../../src/engine/sealedFile.ts'

/** In each test what the processes of a run keep for each other lies in a folder of its own: how to find it. */
export function keptFolder(): () => string {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'assay-kept-'))
    vi.stubEnv('ASSAY_KEPT', folder)
    vi.stubEnv('ASSAY_SEAL', newSeal())
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })
  return () => folder
}
