import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

/** Writes a file into a folder of its own, removed after the test file. */
export async function temporaryFile(name: string, content: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const file = path.join(folder, name)
  await writeFile(file, content)
  return file
}
