import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import * as node from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { project } from '../helpers/project.ts'

const keeps = 'enableCompileCache' in node
const file = `
  import { expect, test } from 'vitest'
  test('tells', () => console.log('compiled in', process.env.NODE_COMPILE_CACHE ?? ''))`

/** Where the workers of a run keep what Node compiles, and whether anything was kept there. */
async function folderOf(env: Readonly<Record<string, string>> = {}) {
  const made = await project({ 'a.test.ts': file })
  // Not that of the run these tests are in.
  const run = await made.run([], { NODE_COMPILE_CACHE: '', ...env })
  expect(run.code, run.output).toBe(0)
  const folder = /compiled in (.*)/.exec(run.output)?.[1] ?? ''
  const kept = folder !== '' && existsSync(folder) && readdirSync(folder).length > 0
  await made.remove()
  return { folder, kept }
}

test('workers keep what Node compiles in the folder of vitest, where Node can', async () => {
  const { folder, kept } = await folderOf()
  expect(folder.endsWith(path.join('assay', 'compiled'))).toBe(keeps)
  expect(kept).toBe(keeps)
})

test('who says where Node keeps what it compiles, or that nothing is kept, is heeded', async () => {
  const elsewhere = await mkdtemp(path.join(tmpdir(), 'assay-compiled-'))
  expect((await folderOf({ NODE_COMPILE_CACHE: elsewhere })).folder).toBe(elsewhere)
  expect((await folderOf({ NODE_DISABLE_COMPILE_CACHE: '1' })).folder).toBe('')
  await rm(elsewhere, { recursive: true })
})
