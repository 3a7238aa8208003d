import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'

const folders: string[] = []
// A hook that is registered while a test runs is never called.
afterAll(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

/** A folder with files, removed after the test file. */
export async function folderWith(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-test-'))
  folders.push(folder)
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), content)
  }
  return folder
}

/** Writes a file into a folder of its own, removed after the test file. */
export async function temporaryFile(name: string, content: string): Promise<string> {
  return path.join(await folderWith({ [name]: content }), name)
}

/** A folder for the tests of a file, removed after them: to be asked for where the file begins, since it registers a hook. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-test-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
